import type { State } from '../../../../preload/contract/base.ts'
import type { ActionView } from '../../../../preload/contract/pipelines.ts'
import { actionsOf, type GraphAction, type GraphModel, type GraphStage } from '../../../graph/graphModel.ts'
import type { NodeRef } from '../../../graph/nodeRef.ts'
import type { Span } from './scale.ts'

export interface WaterfallRow {
  ref: NodeRef
  stage: string
  action: string
  state: State
  /** A person decides: drawn dotted, and no work. */
  approval: boolean
  /** It ran, or runs, from and to. */
  bar?: Span
  /** It waited before its stage: for the lock or the gate. */
  waited?: Span
  /** The same action of the execution that it is compared with, moved so that both start together. */
  ghost?: Span
}

export interface Waterfall {
  rows: WaterfallRow[]
  from: number
  to: number
  /** When it should end, by each action's median and 90th percentile. Set while it runs and every time is known. */
  expected?: { p50: number; p90: number; withoutApprovals: boolean }
}

/** The execution to draw: its stages as the graph has them, and when it started. */
export interface Drawn {
  model: GraphModel
  executionId: string
  startedAt: number
}

const going: readonly State[] = ['running', 'waiting']
const done: readonly State[] = ['succeeded', 'skipped']

/** The execution as a waterfall, over the ghost of another one. */
export function waterfall(execution: Drawn, now: number, ghost?: Drawn): Waterfall {
  const shadow = new Map(
    ghost?.model.stages
      .flatMap(stage =>
        actionsOf(stage).map(action => [action, barOf(action, ghost.executionId, ghost.startedAt)] as const),
      )
      .flatMap(([action, bar]) => (bar ? [[keyOf(action), moved(bar, execution.startedAt - ghost.startedAt)]] : [])),
  )
  const rows = execution.model.stages.flatMap((stage, index) => {
    const waited = waitOf(execution, index, now)
    return stage.groups.flatMap((group, g) =>
      group.actions.map((action): WaterfallRow => {
        const bar = barOf(action, execution.executionId, now)
        const ghostBar = shadow.get(keyOf(action))
        return {
          ref: { kind: 'action', stage: stage.name, action: action.view.name },
          stage: stage.name,
          action: action.view.name,
          state: bar || action.view.executionId === execution.executionId ? action.view.state : 'notRun',
          approval: isApproval(action),
          ...(bar && { bar }),
          ...(waited && g === 0 && { waited }),
          ...(ghostBar && { ghost: ghostBar }),
        }
      }),
    )
  })
  const expected = expectedEnd(execution, now)
  const ends = rows.flatMap(({ bar, ghost, waited }) => [bar?.to, ghost?.to, waited?.to])
  const to = Math.max(execution.startedAt + 1000, ...ends.filter(end => end !== undefined), expected?.p90 ?? 0)
  return { rows, from: execution.startedAt, to, ...(expected && { expected }) }
}

/** When work was done, not waited for: what the scale must not cut. */
export const busyOf = ({ rows }: Waterfall): Span[] =>
  rows.flatMap(({ approval, bar, ghost }) => (approval ? [] : [bar, ghost].filter(span => span !== undefined)))

/** Names that actions of several stages have: their rows name the stage too. */
export function ambiguousNames(rows: readonly WaterfallRow[]): ReadonlySet<string> {
  const once = new Set<string>()
  const more = new Set<string>()
  for (const { action } of rows) (once.has(action) ? more : once).add(action)
  return more
}

const keyOf = (action: GraphAction) => `${action.stage}/${action.view.name}`
const isApproval = (action: GraphAction) => action.definition?.category === 'Approval'
const moved = ({ from, to }: Span, by: number): Span => ({ from: from + by, to: to + by })

function barOf({ view }: GraphAction, executionId: string, now: number): Span | undefined {
  if (view.executionId !== executionId || view.startedAt === undefined) return undefined
  const from = Date.parse(view.startedAt)
  if (going.includes(view.state)) return { from, to: Math.max(from, now) }
  return { from, to: from + (view.durationMs ?? 0) }
}

/** Before a stage: from the end of the one before it to its own first action, or until now. */
function waitOf({ model, executionId }: Drawn, index: number, now: number): Span | undefined {
  const before = model.stages[index - 1]
  const stage = model.stages[index]
  if (!before || !stage) return undefined
  const finished = actionsOf(before)
  if (!finished.every(({ view }) => view.executionId === executionId && done.includes(view.state))) return undefined
  const from = Math.max(...finished.map(action => barOf(action, executionId, now)?.to ?? 0))
  const starts = actionsOf(stage).flatMap(action => barOf(action, executionId, now)?.from ?? [])
  const to = starts.length > 0 ? Math.min(...starts) : stage.view.inbound.includes(executionId) ? now : undefined
  return from > 0 && to !== undefined && to - from >= 1000 ? { from, to } : undefined
}

function expectedEnd({ model, executionId }: Drawn, now: number): Waterfall['expected'] {
  const states = model.stages.flatMap(actionsOf).filter(({ view }) => view.executionId === executionId)
  if (!states.some(({ view }) => going.includes(view.state))) return undefined
  if (states.some(({ view }) => view.state === 'failed')) return undefined
  const p50 = endBy(model.stages, executionId, now, view => view.medianMs)
  const p90 = endBy(model.stages, executionId, now, view => view.p90Ms ?? view.medianMs)
  if (p50 === undefined || p90 === undefined) return undefined
  const withoutApprovals = model.stages
    .flatMap(actionsOf)
    .some(
      action => isApproval(action) && !(action.view.executionId === executionId && done.includes(action.view.state)),
    )
  return { p50, p90: Math.max(p50, p90), withoutApprovals }
}

/** Run order by run order: each group ends with its slowest. What a person decides takes no time here. */
function endBy(
  stages: readonly GraphStage[],
  executionId: string,
  now: number,
  time: (view: ActionView) => number | undefined,
): number | undefined {
  let at = now
  for (const group of stages.flatMap(stage => stage.groups)) {
    const ends = group.actions.map(member => {
      const { view } = member
      const own = view.executionId === executionId
      if (isApproval(member) || (own && done.includes(view.state))) return at
      const takes = time(view)
      if (takes === undefined) return undefined
      const started = own && view.state === 'running' && view.startedAt !== undefined ? Date.parse(view.startedAt) : at
      return Math.max(at, started + takes)
    })
    if (ends.includes(undefined)) return undefined
    at = Math.max(at, ...ends.filter(end => end !== undefined))
  }
  return at
}
