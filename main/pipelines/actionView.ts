import type {
  ActionDefinition,
  ActionDetail,
  ActionView,
  Definition,
  ExecutionSummary,
  Revision,
} from '../../preload/contract/pipelines.ts'
import { stateOf } from '../aws/fromSdk/parts.ts'
import type { LiveAction } from '../aws/liveState.ts'
import { between, type Durations } from './history.ts'
import { approvalExpiry, ended } from './states.ts'

/** What the actions of one stage have in common. */
export interface ActionContext {
  stage: string
  /** Every attempt of the execution that sits in the stage. */
  attempts: readonly ActionDetail[]
  /** AWS has told all attempts up to now. */
  complete: boolean
  definition: Definition
  known: (actionExecutionId: string) => ActionDetail | undefined
  /** Executions with their revisions. */
  revisions: readonly ExecutionSummary[]
  usually: (action: string) => Durations
  lastLogLine: (actionExecutionId: string) => string | undefined
  asOf: string
}

export interface Attempt {
  detail: ActionDetail
  /** 1 for the first. */
  attempt: number
}

/** The latest attempt of each action of each stage, with its number. */
export function latestAttempts(details: readonly ActionDetail[]): Attempt[] {
  const oldestFirst = [...details].sort((a, b) => a.startedAt.localeCompare(b.startedAt))
  const latest = new Map<string, Attempt>()
  for (const detail of oldestFirst) {
    const name = `${detail.stage}/${detail.action}`
    latest.set(name, { detail, attempt: (latest.get(name)?.attempt ?? 0) + 1 })
  }
  return [...latest.values()]
}

/** An action of an execution: its latest attempt there, or that it did not run. */
export function actionOfExecution(
  context: ActionContext,
  { name }: ActionDefinition,
  live: LiveAction | undefined,
): ActionView {
  const found = latestAttempts(context.attempts).find(({ detail }) => detail.action === name)
  if (!found) return notRun(context, name)
  const same = live?.actionExecutionId === found.detail.actionExecutionId ? live : undefined
  return shown(context, name, found.detail, same, found.attempt)
}

/**
 * An action as of now. What AWS shows may be of an older execution than the one that sits in the stage; there the
 * action did not run yet.
 */
export function actionOfNow(
  context: ActionContext,
  { name }: ActionDefinition,
  live: LiveAction | undefined,
  executionId: string | undefined,
): ActionView {
  if (live?.status === undefined) return notRun(context, name)
  const detail = live.actionExecutionId === undefined ? undefined : context.known(live.actionExecutionId)
  const older = detail ? detail.executionId !== executionId : context.complete && ended(stateOf(live.status))
  if (older) return notRun(context, name)
  const attempt = latestAttempts(context.attempts).find(found => found.detail.action === name)?.attempt
  return shown(context, name, detail, live, attempt, executionId)
}

const notRun = (context: ActionContext, name: string): ActionView => ({
  name,
  state: 'notRun',
  ...context.usually(name),
})

function shown(
  context: ActionContext,
  name: string,
  detail: ActionDetail | undefined,
  live: LiveAction | undefined,
  attempt: number | undefined,
  executionId = detail?.executionId,
): ActionView {
  const waiting = live ? live.waiting : detail?.state === 'waiting'
  const state = waiting ? 'waiting' : live?.status === undefined ? (detail?.state ?? 'stale') : stateOf(live.status)
  const startedAt = detail?.startedAt ?? (ended(state) ? undefined : live?.changedAt)
  const updatedAt = live?.changedAt ?? detail?.updatedAt
  const id = detail?.actionExecutionId ?? live?.actionExecutionId
  const revision = revisionOf(context, name, executionId, live?.revision)
  const since = startedAt ?? updatedAt ?? context.asOf
  const configuration = detail?.resolvedConfiguration ?? declared(context, name)?.configuration ?? {}
  const until = ended(state) ? (detail?.updatedAt ?? updatedAt) : context.asOf
  return omitAbsent({
    name,
    state,
    actionExecutionId: id,
    executionId,
    attempt,
    startedAt,
    updatedAt,
    durationMs: startedAt !== undefined && until !== undefined ? between(startedAt, until) : undefined,
    ...context.usually(name),
    summary: live?.summary ?? detail?.externalSummary,
    percentComplete: live?.percentComplete,
    revision,
    externalId: live?.externalId ?? detail?.externalId,
    externalUrl: live?.externalUrl ?? detail?.externalUrl,
    error: live?.error ?? detail?.error,
    by: live?.by ?? detail?.by,
    tests: detail?.tests,
    lastLogLine: id === undefined ? undefined : context.lastLogLine(id),
    approval: waiting
      ? omitAbsent({
          since,
          expiresAt: approvalExpiry(context.definition, context.stage, name, since),
          customData: configuration.CustomData,
          link: configuration.ExternalEntityLink,
        })
      : undefined,
  })
}

const declared = ({ definition, stage }: ActionContext, action: string): ActionDefinition | undefined =>
  definition.stages.find(({ name }) => name === stage)?.actions.find(({ name }) => name === action)

/** Lists name the author; the state tells sooner, so it stands in until the list follows. */
function revisionOf(
  { revisions }: ActionContext,
  action: string,
  executionId: string | undefined,
  live: Revision | undefined,
): Revision | undefined {
  const listed = revisions
    .find(({ id }) => id === executionId)
    ?.revisions.find(({ actionName }) => actionName === action)
  return listed ?? live
}

function omitAbsent<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T
}
