import type { Millis } from '../base/clock.ts'
import type { Hint } from './entry.ts'
import type { Attention } from './pollPlan.ts'

/** What one question about a pipeline is made of. */
export type Probe = 'state' | 'executions' | 'both' | 'definition'

export interface ProbeSituation {
  attention: Attention
  mode: 'SUPERSEDED' | 'QUEUED' | 'PARALLEL'
  /** Both were answered once. */
  known: boolean
  /** Only the definition is missing. */
  incomplete: boolean
  /** What an event told of. */
  hint?: Hint | undefined
  /** There are more idle ones than one API's budget can ask about in time. */
  crowded: boolean
  /** Questions so far. */
  turn: number
  /** Since the executions were listed. ms */
  sinceExecutions: Millis
}

/** Statuses of executions that hold no stage any more show only in the list; it is asked at least so often. ms */
const listEvery: Record<Attention, Millis> = { open: 3_000, running: 15_000, idle: 900_000 }

/**
 * The cheapest question that can tell a change; what it tells is then followed up. The state tells all that moves in a
 * stage; a PARALLEL pipeline has none (fact sheet, 3.1), so there the list must. Where there are very many idle ones
 * they alternate, because each API has a budget of its own: two buckets let twice as many be asked.
 */
export function probeOf(situation: ProbeSituation): Probe {
  const { attention, mode, known, incomplete, hint, crowded, turn, sinceExecutions } = situation
  if (!known) return 'both'
  if (hint === undefined && incomplete && attention === 'idle') return 'definition'
  if (mode === 'PARALLEL') return 'executions'
  if (hint === 'both' || sinceExecutions >= listEvery[attention]) return 'both'
  return attention === 'idle' && crowded && turn % 2 === 1 ? 'executions' : 'state'
}
