import type { LedgerEntry, Who } from '../../../preload/contract/audit.ts'
import type { Clock } from '../../base/clock.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import { canonical } from './canonical.ts'
import { genesis, linked } from './chain.ts'
import { type Claim, claimOf } from './claim.ts'
import { kindOf } from './eventNames.ts'
import { entryFrom, sameHappening, searchable, tolerance } from './happening.ts'
import { ChainRecord, type Draft } from './record.ts'
import { withoutSecrets } from './secrets.ts'
import { TrailEvent } from './trailEvent.ts'

/** What an entry says beyond its own evidence, as far as it is known now. */
export interface Context {
  /** Pipelines that use a role, a project or a connection, now or in any known version. */
  concerns(account: string, subject: string): string[]
  /** Who is behind an entry whose own evidence leaves it open. */
  who(entry: LedgerEntry, claims: readonly Claim[]): Who | undefined
  /** What goes on after the entry's sentence: what a new definition version changed. */
  more(entry: LedgerEntry): string | undefined
}

/** A row that was added, with the entry that shows it. */
export interface Recorded {
  record: ChainRecord
  entry: LedgerEntry | undefined
}

/** The chains and what is shown of them. Everything that is recorded goes through here, and stays. */
export interface Ledger {
  /**
   * Adds what is new of the drafts to the account's chain: all or nothing, with what the caller's transaction holds. What was recorded before (the
   * same CloudTrail event, the same decision) is left out.
   */
  record(account: string, drafts: readonly Draft[]): Recorded[]
  /**
   * Takes one CloudTrail event from a push: the `detail` of EventBridge's "AWS API Call via CloudTrail". False for one
   * that concerns no pipeline or is none.
   */
  offer(event: unknown): boolean
  /** Shows an entry anew, as it is known now. */
  reshow(id: number): LedgerEntry
  /** Shows what was recorded about a role or project, now that a pipeline is known to use it. */
  reshowAbout(account: string, subject: string): void
  /** The rows of an entry. */
  evidence(id: number): { seq: number; record: ChainRecord; claim: Claim; hash: string; previous: string }[]
  /** Told after each addition. */
  onRecorded(listener: (recorded: readonly Recorded[]) => void): void
  /** Told after each addition, and when something is shown anew. */
  onChange(listener: () => void): void
}

export function createLedger(store: LedgerStore, clock: Clock, context: Context): Ledger {
  const { chain, entries } = store
  const listeners = new Set<(recorded: readonly Recorded[]) => void>()
  const changeListeners = new Set<() => void>()
  const changed = () => {
    for (const listener of changeListeners) listener()
  }

  const rowOf = (account: string, seq: number) => {
    const row = chain.row(account, seq)
    return row && { row, record: ChainRecord.parse(JSON.parse(row.record)) }
  }
  const show = (id: number, claims: readonly Claim[]): LedgerEntry => {
    const concerns = claims.flatMap(({ account, subject }) =>
      subject === undefined ? [] : context.concerns(account, subject),
    )
    const accessKey = claims.find(claim => claim.accessKey !== undefined)?.accessKey
    const requestId = claims.find(claim => claim.requestId !== undefined)?.requestId
    const bare = entryFrom(id, claims, concerns)
    const entry = { ...bare, who: context.who(bare, claims) ?? bare.who }
    const more = context.more(entry)
    const told = more === undefined ? entry : { ...entry, words: `${entry.words}: ${more}` }
    entries.put(told, { words: searchable(told), requestId, accessKey })
    return told
  }
  const claimsOf = (id: number): Claim[] =>
    entries.evidenceOf(id).flatMap(({ account, seq }) => {
      const found = rowOf(account, seq)
      return found ? [claimOf(found.record)] : []
    })

  /** The entry that shows the same happening already. */
  const shownBy = (claim: Claim): LedgerEntry | undefined => {
    const [pipeline = ''] = claim.pipelines
    const candidates = [
      claim.requestId === undefined ? undefined : entries.ofRequest(claim.account, claim.requestId),
      ...(claim.name === 'StopPipelineExecution' && claim.executionId !== undefined
        ? entries.ofExecution(claim.executionId, 50)
        : []),
      ...entries.near(claim.account, claim.name, pipeline, claim.at, tolerance),
    ]
    return candidates.find(entry => entry && sameHappening(entry, entries.requestId(entry.id), claim))
  }

  const index = (account: string, seq: number, claim: Claim): LedgerEntry | undefined => {
    if (claim.subject !== undefined && context.concerns(account, claim.subject).length === 0) {
      entries.suspend(account, seq, claim.subject)
      return undefined
    }
    const shown = shownBy(claim)
    const id = shown?.id ?? entries.nextId(claim.at)
    const claims = shown ? [...claimsOf(id), claim] : [claim]
    entries.attach(account, seq, id, claim.subject)
    return show(id, claims)
  }

  const append = (account: string, draft: Draft): Recorded[] => {
    const head = chain.head(account) ?? { seq: 0, hash: genesis(account) }
    const seq = head.seq + 1
    const kept = 'event' in draft ? { ...draft, event: withoutSecrets(draft.event) } : draft
    const text = canonical({ form: 1, account, seq, recordedAt: new Date(clock.now()).toISOString(), ...kept })
    const record = ChainRecord.parse(JSON.parse(text))
    const claim = claimOf(record)
    if (claim.ownId !== undefined && chain.holds(account, claim.ownId)) return []
    chain.append({ account, seq, hash: linked(head.hash, text), record: text }, claim.ownId)
    return [{ record, entry: index(account, seq, claim) }]
  }

  const record = (account: string, drafts: readonly Draft[]): Recorded[] => {
    // FTS5 takes what comes in the order of its ids at once, and the rest one by one.
    const ordered = drafts.toSorted((a, b) => timeOf(a) - timeOf(b))
    const recorded = store.transaction(() => ordered.flatMap(draft => append(account, draft)))
    if (recorded.length > 0) {
      for (const listener of listeners) listener(recorded)
      changed()
    }
    return recorded
  }

  return {
    record,
    offer(event) {
      const read = TrailEvent.safeParse(event)
      if (!read.success || kindOf(read.data.eventSource, read.data.eventName) === undefined) return false
      const { recipientAccountId } = read.data
      if (recipientAccountId === undefined || !/^\d{12}$/.test(recipientAccountId)) return false
      record(recipientAccountId, [{ source: 'push', event }])
      return true
    },
    reshow(id) {
      const entry = store.transaction(() => show(id, claimsOf(id)))
      changed()
      return entry
    },
    reshowAbout(account, subject) {
      const about = entries.about(account, subject)
      if (about.length === 0) return
      const recorded = store.transaction(() =>
        about.flatMap(({ seq, entry }) => {
          const found = rowOf(account, seq)
          if (!found) return []
          const shown = entry === undefined ? index(account, seq, claimOf(found.record)) : show(entry, claimsOf(entry))
          return [{ record: found.record, entry: shown }]
        }),
      )
      for (const listener of listeners) listener(recorded)
      changed()
    },
    evidence: id =>
      entries.evidenceOf(id).flatMap(({ account, seq }) => {
        const found = rowOf(account, seq)
        if (!found) return []
        const previous = chain.row(account, seq - 1)?.hash ?? genesis(account)
        return [{ seq, record: found.record, claim: claimOf(found.record), hash: found.row.hash, previous }]
      }),
    onRecorded: listener => void listeners.add(listener),
    onChange: listener => void changeListeners.add(listener),
  }
}

function timeOf(draft: Draft): number {
  if (draft.source === 'codePipeline') return Date.parse(draft.observed.at)
  if (draft.source === 'desk') return Date.parse(draft.note.at)
  const { event } = draft
  return typeof event === 'object' && event !== null && 'eventTime' in event ? Date.parse(String(event.eventTime)) : 0
}
