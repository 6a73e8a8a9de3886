import { create } from 'zustand'
import type { CallMeter } from '../../preload/contract/aws.ts'

/** The call budgets as last told; undefined until then. */
export const useMeter = create<{ meter: CallMeter | undefined }>(() => ({ meter: undefined }))

/** How much of the tightest API's budget is used, from 0 to 1; undefined while nothing is allowed yet. */
export function worstUse({ budgets }: CallMeter): number | undefined {
  const uses = budgets
    .flatMap(({ apis }) => apis)
    .filter(({ allowed }) => allowed > 0)
    .map(({ calls, allowed }) => calls / allowed)
  return uses.length === 0 ? undefined : Math.min(1, Math.max(...uses))
}

/** While AWS throttles: the earliest next try. ISO 8601. */
export function nextTry({ budgets }: CallMeter): string | undefined {
  return budgets
    .map(({ nextTryAt }) => nextTryAt)
    .filter(at => at !== undefined)
    .sort()[0]
}
