import type { LedgerEntry } from '../../../preload/contract/audit.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import { textIn } from '../ledger/eventClaim.ts'
import type { Ledger, Recorded } from '../ledger/ledger.ts'
import type { TrailEvent } from '../ledger/trailEvent.ts'
import type { Raise } from './alarmBook.ts'
import { widens } from './widens.ts'

/**
 * The alarm of a change to a role that pipelines use: widened where it may do more than before, as far as the ledger
 * knows what it could; else changed. What took something from it raises none.
 */
export function roleAlarm(
  { record, entry }: Recorded,
  store: LedgerStore,
  ledger: Ledger,
  usedSince: (account: string, pipelines: readonly string[]) => string | undefined,
): Raise | undefined {
  if (entry?.kind !== 'role' || entry.refused || !('event' in record)) return undefined
  // How a role was made before any pipeline used it is nobody's alarm.
  const since = usedSince(entry.account, entry.pipelines)
  if (since === undefined || entry.at < since) return undefined
  const kind = kindOfChange(record.event, entry, store, ledger)
  if (kind === undefined) return undefined
  const { account, region, at, pipelines, words } = entry
  return { id: `role/${account}/${record.event.eventID}`, kind, at, account, region, pipelines, words, cause: entry }
}

function kindOfChange(
  event: TrailEvent,
  entry: LedgerEntry,
  store: LedgerStore,
  ledger: Ledger,
): 'roleWidened' | 'roleChanged' | undefined {
  switch (event.eventName) {
    case 'AttachRolePolicy':
    case 'DeleteRolePermissionsBoundary':
      return 'roleWidened'
    case 'UpdateAssumeRolePolicy':
    case 'PutRolePermissionsBoundary':
      return 'roleChanged'
    case 'PutRolePolicy': {
      const asked = event.requestParameters ?? {}
      const before = policyBefore(event, entry, store, ledger)
      const after = textIn(asked, 'policyDocument')
      if (before === undefined || after === undefined) return 'roleChanged'
      return widens(before, after) ? 'roleWidened' : 'roleChanged'
    }
    default:
      return undefined
  }
}

/** The same policy of the same role, as it was put the time before. */
function policyBefore(event: TrailEvent, entry: LedgerEntry, store: LedgerStore, ledger: Ledger): string | undefined {
  const asked = event.requestParameters ?? {}
  for (const other of store.entries.named(entry.account, 'PutRolePolicy', '', 200)) {
    if (other.id >= entry.id || other.refused) continue
    for (const { record } of ledger.evidence(other.id)) {
      if (!('event' in record)) continue
      const theirs = record.event.requestParameters ?? {}
      const same = ['roleName', 'policyName'].every(name => textIn(theirs, name) === textIn(asked, name))
      if (same) return textIn(theirs, 'policyDocument')
    }
  }
  return undefined
}
