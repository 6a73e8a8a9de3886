import { tracked } from '@trpc/server'
import { z } from 'zod'
import {
  MissingPermission,
  OperationRecord,
  Preview,
  Request,
  RollbackCandidate,
} from '../../preload/contract/operations.ts'
import { Name, PipelineKey } from '../../preload/contract/pipelines.ts'
import { procedure, router } from '../base/rpc.ts'
import { trackedStreamOf } from '../base/stream.ts'
import type { Operations } from './operations.ts'

export function operationsRouter(operations: Operations) {
  return router({
    preview: procedure
      .input(Request)
      .output(Preview)
      .query(({ input }) => operations.preview(input)),
    perform: procedure
      .input(Request)
      .output(OperationRecord)
      .mutation(({ input }) => operations.perform(input)),
    watch: procedure
      // The client gives the last id again when it reconnects.
      .input(z.object({ lastEventId: z.string().regex(/^\d+$/).optional() }).optional())
      .output(trackedStreamOf(OperationRecord))
      .subscription(async function* ({ input, signal }) {
        const after = input?.lastEventId === undefined ? undefined : Number(input.lastEventId)
        for await (const { change, record } of operations.watch(after, signal)) yield tracked(String(change), record)
      }),
    recent: procedure
      .input(z.object({ key: PipelineKey.optional(), limit: z.number().int().min(1).max(200) }))
      .output(z.array(OperationRecord))
      .query(({ input }) => operations.recent(input.limit, input.key)),
    permissions: procedure
      .input(z.object({ key: PipelineKey, anew: z.boolean().default(false) }))
      .output(z.array(MissingPermission))
      .query(({ input }) => operations.permissions(input.key, input.anew)),
    rollbackCandidates: procedure
      .input(z.object({ key: PipelineKey, stage: Name }))
      .output(z.array(RollbackCandidate))
      .query(({ input }) => operations.rollbackCandidates(input.key, input.stage)),
  })
}
