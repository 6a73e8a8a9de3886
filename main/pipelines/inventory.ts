import type { FailureShape } from '../../preload/contract/base.ts'
import type { At, Priority } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import type { ListedPipeline } from '../aws/codePipeline.ts'
import type { Cancel, Clock, Millis } from '../base/clock.ts'
import { failureShape } from '../base/rpc.ts'

export interface InventoryOptions {
  at: At
  aws: Pick<Aws, 'codePipeline'>
  clock: Clock
  hidden: () => boolean
  /** Events tell of new and deleted pipelines. */
  pushed: () => boolean
  onListed: (pipelines: ListedPipeline[]) => void
  onFailure: (failure: FailureShape) => void
}

/** Which pipelines there are in one account and region, listed now and again. */
export interface Inventory {
  start(): void
  list(priority: Priority): void
  /** Something told of a pipeline that nobody knows: lists soon, and not again for each of many. */
  soon(): void
  /** AWS could not be reached: from now on this alone tries. */
  retry(): void
  stop(): void
}

/** After a change, or at the beginning, more is likely to follow. ms */
const everyWhileYoung: Millis = 2_000
const young: Millis = 30_000
const everyWhileYoungAndHidden: Millis = 20_000
/** A pipeline that is made elsewhere appears within a minute, as any other change of what rests. */
const every: Millis = 55_000
const everyHidden: Millis = 120_000
const everyPushed: Millis = 300_000
const slowest: Millis = 120_000
const slowestUnreachable: Millis = 15_000

export function createInventory({ at, aws, clock, hidden, pushed, onListed, onFailure }: InventoryOptions): Inventory {
  let failures = 0
  let reachable = true
  let dueAt = 0
  let names = ''
  let changedAt = 0
  let active: AbortController | undefined
  let timer: Cancel = () => {}

  const list = async (priority: Priority): Promise<void> => {
    const mine = active
    if (!mine) return
    timer()
    timer = () => {}
    dueAt = 0
    try {
      const pipelines = await aws.codePipeline.pipelines(at, { priority, signal: mine.signal })
      if (mine !== active) return
      failures = 0
      reachable = true
      const now = pipelines.map(({ name }) => name).join()
      if (now !== names) changedAt = clock.now()
      names = now
      onListed(pipelines)
    } catch (thrown) {
      if (mine !== active) return
      failures++
      const failure = failureShape(thrown)
      reachable = failure.code !== 'Unreachable'
      onFailure(failure)
    }
    again(failures === 0 ? usual() : Math.min(1_000 * 2 ** failures, reachable ? slowest : slowestUnreachable))
  }
  const usual = (): Millis => {
    if (clock.now() - changedAt < young) return hidden() ? everyWhileYoungAndHidden : everyWhileYoung
    if (pushed()) return everyPushed
    return hidden() ? everyHidden : every
  }
  const again = (delay: Millis) => {
    timer()
    dueAt = clock.now() + delay
    timer = clock.after(delay, () => void list(hidden() ? 'hidden' : 'idle'))
  }

  return {
    start() {
      active = new AbortController()
      reachable = true
      failures = 0
      changedAt = clock.now()
      void list('running')
    },
    list: priority => void list(priority),
    soon() {
      // Being listed now, or about to be.
      if (dueAt - clock.now() > 1_000) again(300)
    },
    retry() {
      if (!reachable) return
      reachable = false
      if (dueAt > 0) again(1_000)
    },
    stop() {
      active?.abort()
      active = undefined
      timer()
    },
  }
}
