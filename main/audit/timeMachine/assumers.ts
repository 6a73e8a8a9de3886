import type { LedgerEntry, Who } from '../../../preload/contract/audit.ts'
import type { At } from '../../aws/ask.ts'
import type { CloudTrail } from '../../aws/cloudTrail.ts'
import type { Clock } from '../../base/clock.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import { issuedKey, subjectOfSession } from '../ledger/eventClaim.ts'
import type { Ledger, Recorded } from '../ledger/ledger.ts'
import { ChainRecord } from '../ledger/record.ts'
import { withoutSecrets } from '../ledger/secrets.ts'
import { TrailEvent } from '../ledger/trailEvent.ts'
import { isOpen, throughAssumer, whoOf } from '../ledger/who.ts'
import { retention } from '../reading/window.ts'

/** Who stands behind a session whose own events leave it open: told by the AssumeRole that began it. */
export interface Assumers {
  /** Remembers the sessions that are to be looked up. */
  learn(recorded: readonly Recorded[]): void
  /** Who is behind an entry, where the AssumeRole is in the ledger. */
  who(entry: LedgerEntry, accessKey: string | undefined): Who | undefined
  /** Looks up the sessions of one account and region, each once. */
  lookUp(at: At, signal: AbortSignal): Promise<void>
}

interface Session {
  at: At
  /** As the ledger knows it. */
  accessKey: string
  /** When it began. ms */
  began: number
  /** The key that an entry's own event names: another one where roles were assumed one from the other. */
  shows: string
}

/** Roles that were assumed one from the other: no longer chain is followed. */
const longestChain = 5

export function createAssumers(
  trail: Pick<CloudTrail, 'page'>,
  store: LedgerStore,
  ledger: () => Ledger,
  clock: Clock,
): Assumers {
  const waiting = new Map<string, Session>()
  const asked = new Set<string>()
  const want = (event: TrailEvent, account: string, shows: string | undefined) => {
    const { userIdentity, awsRegion: region } = event
    const accessKey = userIdentity?.accessKeyId
    const began = Date.parse(userIdentity?.sessionContext?.attributes?.creationDate ?? '')
    if (accessKey === undefined || Number.isNaN(began) || asked.has(accessKey)) return
    // What CloudTrail has forgotten only a file may tell.
    if (began < clock.now() - retention) return
    waiting.set(accessKey, { at: { account, region }, accessKey, began, shows: shows ?? accessKey })
  }

  const assumeOf = (account: string, accessKey: string): TrailEvent | undefined => {
    const [first] = store.entries.about(account, subjectOfSession(accessKey))
    const row = first && store.chain.row(account, first.seq)
    const record = row && ChainRecord.parse(JSON.parse(row.record))
    return record && 'event' in record ? record.event : undefined
  }

  /** Who is behind a caller, back through the roles that were assumed one from the other. */
  const behind = (who: Who, account: string, accessKey: string | undefined, left: number): Who | undefined => {
    if (accessKey === undefined || !isOpen(who) || left === 0) return undefined
    const event = assumeOf(account, accessKey)
    if (!event) return undefined
    const arn = event.requestParameters?.roleArn
    const role = typeof arn === 'string' ? arn.slice(arn.lastIndexOf('/') + 1) : 'a role'
    const [assumer, caller] = [whoOf(event), event.userIdentity]
    return throughAssumer(
      who,
      role,
      behind(assumer, caller?.accountId ?? account, caller?.accessKeyId, left - 1) ?? assumer,
    )
  }

  return {
    learn(recorded) {
      for (const { record, entry } of recorded) {
        if (!('event' in record)) continue
        if (entry && isOpen(entry.who)) want(record.event, entry.account, undefined)
        const issued = entry ? undefined : issuedKey(record.event)
        if (issued === undefined) continue
        for (const { id, who } of store.entries.ofAccessKey(issued)) if (isOpen(who)) ledger().reshow(id)
      }
    },
    who: (entry, accessKey) => behind(entry.who, entry.account, accessKey, longestChain),
    async lookUp(at, signal) {
      const here = [...waiting.values()].filter(
        session => session.at.account === at.account && session.at.region === at.region,
      )
      for (const { accessKey, began, shows } of here) {
        // The second that the session says it began in, and its neighbours.
        const question = {
          by: { key: 'EventName' as const, value: 'AssumeRole' },
          from: new Date(began - 2_000),
          to: new Date(began + 2_000),
          token: undefined,
        }
        const { events } = await trail.page(at, question, { priority: 'hidden', signal })
        waiting.delete(accessKey)
        asked.add(accessKey)
        // The ledger knows keys by their digests.
        const found = events.map(withoutSecrets).filter(event => {
          const read = TrailEvent.safeParse(event)
          return read.success && issuedKey(read.data) === accessKey
        })
        if (found.length === 0) continue
        ledger().record(
          at.account,
          found.map(event => ({ source: 'cloudTrail', event })),
        )
        for (const entry of store.entries.ofAccessKey(shows)) ledger().reshow(entry.id)
        for (const event of found) {
          const read = TrailEvent.safeParse(event)
          if (read.success && isOpen(whoOf(read.data)))
            want(read.data, read.data.userIdentity?.accountId ?? at.account, shows)
        }
      }
    },
  }
}
