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
    case 'SetDefaultPolicyVersion':
      return 'roleChanged'
    case 'CreatePolicyVersion': {
      const asked = event.requestParameters ?? {}
      if (asked.setAsDefault !== true) return undefined
      return told(documentBefore(event, entry, store, ledger, ['policyArn']), textIn(asked, 'policyDocument'))
    }
    case 'DeleteRolePolicy': {
      // To take a denial away gives.
      const before = documentBefore(event, entry, store, ledger, ['roleName', 'policyName'], 'PutRolePolicy')
      return before !== undefined && widens(before, nothing) ? 'roleWidened' : undefined
    }
    case 'PutRolePolicy': {
      const asked = event.requestParameters ?? {}
      const before = documentBefore(event, entry, store, ledger, ['roleName', 'policyName'])
      return told(before, textIn(asked, 'policyDocument'))
    }
    default:
      return undefined
  }
}

const nothing = JSON.stringify({ Statement: [] })

const told = (before: string | undefined, after: string | undefined) =>
  before !== undefined && after !== undefined && widens(before, after) ? 'roleWidened' : 'roleChanged'

/** The same policy (the members `by` are the same), as it was written the time before. */
function documentBefore(
  event: TrailEvent,
  entry: LedgerEntry,
  store: LedgerStore,
  ledger: Ledger,
  by: readonly string[],
  name = event.eventName,
): string | undefined {
  const asked = event.requestParameters ?? {}
  for (const other of store.entries.named(entry.account, name, '', 200)) {
    if (other.id >= entry.id || other.refused) continue
    for (const { record } of ledger.evidence(other.id)) {
      if (!('event' in record)) continue
      const theirs = record.event.requestParameters ?? {}
      const same = by.every(each => textIn(theirs, each) === textIn(asked, each))
      if (same) return textIn(theirs, 'policyDocument')
    }
  }
  return undefined
}
