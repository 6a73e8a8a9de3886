import type { Request } from '../../preload/contract/operations.ts'
import type { LiveAction, LiveStage } from '../aws/liveState.ts'
import { assertNever } from '../base/assertNever.ts'
import { Failure } from '../base/failure.ts'
import type { Known } from '../pipelines/known.ts'
import { placeOf } from './guard.ts'

/**
 * Why AWS would refuse a request, as far as what is known tells; undefined where nothing speaks against it. Pure. AWS
 * has the last word: this only spares a person a call that can't succeed, and says it in their words.
 */
export function refusal(request: Request, known: Known): Failure | undefined {
  const no = (code: string, message: string, next: string) =>
    new Failure({ code, message, next, place: placeOf(request) })
  const stageOf = (name: string) => known.live?.stages.find(stage => stage.name === name)
  const noStage = (name: string) =>
    no('StageNotFoundException', `${request.key.name} has no stage ${name}.`, 'Look at the pipeline as it is now.')

  switch (request.kind) {
    case 'decide': {
      const stage = stageOf(request.stage)
      if (!stage) return noStage(request.stage)
      // Its state shows the newest execution only; the token, which `send` asks for, decides about any other.
      if (known.listed.mode === 'PARALLEL') return undefined
      const action = stage.actions.find(({ name }) => name === request.action)
      if (action?.waiting && action.actionExecutionId === request.actionExecutionId) return undefined
      return decidedElsewhere(action, no)
    }
    case 'retry': {
      const stage = stageOf(request.stage)
      if (!stage) return noStage(request.stage)
      if (stage.latest?.executionId !== request.executionId) {
        if (known.listed.mode === 'PARALLEL') return undefined
        return no(
          'NotLatestPipelineExecutionException',
          `A newer execution has entered ${stage.name}; the older one can’t be retried any more.`,
          'Start the pipeline again with the revision that you need.',
        )
      }
      return retryRefusal(stage, request.mode, no)
    }
    case 'start':
      return missingVariable(request, known, no)
    case 'stop': {
      const execution = known.executions.find(({ id }) => id === request.executionId)
      const stoppable =
        !execution || execution.status === 'InProgress' || (execution.status === 'Stopping' && request.abandon)
      if (stoppable) return undefined
      return execution.status === 'Stopping'
        ? no('DuplicatedStopRequestException', 'It is being stopped already.', 'Wait, or stop and abandon its actions.')
        : no(
            'PipelineExecutionNotStoppableException',
            `The execution has ended: ${execution.status}.`,
            'There is nothing left to stop.',
          )
    }
    case 'closeTransition': {
      const stage = stageOf(request.stage)
      if (!stage) return noStage(request.stage)
      return stage.transition.open
        ? undefined
        : no(
            'TransitionClosed',
            `The way into ${stage.name} is closed already.`,
            'Open it first to give another reason.',
          )
    }
    case 'openTransition': {
      const stage = stageOf(request.stage)
      if (!stage) return noStage(request.stage)
      return stage.transition.open
        ? no('TransitionOpen', `The way into ${stage.name} is open already.`, 'There is nothing to do.')
        : undefined
    }
    case 'rollback':
      return rollbackRefusal(request, known, stageOf(request.stage), no)
    case 'overrideCondition': {
      const stage = stageOf(request.stage)
      return stage ? overrideRefusal(request, known, stage, no) : noStage(request.stage)
    }
    default:
      return assertNever(request, 'request')
  }
}

type No = (code: string, message: string, next: string) => Failure

function decidedElsewhere(action: LiveAction | undefined, no: No): Failure {
  if (action?.waiting) {
    return no(
      'ApprovalReplaced',
      'Another execution waits for this approval now, not the one that you looked at.',
      'Look at what waits now and decide about that.',
    )
  }
  const how =
    action?.status === 'Succeeded'
      ? 'approved'
      : action?.status === 'Failed'
        ? 'rejected, or its time ran out'
        : undefined
  const by = action?.by ? ` by ${action.by}` : ''
  return how
    ? no('ApprovalAlreadyCompletedException', `It was ${how}${by} meanwhile.`, 'There is nothing left to decide.')
    : no('ApprovalNotWaiting', 'No approval waits here any more.', 'Look at the pipeline as it is now.')
}

function retryRefusal(stage: LiveStage, mode: 'FAILED_ACTIONS' | 'ALL_ACTIONS', no: No): Failure | undefined {
  const failed = stage.actions.some(({ status }) => status === 'Failed' || status === 'Abandoned')
  const running = stage.actions.some(({ status }) => status === 'InProgress')
  const status = stage.latest?.status
  if (mode === 'ALL_ACTIONS' && running) {
    return no(
      'ConflictException',
      `An action of ${stage.name} is still running.`,
      'Wait until it ends, or retry the failed actions only.',
    )
  }
  const retryable = status === 'Failed' || status === 'Stopped' || (status === 'InProgress' && failed)
  return retryable
    ? undefined
    : no(
        'StageNotRetryableException',
        `${stage.name} has not failed: ${status ?? 'it never ran'}.`,
        'There is nothing to retry.',
      )
}

function missingVariable(request: Extract<Request, { kind: 'start' }>, known: Known, no: No): Failure | undefined {
  const given = new Set(request.variables.map(({ name }) => name))
  const missing = known.definition?.variables.find(
    ({ name, defaultValue }) => defaultValue === undefined && !given.has(name),
  )
  const unknown = request.variables.find(({ name }) => !known.definition?.variables.some(each => each.name === name))
  if (missing) {
    return no('VariableMissing', `The variable ${missing.name} has no default and needs a value.`, 'Give it a value.')
  }
  return unknown && known.definition
    ? no('VariableUnknown', `The pipeline has no variable ${unknown.name}.`, 'Leave it out.')
    : undefined
}

/** OverrideStageCondition takes the stage's newest execution, and no condition that skips the stage (fact sheet, 3.4). */
function overrideRefusal(
  { stage: name, executionId, condition }: Extract<Request, { kind: 'overrideCondition' }>,
  { definition, listed }: Known,
  stage: LiveStage,
  no: No,
): Failure | undefined {
  const declared = definition?.stages
    .find(each => each.name === name)
    ?.conditions.find(({ kind }) => kind === condition)
  if (definition && !declared) {
    return no(
      'ConditionNotOverridableException',
      `${name} has no such condition.`,
      'Look at the pipeline as it is now.',
    )
  }
  if (declared?.result === 'SKIP') {
    return no(
      'ConditionNotOverridableException',
      'A condition that skips the stage can’t be overridden.',
      'Start the pipeline again once its rules are met.',
    )
  }
  // The state shows the newest execution only.
  if (listed.mode === 'PARALLEL') return undefined
  if (stage.latest?.executionId !== executionId) {
    return no(
      'NotLatestPipelineExecutionException',
      `A newer execution has entered ${name}.`,
      'Look at the condition of that one.',
    )
  }
  const status = stage.conditions.find(({ kind }) => kind === condition)?.status
  return status === 'Failed' || status === 'InProgress'
    ? undefined
    : no(
        'ConditionNotOverridableException',
        `The condition has not failed: ${status ?? 'it was not checked yet'}.`,
        'There is nothing to override.',
      )
}

function rollbackRefusal(
  request: Extract<Request, { kind: 'rollback' }>,
  known: Known,
  stage: LiveStage | undefined,
  no: No,
): Failure | undefined {
  if (known.listed.mode === 'PARALLEL') {
    return no(
      'UnableToRollbackStageException',
      'Stages of a PARALLEL pipeline can’t be rolled back.',
      'Start it again with an older revision.',
    )
  }
  if (known.definition?.stages[0]?.name === request.stage) {
    return no('UnableToRollbackStageException', 'A source stage can’t be rolled back.', 'Choose a later stage.')
  }
  if (stage?.latest?.status === 'InProgress' || stage?.latest?.status === 'Stopping') {
    return no(
      'UnableToRollbackStageException',
      `${request.stage} is running.`,
      'Wait until it ends, or stop its execution first.',
    )
  }
  if (stage?.latest?.status === 'Skipped') {
    return no('UnableToRollbackStageException', `${request.stage} was skipped.`, 'There is nothing to roll back.')
  }
  return undefined
}
