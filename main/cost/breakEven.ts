import type { BreakEven, Price } from '../../preload/contract/cost.ts'
import type { Range } from './money.ts'

/**
 * Where V1 and V2 cost the same: a V1 pipeline's month in V2 minutes, and in executions of this pipeline. Free tiers are
 * left aside, for they belong to the account. Pure. `minutes` and `executions` are those of a whole month.
 */
export function breakEven(
  { executions, minutes, active }: { executions: number; minutes: number; active: Range },
  v1: Price,
  v2: Price,
): BreakEven {
  const minutesPerMonth = v1.low / v1.per / (v2.low / v2.per)
  const minutesPerExecution = executions === 0 ? undefined : minutes / executions
  const asV2 = (minutes * v2.low) / v2.per
  const asV1 = [active.low, active.high].map(pipelines => (pipelines * v1.low) / v1.per)
  const compared = new Set(asV1.map(cost => (cost === asV2 ? 'same' : cost < asV2 ? 'V1' : 'V2')))
  const [only = 'unknown'] = compared
  return {
    minutesPerMonth,
    executionsNow: executions,
    cheaper: compared.size === 1 ? only : 'unknown',
    ...(minutesPerExecution !== undefined && { minutesPerExecution }),
    ...(minutesPerExecution && { executionsPerMonth: minutesPerMonth / minutesPerExecution }),
  }
}
