import type { Clock, Millis } from '../../../base/clock.ts'
import type { Runner } from '../../execution/runner.ts'
import type { PipelineRef } from '../../providers/provider.ts'
import type { Definitions } from './definitions.ts'
import { sourceOf } from './sources.ts'

/** How long a pipeline that polls may be idle (fact sheet, 3: `PollForSourceChanges`). */
const idleLimit: Millis = 30 * 24 * 3_600_000

export interface IdlePollingOptions {
  clock: Clock
  definitions: Definitions
  runner: Runner
}

/**
 * When CodePipeline stopped asking a pipeline's sources, for nothing had executed in it for 30 days: GetPipeline's
 * `pollingDisabledAt`. Undefined while it asks, and where it never does. UNCONFIRMED what makes it ask again: here an
 * update, and an execution that somebody starts.
 */
export function pollingDisabledAt(options: IdlePollingOptions, pipeline: PipelineRef): Millis | undefined {
  const { clock, definitions, runner } = options
  const state = runner.state(pipeline)
  const sources = state.plans[state.version]?.stages[0]?.actions ?? []
  if (!sources.some(action => sourceOf(pipeline, action) !== undefined)) return undefined
  const [latest] = runner.history.executions(pipeline.id, 1).rows
  const busyAt = Math.max(definitions.current(pipeline).updated, latest?.execution.startedAt ?? 0)
  return clock.now() - busyAt >= idleLimit ? busyAt + idleLimit : undefined
}
