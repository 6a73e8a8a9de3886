import { z } from 'zod'
import {
  ActionDetail,
  ExecutionId,
  FleetUpdate,
  LogUpdate,
  Name,
  PipelineKey,
  PipelineView,
} from '../../preload/contract/pipelines.ts'
import { procedure, router } from '../base/rpc.ts'
import { streamOf } from '../base/stream.ts'
import type { Pipelines } from './pipelines.ts'

const OneAction = z.object({ key: PipelineKey, actionExecutionId: ExecutionId })

export function pipelinesRouter(pipelines: Pipelines) {
  return router({
    watchFleet: procedure.output(streamOf(FleetUpdate)).subscription(({ signal }) => pipelines.watchFleet(signal)),
    watch: procedure
      .input(z.object({ key: PipelineKey, of: z.union([z.literal('now'), ExecutionId]) }))
      .output(streamOf(PipelineView))
      .subscription(({ input, signal }) => pipelines.watch(input.key, input.of, signal)),
    action: procedure
      .input(OneAction)
      .output(ActionDetail)
      .query(({ input }) => pipelines.action(input.key, input.actionExecutionId)),
    actionHistory: procedure
      .input(z.object({ key: PipelineKey, stage: Name, action: Name }))
      .output(z.array(ActionDetail))
      .query(({ input }) => pipelines.actionHistory(input.key, input.stage, input.action)),
    tailLog: procedure
      .input(OneAction)
      .output(streamOf(LogUpdate))
      .subscription(({ input, signal }) => pipelines.tailLog(input.key, input.actionExecutionId, signal)),
    refresh: procedure
      .input(z.object({ key: PipelineKey.optional() }))
      .output(z.object({ asked: z.number().int() }))
      .mutation(({ input }) => pipelines.refresh(input.key)),
    attend: procedure
      .input(z.object({ hidden: z.boolean() }))
      .output(streamOf(z.strictObject({})))
      .subscription(({ input, signal }) => pipelines.attend(input.hidden, signal)),
  })
}
