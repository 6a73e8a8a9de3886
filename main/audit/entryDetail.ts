import type { z } from 'zod'
import type { EntryDetail, LedgerEntry } from '../../preload/contract/audit.ts'
import { Failure } from '../base/failure.ts'
import type { LedgerStore } from '../store/ledger/ledger.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { ChainRecord } from './ledger/record.ts'

/** An entry with all that was recorded of it. @throws Failure `EntryUnknown`. */
export function entryDetail(store: LedgerStore, ledger: Ledger, id: number): z.infer<typeof EntryDetail> {
  const entry = store.entries.get(id)
  if (!entry) throw new Failure({ code: 'EntryUnknown', message: 'There is no such entry.', next: 'Search again.' })
  const rows = ledger.evidence(id)
  const event = rows.map(({ record }) => eventOf(record)).find(found => found !== undefined)
  const requestId = rows.map(({ claim }) => claim.requestId).find(found => found !== undefined)
  return {
    entry,
    evidence: rows.map(({ seq, record, hash, previous }) => {
      const eventId = eventOf(record)?.eventID
      return {
        source: record.source,
        seq,
        recordedAt: record.recordedAt,
        hash,
        previous,
        // As it was hashed, not as it was read: nothing that this desk does not know of is left out.
        raw: JSON.stringify(JSON.parse(store.chain.row(entry.account, seq)?.record ?? 'null'), null, 2),
        ...(eventId !== undefined && { eventId }),
      }
    }),
    related: related(store, entry),
    changes: changesOf(store, entry),
    ...(event?.sourceIPAddress !== undefined && { sourceIp: event.sourceIPAddress }),
    ...(event?.userAgent !== undefined && { userAgent: event.userAgent }),
    ...(requestId !== undefined && { requestId }),
  }
}

const eventOf = (record: ChainRecord) => ('event' in record ? record.event : undefined)

function related(store: LedgerStore, entry: LedgerEntry): LedgerEntry[] {
  const ofExecution = entry.executionId === undefined ? [] : store.entries.ofExecution(entry.executionId, 20)
  const ofVersion =
    entry.version === undefined || entry.pipeline === undefined
      ? []
      : store.entries
          .search(
            { accounts: [entry.account], pipelines: [entry.pipeline], kinds: ['definition', 'alarm'] },
            undefined,
            200,
          )
          .filter(({ version }) => version === entry.version)
  const ofAlarm = store.reviews
    .alarms(500)
    .filter(alarm => [alarm.entry, alarm.cause, alarm.signedOff?.entry].includes(entry.id))
    .flatMap(alarm => [alarm.cause, alarm.entry, alarm.signedOff?.entry])
    .flatMap(id => (id === undefined ? [] : (store.entries.get(id) ?? [])))
  const all = new Map([...ofExecution, ...ofVersion, ...ofAlarm].map(each => [each.id, each]))
  all.delete(entry.id)
  return [...all.values()].sort((a, b) => a.id - b.id).slice(0, 20)
}

function changesOf(store: LedgerStore, { kind, account, region, pipeline: name, version }: LedgerEntry) {
  if (name === undefined || version === undefined || (kind !== 'definition' && kind !== 'alarm')) return []
  return store.versions.get({ account, region, name }, version)?.told ?? []
}
