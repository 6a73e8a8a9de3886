import type {
  ActionDetail,
  Definition,
  ExecutionSummary,
  PipelineRow,
  PipelineView,
  StageDefinition,
  StageView,
} from '../../preload/contract/pipelines.ts'
import type { LiveStage, LiveState } from '../aws/liveState.ts'
import { type ActionContext, actionOfExecution, actionOfNow, latestAttempts } from './actionView.ts'
import { between, type Durations } from './history.ts'
import { stageOfExecution } from './stageOfExecution.ts'
import { ended, stageState } from './states.ts'

/** All that a view is made of. */
export interface ViewInput {
  /** `now`, or an execution's id. */
  of: string
  row: PipelineRow
  definition: Definition
  live: LiveState | undefined
  /** Newest first. */
  executions: readonly ExecutionSummary[]
  /** Every attempt of every action of the executions that the view shows. */
  actions: readonly ActionDetail[]
  /** Executions of which AWS has told every action up to now. */
  complete: ReadonlySet<string>
  /** How long an action usually takes. */
  usually: (stage: string, action: string) => Durations
  lastLogLine: (actionExecutionId: string) => string | undefined
  /** Pipeline variables of the execution shown; of the newest one for `now`. */
  variables: readonly { name: string; value: string }[]
  accountName: (id: string) => string | undefined
  asOf: string
}

/**
 * Everything the Pipeline screen shows. Pure. AWS tells the state of stages only as of now, and an action there may be
 * of an older execution; the stages of one execution are derived from its actions (fact sheet, 12.2 and 12.3).
 */
export function pipelineView(input: ViewInput): PipelineView {
  const { of, row, definition, executions, asOf } = input
  const shown = of === 'now' ? executions[0]?.id : of
  return {
    row,
    definition: withAccountNames(definition, input.accountName),
    of,
    stages: definition.stages.map((stage, index) =>
      of === 'now' ? stageOfNow(input, stage) : viewOfExecution(input, of, stage, index),
    ),
    executions: [...executions],
    variables: shown === undefined ? [] : variablesOf(input, shown),
    consoleUrl: consoleUrl(row, of),
    asOf,
  }
}

const liveOf = (live: LiveState | undefined, name: string): LiveStage | undefined =>
  live?.stages.find(stage => stage.name === name)

function stageOfNow(input: ViewInput, definition: StageDefinition): StageView {
  const live = liveOf(input.live, definition.name)
  const executionId = live?.latest?.executionId
  const attempts = attemptsOf(input, definition.name, executionId)
  const context = contextOf(input, definition.name, executionId, attempts)
  const state = live ? stageState(live) : 'notRun'
  return {
    name: definition.name,
    state,
    transition: live?.transition ?? { open: true },
    inbound: live?.inbound ?? [],
    retries: live?.retries ?? 0,
    conditions: live?.conditions ?? [],
    actions: definition.actions.map(action =>
      actionOfNow(
        context,
        action,
        live?.actions.find(({ name }) => name === action.name),
        executionId,
      ),
    ),
    ...(live?.latest && { status: live.latest.status, executionId: live.latest.executionId }),
    ...timesOf(attempts, ended(state) ? undefined : input.asOf),
  }
}

function viewOfExecution(input: ViewInput, id: string, definition: StageDefinition, index: number): StageView {
  const live = liveOf(input.live, definition.name)
  const current = live?.latest?.executionId === id ? live : undefined
  const attempts = attemptsOf(input, definition.name, id)
  const state = current
    ? stageState(current)
    : stageOfExecution({
        definition,
        attempts,
        execution: input.executions.find(execution => execution.id === id),
        wentOn: input.definition.stages
          .slice(index + 1)
          .some(later => input.actions.some(({ stage, executionId }) => stage === later.name && executionId === id)),
      })
  const context = contextOf(input, definition.name, id, attempts)
  return {
    name: definition.name,
    state,
    transition: live?.transition ?? { open: true },
    inbound: (live?.inbound ?? []).filter(waiting => waiting === id),
    retries: current?.retries ?? Math.max(0, ...latestAttempts(attempts).map(({ attempt }) => attempt - 1)),
    conditions: current?.conditions ?? [],
    actions: definition.actions.map(action =>
      actionOfExecution(
        context,
        action,
        current?.actions.find(({ name }) => name === action.name),
      ),
    ),
    ...(current?.latest && { status: current.latest.status }),
    ...(attempts.length > 0 && { executionId: id }),
    ...timesOf(attempts, ended(state) ? undefined : input.asOf),
  }
}

const attemptsOf = ({ actions }: ViewInput, stage: string, executionId: string | undefined): ActionDetail[] =>
  actions.filter(action => action.stage === stage && action.executionId === executionId)

const contextOf = (
  input: ViewInput,
  stage: string,
  executionId: string | undefined,
  attempts: readonly ActionDetail[],
): ActionContext => ({
  stage,
  attempts,
  complete: executionId !== undefined && input.complete.has(executionId),
  definition: input.definition,
  known: id => input.actions.find(({ actionExecutionId }) => actionExecutionId === id),
  revisions: input.executions,
  usually: action => input.usually(stage, action),
  lastLogLine: input.lastLogLine,
  asOf: input.asOf,
})

/** From the first action's start to the last one's end, or until now. */
function timesOf(attempts: readonly ActionDetail[], now: string | undefined) {
  const starts = attempts.map(({ startedAt }) => startedAt).sort()
  const ends = attempts.map(({ updatedAt }) => updatedAt).sort()
  const [startedAt] = starts
  const until = now ?? ends.at(-1)
  return startedAt === undefined || until === undefined ? {} : { startedAt, durationMs: between(startedAt, until) }
}

function variablesOf({ definition, actions, variables }: ViewInput, executionId: string): PipelineView['variables'] {
  const outputs = latestAttempts(actions.filter(action => action.executionId === executionId)).flatMap(({ detail }) => {
    const namespace = definition.stages
      .find(({ name }) => name === detail.stage)
      ?.actions.find(({ name }) => name === detail.action)?.namespace
    if (namespace === undefined) return []
    return Object.entries(detail.outputVariables).map(([name, value]) => ({ namespace, name, value }))
  })
  return [
    { namespace: 'codepipeline', name: 'PipelineExecutionId', value: executionId },
    ...variables.map(({ name, value }) => ({ namespace: 'variables', name, value })),
    ...outputs,
  ]
}

const withAccountNames = (definition: Definition, nameOf: (id: string) => string | undefined): Definition => ({
  ...definition,
  stages: definition.stages.map(stage => ({
    ...stage,
    actions: stage.actions.map(({ crossAccount, ...action }) => ({
      ...action,
      ...(crossAccount && {
        crossAccount: { id: crossAccount.id, name: nameOf(crossAccount.id) ?? crossAccount.name },
      }),
    })),
  })),
})

function consoleUrl({ key: { region, name } }: PipelineRow, of: string): string {
  const page = of === 'now' ? 'view' : `executions/${of}/visualization`
  const pipeline = encodeURIComponent(name)
  return `https://${region}.console.aws.amazon.com/codesuite/codepipeline/pipelines/${pipeline}/${page}?region=${region}`
}
