import type { MissingPermission, Request } from '../../preload/contract/operations.ts'
import type { Definition, PipelineKey } from '../../preload/contract/pipelines.ts'
import { assertNever } from '../base/assertNever.ts'

/** An IAM action on a resource. */
export interface Permission {
  action: string
  resource: string
}

/** `as` is the caller's ARN: its partition is the pipeline's. */
const arnOf = ({ account, region, name }: PipelineKey, as: string): string =>
  `arn:${as.split(':')[1] || 'aws'}:codepipeline:${region}:${account}:${name}`

const names = {
  decide: 'PutApprovalResult',
  retry: 'RetryStageExecution',
  start: 'StartPipelineExecution',
  stop: 'StopPipelineExecution',
  closeTransition: 'DisableStageTransition',
  openTransition: 'EnableStageTransition',
  rollback: 'RollbackStage',
  overrideCondition: 'OverrideStageCondition',
} as const satisfies Record<Request['kind'], string>

/** What IAM must allow for a request (fact sheet, 6: pipeline, stage or action, never the pipeline for all). Pure. */
export function needed(request: Request, as: string): Permission {
  const pipeline = arnOf(request.key, as)
  const action = `codepipeline:${names[request.kind]}`
  switch (request.kind) {
    case 'start':
    case 'stop':
      return { action, resource: pipeline }
    case 'retry':
    case 'closeTransition':
    case 'openTransition':
    case 'rollback':
    case 'overrideCondition':
      return { action, resource: `${pipeline}/${request.stage}` }
    case 'decide':
      return { action, resource: `${pipeline}/${request.stage}/${request.action}` }
    default:
      return assertNever(request, 'request')
  }
}

/** Everything that a person can do to a pipeline, each with what IAM must allow. Pure. */
export function neededAnywhere(key: PipelineKey, definition: Pick<Definition, 'stages'>, as: string): Permission[] {
  const pipeline = arnOf(key, as)
  const on = (kinds: readonly (keyof typeof names)[], resource: string) =>
    kinds.map(kind => ({ action: `codepipeline:${names[kind]}`, resource }))
  return [
    ...on(['start', 'stop'], pipeline),
    ...definition.stages.flatMap(({ name, actions, conditions }) => [
      ...on(['retry', 'rollback', 'closeTransition', 'openTransition'], `${pipeline}/${name}`),
      ...(conditions.some(({ kind }) => kind !== 'onFailure') ? on(['overrideCondition'], `${pipeline}/${name}`) : []),
      ...actions
        .filter(({ category }) => category === 'Approval')
        .flatMap(action => on(['decide'], `${pipeline}/${name}/${action.name}`)),
    ]),
  ]
}

/** With the smallest policy that would allow it: what a person hands to whoever may grant it. */
export const withPolicy = ({ action, resource }: Permission): MissingPermission => ({
  action,
  resource,
  policy: JSON.stringify(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] },
    undefined,
    2,
  ),
})
