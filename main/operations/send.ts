import type { Request } from '../../preload/contract/operations.ts'
import type { Aws } from '../aws/aws.ts'
import type { Written } from '../aws/codePipelineWrites.ts'
import { assertNever } from '../base/assertNever.ts'
import { Failure } from '../base/failure.ts'
import type { Known } from '../pipelines/known.ts'
import { placeOf } from './guard.ts'

const ask = { priority: 'person' } as const

/** Makes the one call that a request is. `id` is the journal's: a repeated start with it starts nothing more. */
export async function send(aws: Aws, request: Request, known: Known, id: string): Promise<Written> {
  const { key } = request
  switch (request.kind) {
    case 'decide': {
      const token = await tokenOf(aws, request, known)
      const { stage, action, decision: status, comment: summary } = request
      return aws.writes.decide(key, { stage, action, token, status, summary }, ask)
    }
    case 'retry':
      return aws.writes.retry(key, request.stage, request.executionId, request.mode, ask)
    case 'start':
      return aws.writes.start(key, request.variables, id, ask)
    case 'stop':
      return aws.writes.stop(key, request.executionId, request.abandon, request.reason, ask)
    case 'closeTransition':
      return aws.writes.closeTransition(key, request.stage, request.reason, ask)
    case 'openTransition':
      return aws.writes.openTransition(key, request.stage, ask)
    case 'rollback':
      return aws.writes.rollback(key, request.stage, request.targetExecutionId, ask)
    case 'overrideCondition':
      return aws.writes.overrideCondition(key, request.stage, request.executionId, request.condition, ask)
    default:
      return assertNever(request, 'request')
  }
}

/** From the state, or for a PARALLEL pipeline from the action's record (fact sheet, 12.1). */
async function tokenOf(aws: Aws, request: Extract<Request, { kind: 'decide' }>, known: Known): Promise<string> {
  const { key, actionExecutionId } = request
  const shown = known.live?.stages
    .flatMap(({ actions }) => actions)
    .find(action => action.actionExecutionId === actionExecutionId)
  if (shown?.token !== undefined) return shown.token
  const records = await aws.codePipeline.actions(key, undefined, ask)
  const record = records.find(each => each.actionExecutionId === actionExecutionId && each.state === 'waiting')
  const token = record && (await aws.codePipeline.approvalToken(key, record.executionId, actionExecutionId, ask))
  if (token !== undefined) return token
  throw new Failure({
    code: 'ApprovalNotWaiting',
    message: 'No approval waits here any more.',
    place: placeOf(request),
    next: 'Look at the pipeline as it is now.',
  })
}
