import type { CallMeter } from '../../preload/contract/aws.ts'
import { createBell } from '../base/bell.ts'
import type { Clock } from '../base/clock.ts'
import type { CallBudget } from './callBudget.ts'

/** What the desk uses of each account's call budget. */
export interface Meter {
  read(): CallMeter
  /** The whole meter, at once and then each second in which it changed. */
  watch(signal: AbortSignal | undefined): AsyncIterable<CallMeter>
}

export function createMeter(budget: CallBudget, clock: Clock): Meter {
  const read = (): CallMeter => ({
    asOf: new Date(clock.now()).toISOString(),
    budgets: budget.usage().map(({ at, usage, queued, ratePerSecond, nextTryAt }) => ({
      ...at,
      ...usage.lastMinute(),
      allowed: Math.round(ratePerSecond * 60),
      queued,
      ...(nextTryAt !== undefined && { nextTryAt: new Date(nextTryAt).toISOString() }),
    })),
  })
  return {
    read,
    async *watch(signal) {
      const tick = createBell()
      let cancel = () => {}
      const arm = () => {
        cancel = clock.after(1000, () => {
          tick.ring()
          arm()
        })
      }
      arm()
      let last = ''
      try {
        for await (const _ of tick.rings(signal)) {
          const meter = read()
          const text = JSON.stringify(meter.budgets)
          if (text !== last || last === '') yield meter
          last = text
        }
      } finally {
        cancel()
      }
    },
  }
}
