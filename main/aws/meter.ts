import type { ApiBudget, Budget, CallMeter } from '../../preload/contract/aws.ts'
import { createBell } from '../base/bell.ts'
import type { Clock } from '../base/clock.ts'
import type { At } from './ask.ts'
import type { CallBudget, LaneUse } from './callBudget.ts'

/** What the desk uses of each account's call budget. */
export interface Meter {
  read(): CallMeter
  /** The whole meter, at once and then as often as it changed: each second while calls keep waiting, else each five. */
  watch(signal: AbortSignal | undefined): AsyncIterable<CallMeter>
}

/** So often is told what changed: at rest a figure that only runs down is no news. ms */
const [busy, atRest] = [1000, 5000]

const queues = ({ budgets }: CallMeter) => budgets.some(({ queued }) => queued > 0)
const isThrottled = ({ budgets }: CallMeter) => budgets.some(({ nextTryAt }) => nextTryAt !== undefined)

export function createMeter(budget: CallBudget, clock: Clock): Meter {
  const read = (): CallMeter => ({
    asOf: new Date(clock.now()).toISOString(),
    budgets: budget.usage().map(({ at, lanes }) => budgetOf(at, lanes)),
  })
  return {
    read,
    async *watch(signal) {
      const tick = createBell()
      let cancel = () => {}
      const arm = () => {
        cancel = clock.after(busy, () => {
          tick.ring()
          arm()
        })
      }
      arm()
      let last: { text: string; at: number; waits: boolean } | undefined
      let queued = false
      try {
        for await (const _ of tick.rings(signal)) {
          const [meter, at] = [read(), clock.now()]
          // Calls that leave together queue for a moment: only a queue that lasts is news.
          const before = queued
          queued = queues(meter)
          const waits = (before && queued) || isThrottled(meter)
          if (last && !waits && !last.waits && at - last.at < atRest) continue
          const text = JSON.stringify(meter.budgets)
          if (text !== last?.text) yield meter
          last = { text, at, waits }
        }
      } finally {
        cancel()
      }
    },
  }
}

function budgetOf(at: At, lanes: readonly LaneUse[]): Budget {
  const apis = lanes
    .map(({ api, usage, queued, ratePerSecond }) => ({
      api,
      ...usage.lastMinute(),
      allowed: Math.round(ratePerSecond * 60),
      queued,
    }))
    .filter(({ calls, queued }) => calls + queued > 0)
    .sort((a, b) => b.calls / b.allowed - a.calls / a.allowed)
  const sum = (of: (api: ApiBudget) => number) => apis.reduce((total, api) => total + of(api), 0)
  const pauses = lanes.flatMap(({ nextTryAt }) => nextTryAt ?? [])
  return {
    ...at,
    calls: sum(({ calls }) => calls),
    allowed: sum(({ allowed }) => allowed),
    throttled: sum(({ throttled }) => throttled),
    queued: sum(({ queued }) => queued),
    ...(pauses.length > 0 && { nextTryAt: new Date(Math.min(...pauses)).toISOString() }),
    apis,
  }
}
