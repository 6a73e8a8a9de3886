import type { Draft } from './draft.ts'
import type {
  ActionExecution,
  ActionPlan,
  ActionReport,
  ActionResult,
  Artifact,
  ErrorDetails,
  Execution,
  StageExecution,
  StagePlan,
} from './model.ts'
import { room } from './modes.ts'
import { own } from './records.ts'
import { actionDeadline } from './timeouts.ts'
import { type Resolved, refuseOutput, resolveList, resolveRecord, scopeOf } from './variables.ts'

/** How far a stage's actions have come. `next` may start now. */
export type Progress = { kind: 'running'; next: readonly ActionPlan[] } | { kind: 'failed' } | { kind: 'succeeded' }

/**
 * Ascending run order, equal numbers side by side; the next group starts when all of the one before have succeeded;
 * a failure lets its running siblings finish and starts nothing new (fact sheet, 3.2, step 5).
 */
export function progressOf(plan: StagePlan, passage: StageExecution, mode: Execution['mode']): Progress {
  const attempts = Object.values(passage.actions)
  const inProgress = attempts.filter(action => action.status === 'InProgress').length
  if (attempts.some(action => action.status === 'Failed' || action.status === 'Abandoned')) {
    return inProgress > 0 ? { kind: 'running', next: [] } : { kind: 'failed' }
  }
  for (let first = 0; first < plan.actions.length; ) {
    const order = plan.actions[first]?.runOrder
    const group = plan.actions.filter(action => action.runOrder === order)
    if (group.some(action => own(passage.actions, action.name)?.status !== 'Succeeded')) {
      const waiting = group.filter(action => own(passage.actions, action.name) === undefined)
      return { kind: 'running', next: waiting.slice(0, room(mode, inProgress)) }
    }
    first += group.length
  }
  return { kind: 'succeeded' }
}

/** Starts an attempt. Where its configuration can't be resolved it fails at once, without having started anything. */
export function startAction(draft: Draft, executionId: string, stage: string, plan: ActionPlan): void {
  const execution = draft.execution(executionId)
  if (!execution) return
  const attempt: ActionExecution = {
    id: draft.newId(),
    executionId,
    stage,
    action: plan.name,
    status: 'InProgress',
    startedAt: draft.at,
    updatedAt: draft.at,
    resolvedConfiguration: plan.configuration,
    inputArtifacts: [],
    report: {},
  }
  const inputs = inputsOf(execution, plan)
  if (inputs.ok) Object.assign(attempt, inputs.value)
  if (plan.type.category === 'Approval') {
    attempt.token = draft.newId()
    // A PARALLEL pipeline has no state to show the token in: it is read from the action's history (fact sheet, 3.5).
    if (execution.mode === 'PARALLEL') attempt.report = { externalExecutionId: attempt.token }
  }
  draft.putAction(attempt)
  draft.announce(changeOf(attempt, 'STARTED'))
  if (!inputs.ok) return failAction(draft, attempt, inputs.error)
  draft.emit({ kind: 'startAction', executionId, actionExecutionId: attempt.id })
  draft.emit({ kind: 'wakeAt', at: actionDeadline(plan, attempt), what: 'action', id: attempt.id })
}

type Inputs = Pick<ActionExecution, 'resolvedConfiguration' | 'inputArtifacts'> &
  Partial<Pick<ActionExecution, 'resolvedCommands' | 'resolvedEnvironmentVariables'>>

/** What an action works on, resolved at the last moment (fact sheet, 3.6). */
function inputsOf(execution: Execution, plan: ActionPlan): Resolved<Inputs> {
  const scope = scopeOf(execution)
  const configuration = resolveRecord(plan.configuration, scope)
  if (!configuration.ok) return configuration
  const artifacts = artifactsOf(execution, plan.inputArtifacts)
  if (!artifacts.ok) return artifacts
  const inputs: Inputs = { resolvedConfiguration: configuration.value, inputArtifacts: artifacts.value }
  if (plan.commands) {
    const commands = resolveList(plan.commands, scope)
    if (!commands.ok) return commands
    inputs.resolvedCommands = commands.value
  }
  if (plan.environmentVariables) {
    const { environmentVariables } = plan
    const values = resolveList(
      environmentVariables.map(variable => variable.value),
      scope,
    )
    if (!values.ok) return values
    inputs.resolvedEnvironmentVariables = environmentVariables.map((variable, i) => ({
      ...variable,
      value: values.value[i] ?? variable.value,
    }))
  }
  return { ok: true, value: inputs }
}

/** The artifacts by these names. One may lack: a skipped stage made none. UNCONFIRMED: code and sentence. */
export function artifactsOf(execution: Execution, names: readonly string[]): Resolved<readonly Artifact[]> {
  const artifacts: Artifact[] = []
  for (const name of names) {
    const artifact = own(execution.artifacts, name)
    if (!artifact) {
      const message = `The input artifact ${name} does not exist in this execution`
      return { ok: false, error: { code: 'ConfigurationError', message } }
    }
    artifacts.push(artifact)
  }
  return { ok: true, value: artifacts }
}

/** The attempt with this id in a live execution, while it is in progress. Anything else is late news. */
export function actionInProgress(draft: Draft, id: string): ActionExecution | undefined {
  for (const executionId in draft.state.executions) {
    const execution = draft.execution(executionId)
    if (execution?.position.at !== 'inside') continue
    const passage = own(execution.stages, execution.position.stage)
    const attempt = passage && Object.values(passage.actions).find(action => action.id === id)
    if (attempt) return attempt.status === 'InProgress' ? attempt : undefined
  }
  return undefined
}

export function reportAction(draft: Draft, attempt: ActionExecution, report: ActionReport): void {
  draft.putAction({
    ...attempt,
    report: { ...attempt.report, ...report },
    reportedAt: draft.at,
    updatedAt: draft.at,
  })
}

interface Decision {
  by?: string | undefined
  summary?: string | undefined
}

/** The action ended well: what it made replaces what an earlier attempt made. */
export function succeedAction(draft: Draft, attempt: ActionExecution, result: ActionResult, decision: Decision = {}) {
  const refused = refuseOutput(result.variables)
  if (refused) return failAction(draft, attempt, refused, decision)
  const ended: ActionExecution = { ...endedBy(draft, attempt, decision), status: 'Succeeded', result }
  draft.putAction(ended)
  draft.announce(changeOf(ended, 'SUCCEEDED'))
  const execution = draft.execution(attempt.executionId)
  const plan = execution && draft.stagePlan(execution, attempt.stage)?.actions.find(a => a.name === attempt.action)
  if (!execution || !plan) return
  const { revision } = result
  const patch: Partial<Execution> = {}
  if (result.artifacts.length > 0) {
    const made = result.artifacts.map(artifact => [artifact.name, artifact] as const)
    patch.artifacts = { ...execution.artifacts, ...Object.fromEntries(made) }
  }
  if (plan.namespace !== undefined) patch.outputs = { ...execution.outputs, [plan.namespace]: result.variables }
  if (revision) {
    const others = execution.revisions.filter(other => other.actionName !== revision.actionName)
    patch.revisions = [...others, revision]
  }
  draft.patchExecution(execution.id, patch)
}

export function failAction(draft: Draft, attempt: ActionExecution, error: ErrorDetails, decision: Decision = {}): void {
  const ended: ActionExecution = { ...endedBy(draft, attempt, decision), status: 'Failed', error }
  draft.putAction(ended)
  draft.announce(changeOf(ended, 'FAILED'))
}

/** Stop and abandon: nobody waits for it any more, and its outside work goes on (fact sheet, 3.3). */
export function abandonAction(draft: Draft, attempt: ActionExecution, by: string): void {
  const ended: ActionExecution = { ...endedBy(draft, attempt, { by }), status: 'Abandoned' }
  draft.putAction(ended)
  draft.announce(changeOf(ended, 'ABANDONED'))
  draft.emit({ kind: 'releaseAction', actionExecutionId: attempt.id, abandon: true })
}

function endedBy(draft: Draft, attempt: ActionExecution, { by, summary }: Decision): ActionExecution {
  const ended: ActionExecution = { ...attempt, updatedAt: draft.at }
  if (by !== undefined) ended.updatedBy = by
  if (summary !== undefined) ended.report = { ...attempt.report, summary }
  return ended
}

function changeOf(attempt: ActionExecution, state: 'STARTED' | 'SUCCEEDED' | 'FAILED' | 'ABANDONED') {
  const { executionId, stage, action, id } = attempt
  return { level: 'Action', executionId, stage, action, actionExecutionId: id, state } as const
}
