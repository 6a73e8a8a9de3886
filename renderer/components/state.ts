import type { State } from '../../preload/contract/base.ts'

/** The word that always stands with the glyph, as text or as its accessible name. */
export const stateWord: Readonly<Record<State, string>> = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  running: 'Running',
  waiting: 'Waiting',
  stopped: 'Stopped',
  superseded: 'Superseded',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
  notRun: 'Not run yet',
  stale: 'Stale',
}

/** Worst first: what a person should look at before the rest. */
export const worstFirst: readonly State[] = [
  'failed',
  'waiting',
  'running',
  'stale',
  'stopped',
  'cancelled',
  'superseded',
  'succeeded',
  'skipped',
  'notRun',
]

const ranks = new Map(worstFirst.map((state, rank) => [state, rank]))

/** 0 for the worst. */
export const stateRank = (state: State): number => ranks.get(state) ?? worstFirst.length
