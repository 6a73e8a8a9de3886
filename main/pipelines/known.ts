import type { FailureShape } from '../../preload/contract/base.ts'
import type { Definition, ExecutionSummary, PipelineKey } from '../../preload/contract/pipelines.ts'
import type { ListedPipeline } from '../aws/codePipeline.ts'
import type { LiveState } from '../aws/liveState.ts'

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
