import type { FailureShape } from '../../preload/contract/base.ts'
import type { At, Priority } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import type { ListedPipeline } from '../aws/codePipeline.ts'
import type { Cancel, Clock, Millis } from '../base/clock.ts'
import { failureShape } from '../base/rpc.ts'

export interface InventoryOptions {
  at: At
  aws: Aws
  clock: Clock
  hidden: () => boolean
  onListed: (pipelines: ListedPipeline[]) => void
  onFailure: (failure: FailureShape) => void
}

/** Which pipelines there are in one account and region, listed now and again. */
export interface Inventory {
  start(): void
  list(priority: Priority): void
  stop(): void
}

/** After a change, or at the beginning, more is likely to follow. ms */
const everyWhileYoung: Millis = 2_000
const young: Millis = 30_000
const every: Millis = 10_000
const everyHidden: Millis = 120_000
const slowest: Millis = 120_000

export function createInventory({ at, aws, clock, hidden, onListed, onFailure }: InventoryOptions): Inventory {
  let failures = 0
  let names = ''
  let changedAt = 0
  let active: AbortController | undefined
  let timer: Cancel = () => {}

  const list = async (priority: Priority): Promise<void> => {
    const mine = active
    if (!mine) return
    timer()
    try {
      const pipelines = await aws.codePipeline.pipelines(at, { priority, signal: mine.signal })
      if (mine !== active) return
      failures = 0
      const now = pipelines.map(({ name }) => name).join()
      if (now !== names) changedAt = clock.now()
      names = now
      onListed(pipelines)
    } catch (thrown) {
      if (mine !== active) return
      failures++
      onFailure(failureShape(thrown))
    }
    const lately = clock.now() - changedAt < young ? everyWhileYoung : every
    const usual = hidden() ? everyHidden : lately
    const delay = failures === 0 ? usual : Math.min(2_000 * 2 ** failures, slowest)
    timer()
    timer = clock.after(delay, () => void list(hidden() ? 'hidden' : 'idle'))
  }

  return {
    start() {
      active = new AbortController()
      changedAt = clock.now()
      void list('running')
    },
    list: priority => void list(priority),
    stop() {
      active?.abort()
      active = undefined
      timer()
    },
  }
}
