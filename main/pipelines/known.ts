import type { FailureShape } from '../../preload/contract/base.ts'
import type { Definition, ExecutionSummary, PipelineKey } from '../../preload/contract/pipelines.ts'
import type { ListedPipeline } from '../aws/codePipeline.ts'
import type { LiveState } from '../aws/liveState.ts'
import { ended } from './states.ts'

/** All that the desk knows of one pipeline now. */
export interface Known {
  key: PipelineKey
  listed: ListedPipeline
  live?: LiveState
  /** Newest first. */
  executions: ExecutionSummary[]
  definition?: Definition
  /** When AWS last told of it; ISO 8601. */
  asOf: string
  problem?: FailureShape
}

/**
 * Whether nothing is under way and AWS told the same again, so that only the age is new. What did not move is the same
 * object (`refresh.ts`).
 */
export function restsAsBefore(before: Known, now: Known): boolean {
  const { version, type, mode } = before.listed
  return (
    before.live === now.live &&
    before.executions === now.executions &&
    before.definition === now.definition &&
    before.problem === now.problem &&
    version === now.listed.version &&
    type === now.listed.type &&
    mode === now.listed.mode &&
    now.executions.every(({ state }) => ended(state))
  )
}
