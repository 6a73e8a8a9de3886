import { percentile } from '../base/percentile.ts'

/** Milliseconds between two instants, never negative. */
export const between = (from: string, to: string): number => Math.max(Date.parse(to) - Date.parse(from), 0)

export interface Durations {
  medianMs?: number
  p90Ms?: number
}

/** How long something usually takes, from the times of those that succeeded. Sample data says nothing of that. */
export function usualDurations(
  past: readonly { state: string; startedAt: string; updatedAt: string; sample: boolean }[],
): Durations {
  const durations = past
    .filter(({ state, sample }) => state === 'succeeded' && !sample)
    .map(({ startedAt, updatedAt }) => between(startedAt, updatedAt))
  const medianMs = percentile(durations, 0.5)
  const p90Ms = percentile(durations, 0.9)
  return { ...(medianMs !== undefined && { medianMs }), ...(p90Ms !== undefined && { p90Ms }) }
}
