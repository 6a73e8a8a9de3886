import type { At } from '../../aws/ask.ts'
import type { Aws } from '../../aws/aws.ts'
import type { Store } from '../../store/store.ts'
import { detailOf } from './gatherFindings.ts'

/** Newest approvals of a region that are completed after each reading. */
const most = 100

/**
 * Asks for the action executions of approvals that the desk did not see itself: since when they could be read, and what
 * was approved. `asked` remembers what was asked for, so that what AWS no longer has is asked for once.
 */
export async function gatherApprovals(
  { aws, store }: { aws: Aws; store: Store },
  at: At,
  asked: Set<number>,
  signal: AbortSignal,
): Promise<void> {
  const approvals = store.ledger.entries.search(
    { accounts: [at.account], regions: [at.region], kinds: ['approval'], refused: false },
    undefined,
    most,
  )
  for (const entry of approvals) {
    if (asked.has(entry.id) || entry.pipeline === undefined || detailOf(store, entry)) continue
    asked.add(entry.id)
    const key = { ...at, name: entry.pipeline }
    const details = await aws.codePipeline.actions(key, undefined, { priority: 'hidden', signal })
    store.actionExecutions.put(details)
  }
}
