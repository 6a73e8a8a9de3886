import type { Millis } from '../base/clock.ts'
import type { Attention } from './pollPlan.ts'

/** What one question about a pipeline is made of. */
export type Probe = 'state' | 'executions' | 'both'

export interface ProbeSituation {
  attention: Attention
  mode: 'SUPERSEDED' | 'QUEUED' | 'PARALLEL'
  /** Both were answered once. */
  known: boolean
  /** Questions so far. */
  turn: number
  /** Since the executions were listed. ms */
  sinceExecutions: Millis
}

/** Statuses of executions that hold no stage any more show only in the list; it is asked at least so often. ms */
const listEvery: Record<Attention, Millis> = { open: 3_000, running: 6_000, idle: Number.POSITIVE_INFINITY }

/**
 * The cheapest question that can tell a change; what it tells is then followed up. The state tells all that moves in a
 * stage; a PARALLEL pipeline has none (fact sheet, 3.1), so there the list must. Idle pipelines alternate, because each
 * API has a budget of its own: two buckets let twice as many be asked.
 */
export function probeOf({ attention, mode, known, turn, sinceExecutions }: ProbeSituation): Probe {
  if (!known) return 'both'
  if (mode === 'PARALLEL') return 'executions'
  if (attention === 'idle') return turn % 2 === 0 ? 'state' : 'executions'
  return sinceExecutions >= listEvery[attention] ? 'both' : 'state'
}
