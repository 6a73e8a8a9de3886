import type { ActionView, StageDefinition, StageView, Transition } from '../../preload/contract/pipelines.ts'
import { stateWord } from '../components/state.ts'
import { formatDuration, spokenDuration } from '../format/duration.ts'
import { shortId } from '../format/ids.ts'
import type { ConditionKind } from './nodeRef.ts'

const unended: readonly string[] = ['running', 'waiting']

/** How long an action took, or takes so far; `now` counts while it has not ended. ms */
export function elapsed(
  { state, startedAt, durationMs }: Pick<ActionView, 'state' | 'startedAt' | 'durationMs'>,
  now: number,
): number | undefined {
  if (unended.includes(state) && startedAt !== undefined) return Math.max(0, now - Date.parse(startedAt))
  return durationMs
}

/** `Test stage, action Integration, failed, 3 min 40 s` */
export function actionLabel(stage: string, view: ActionView, now: number): string {
  const took = elapsed(view, now)
  return [
    `${stage} stage`,
    `action ${view.name}`,
    stateWord[view.state].toLowerCase(),
    took === undefined || took < 1000 ? undefined : spokenDuration(took),
    view.state === 'failed' ? testsText(view) : undefined,
  ]
    .filter(part => part !== undefined)
    .join(', ')
}

export interface StageSummary {
  name: string
  state: StageView['state']
  actions: number
  failed: number
  running: number
  waiting: number
}

export function stageLabel({ name, state, actions, failed, running, waiting }: StageSummary): string {
  return [
    `${name} stage`,
    stateWord[state].toLowerCase(),
    `${actions} ${actions === 1 ? 'action' : 'actions'}`,
    ...[`${failed} failed`, `${running} running`, `${waiting} waiting`].filter(text => !text.startsWith('0 ')),
  ].join(', ')
}

/** What a stage's head says at its right: the exception where there is one, else nothing. */
export function stageCount({ actions, failed, waiting }: StageSummary): string | undefined {
  // Which of the two the glyph before it says.
  if (failed > 0 && actions > 1) return `${failed} of ${actions}`
  if (waiting > 0 && actions > 1) return `${waiting} of ${actions}`
  return undefined
}

/** The last part of an ARN's resource: what a person calls a role or a caller. */
export function shortArn(arn: string): string {
  const resource = arn.split(':').slice(5).join(':')
  const parts = (resource === '' ? arn : resource).split('/')
  return parts.length > 2 ? parts.slice(-2).join('/') : (parts.at(-1) ?? arn)
}

export function gateLabel(stage: string, transition: Transition, inbound: readonly string[]): string {
  const standing = transition.open
    ? 'open'
    : `closed${transition.by === undefined ? '' : ` by ${shortArn(transition.by)}`}: ${transition.reason}`
  const waits = inbound.length === 0 ? '' : `, ${inbound.map(shortId).join(', ')} waiting before it`
  return `Transition into ${stage}, ${standing}${waits}`
}

export type DeclaredCondition = StageDefinition['conditions'][number]

export const conditionWord: Readonly<Record<ConditionKind, string>> = {
  beforeEntry: 'Entry condition',
  onSuccess: 'Success condition',
  onFailure: 'Failure condition',
}

export function conditionLabel(stage: string, definition: DeclaredCondition, status: string | undefined): string {
  const rules = definition.rules.map(rule => rule.provider).join(', ')
  return [
    `${conditionWord[definition.kind]} of ${stage}`,
    status ?? 'not evaluated yet',
    `otherwise ${definition.result.toLowerCase()}`,
    rules,
  ]
    .filter(part => part !== '')
    .join(', ')
}

/** `2 of 86 tests failed`, `412 tests`. */
export function testsText({ tests }: Pick<ActionView, 'tests'>): string | undefined {
  if (!tests) return undefined
  return tests.failed > 0 ? `${tests.failed} of ${tests.total} tests failed` : `${tests.total} tests`
}

/** The one thing worth a line of its own under an action's name, if there is any. */
export function actionNote(view: ActionView, now: number): string | undefined {
  switch (view.state) {
    case 'failed':
      return testsText(view) ?? view.error?.message ?? view.error?.code ?? view.summary
    case 'waiting':
      return view.approval && `${formatDuration(Date.parse(view.approval.expiresAt) - now)} left to decide`
    case 'running':
      return view.lastLogLine ?? view.summary
    case 'succeeded':
    case 'stopped':
    case 'superseded':
    case 'cancelled':
    case 'skipped':
    case 'stale':
      return testsText(view) ?? (view.revision ? (view.revision.summary ?? shortId(view.revision.id)) : view.summary)
    case 'notRun':
      return undefined
  }
}

/** 0…1 of a running action: what its provider says, else its time against the median. Never quite 1 by time alone. */
export function progress(view: ActionView, now: number): number | undefined {
  if (view.state !== 'running') return undefined
  if (view.percentComplete !== undefined) return Math.min(1, Math.max(0, view.percentComplete / 100))
  const so = elapsed(view, now)
  if (so === undefined || !view.medianMs) return undefined
  return Math.min(0.96, so / view.medianMs)
}
