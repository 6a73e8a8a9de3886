import type { At } from '../../aws/ask.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import { textIn } from '../ledger/eventClaim.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Raise } from './alarmBook.ts'

/** Newest changes of projects that are looked at. */
const most = 500

/**
 * The alarms of builds that act as another role than before: a project's role is the one by which a pipeline's build
 * may do what it does. Where the role before is not in the ledger, none is raised: most callers send a role with each change.
 */
export function projectAlarms({ account, region }: At, store: LedgerStore, ledger: Ledger): Raise[] {
  const filter = { accounts: [account], regions: [region], kinds: ['project' as const], refused: false }
  const changes = store.entries
    .search(filter, undefined, most)
    .toReversed()
    .flatMap(entry =>
      ledger.evidence(entry.id).flatMap(({ record }) => {
        const asked = 'event' in record ? (record.event.requestParameters ?? {}) : {}
        const [project, role] = [textIn(asked, 'name'), textIn(asked, 'serviceRole')]
        return project === undefined || role === undefined ? [] : [{ entry, project, role: nameOf(role) }]
      }),
    )
  const roles = new Map<string, string>()
  return changes.flatMap(({ entry, project, role }): Raise[] => {
    const before = roles.get(project)
    roles.set(project, role)
    if (before === undefined || before === role) return []
    const { at, pipelines } = entry
    const words = `Builds of ${project} act as role ${role} instead of ${before}`
    return [{ id: `project/${entry.id}`, kind: 'roleChanged', at, account, region, pipelines, words, cause: entry }]
  })
}

const nameOf = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)
