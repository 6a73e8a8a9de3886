import type { LedgerEntry, Who } from '../../../preload/contract/audit.ts'
import type { At } from '../../aws/ask.ts'
import type { CloudTrail } from '../../aws/cloudTrail.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import { issuedKey, subjectOfSession } from '../ledger/eventClaim.ts'
import type { Ledger, Recorded } from '../ledger/ledger.ts'
import { ChainRecord } from '../ledger/record.ts'
import { withoutSecrets } from '../ledger/secrets.ts'
import { TrailEvent } from '../ledger/trailEvent.ts'
import { isOpen, throughAssumer, whoOf } from '../ledger/who.ts'

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
}

export function createAssumers(trail: CloudTrail, store: LedgerStore, ledger: () => Ledger): Assumers {
  const waiting = new Map<string, Session>()
  const asked = new Set<string>()

  const assumeOf = (account: string, accessKey: string): TrailEvent | undefined => {
    const [first] = store.entries.about(account, subjectOfSession(accessKey))
    const row = first && store.chain.row(account, first.seq)
    const record = row && ChainRecord.parse(JSON.parse(row.record))
    return record && 'event' in record ? record.event : undefined
  }

  return {
    learn(recorded) {
      for (const { record, entry } of recorded) {
        if (!entry || !('event' in record) || !isOpen(entry.who)) continue
        const { userIdentity, awsRegion } = record.event
        const accessKey = userIdentity?.accessKeyId
        const began = Date.parse(userIdentity?.sessionContext?.attributes?.creationDate ?? '')
        if (accessKey === undefined || Number.isNaN(began) || asked.has(accessKey)) continue
        waiting.set(accessKey, { at: { account: entry.account, region: awsRegion }, accessKey, began })
      }
    },
    who(entry, accessKey) {
      if (accessKey === undefined || !isOpen(entry.who)) return undefined
      const event = assumeOf(entry.account, accessKey)
      if (!event) return undefined
      const arn = event.requestParameters?.roleArn
      const role = typeof arn === 'string' ? arn.slice(arn.lastIndexOf('/') + 1) : 'a role'
      return throughAssumer(entry.who, role, whoOf(event))
    },
    async lookUp(at, signal) {
      const here = [...waiting.values()].filter(
        session => session.at.account === at.account && session.at.region === at.region,
      )
      for (const { accessKey, began } of here) {
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
        for (const entry of store.entries.ofAccessKey(accessKey)) ledger().reshow(entry.id)
      }
    },
  }
}
