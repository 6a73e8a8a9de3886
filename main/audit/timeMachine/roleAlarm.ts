import type { LedgerEntry } from '../../../preload/contract/audit.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import { textIn } from '../ledger/eventClaim.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { TrailEvent } from '../ledger/trailEvent.ts'
import type { Raise } from './alarmBook.ts'
import { widens } from './widens.ts'

/** Newest changes of roles that are looked at. */
const most = 500

/**
 * The alarms of changes to roles that pipelines use: widened where a role may do more than before, as far as the ledger
 * knows what it could; else changed. What took something from it raises none. Told anew after each reading, since what
 * was before may be learned last.
 */
export function roleAlarms(
  account: string,
  store: LedgerStore,
  ledger: Ledger,
  usedSince: (pipelines: readonly string[]) => string | undefined,
): Raise[] {
  const changes = store.entries.search({ accounts: [account], kinds: ['role'], refused: false }, undefined, most)
  return changes.flatMap(entry => {
    // How a role was made before any pipeline used it is nobody's alarm.
    const since = usedSince(entry.pipelines)
    if (since !== undefined && Date.parse(entry.at) < Math.floor(Date.parse(since) / 1000) * 1000) return []
    return ledger.evidence(entry.id).flatMap(({ record }): Raise[] => {
      const kind = 'event' in record ? kindOfChange(record.event, entry, store, ledger) : undefined
      if (kind === undefined || !('event' in record)) return []
      const { region, at, pipelines, words } = entry
      return [
        { id: `role/${account}/${record.event.eventID}`, kind, at, account, region, pipelines, words, cause: entry },
      ]
    })
  })
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
