import type { Edge, Node } from '@xyflow/react'
import type { State } from '../../preload/contract/base.ts'
import type { ActionDefinition, ActionView, StageView, Transition } from '../../preload/contract/pipelines.ts'
import type { DeclaredCondition, StageSummary } from './describe.ts'
import { foldedCounts } from './fold.ts'
import { actionsOf, findAction, findStage, type GraphModel, type GraphStage } from './graphModel.ts'
import type { Folding, Layout, Placed } from './layout.ts'
import type { NodeRef } from './nodeRef.ts'
import { share } from './share.ts'

export interface LaneData extends StageSummary, Record<string, unknown> {
  startedAt: string | undefined
  durationMs: number | undefined
  retries: number
  /** Run orders: how wide it is. */
  columns: number
}
export interface ActionData extends Record<string, unknown> {
  stage: string
  view: ActionView
  definition: ActionDefinition | undefined
}
export interface GateData extends Record<string, unknown> {
  stage: string
  transition: Transition
  inbound: readonly string[]
}
export interface ConditionData extends Record<string, unknown> {
  stage: string
  declared: DeclaredCondition
  view: StageView['conditions'][number] | undefined
}
export interface FoldData extends Record<string, unknown> {
  stage: string
  runOrder: number
  counts: [State, number][]
  open: boolean
}

/** What every node carries beside its own: whether the Tab key stops here. */
interface Walkable {
  stop: boolean
}
export type LaneNode = Node<LaneData & Walkable, 'lane'>
export type ActionNode = Node<ActionData & Walkable, 'action'>
export type GateNode = Node<GateData & Walkable, 'gate'>
export type ConditionNode = Node<ConditionData & Walkable, 'condition'>
export type FoldNode = Node<FoldData & Walkable, 'fold'>
export type FlowNode = LaneNode | ActionNode | GateNode | ConditionNode | FoldNode

export interface Drawing {
  nodes: FlowNode[]
  edges: Edge[]
}

export interface DrawnWith {
  folding: Folding
  selected: string | undefined
  /** False while the zoom shows lanes only: thousands of actions then cost nothing. */
  withActions: boolean
}

/** The layout as React Flow's nodes and edges. Whatever did not change is the same object as in `before`. */
export function draw(
  layout: Layout,
  model: GraphModel,
  { folding, selected, withActions }: DrawnWith,
  before: Drawing,
): Drawing {
  const known = new Map(before.nodes.map(node => [node.id, node]))
  const shown = layout.nodes.filter(({ ref }) => withActions || (ref.kind !== 'action' && ref.kind !== 'fold'))
  const stop = shown.some(({ id }) => id === selected) ? selected : shown[0]?.id
  const nodes = shown.flatMap(placed => {
    const node = nodeOf(placed, model, folding, placed.id === stop)
    return node ? [share(known.get(placed.id), { ...node, selected: placed.id === selected })] : []
  })
  const edges = layout.connections.map(({ id, from, to, into, wraps }): Edge => {
    const closed = findStage(model, into)?.view.transition.open === false && to.startsWith('gate/')
    return {
      id,
      source: from,
      target: to,
      type: wraps ? 'return' : 'straight',
      className: closed ? 'closed' : '',
      focusable: false,
      selectable: false,
      domAttributes: { 'aria-hidden': true },
    }
  })
  return share(before, { nodes, edges })
}

function nodeOf(placed: Placed, model: GraphModel, folding: Folding, stop: boolean): FlowNode | undefined {
  const { id, ref, box } = placed
  const stage = findStage(model, ref.stage)
  if (!stage) return undefined
  const frame = {
    id,
    position: { x: box.x, y: box.y },
    // Given, so that nothing waits for a measuring pass.
    width: box.width,
    height: box.height,
    focusable: false,
    // The wrapper is no thing of its own to a screen reader: the button inside it is.
    domAttributes: { 'aria-roledescription': undefined },
  }
  switch (ref.kind) {
    case 'stage':
      return { ...frame, type: 'lane', zIndex: 0, data: { ...laneData(stage), stop } }
    case 'action': {
      const action = findAction(model, ref.stage, ref.action)
      if (!action) return undefined
      const { view, definition } = action
      return { ...frame, type: 'action', zIndex: 1, data: { stage: stage.name, view, definition, stop } }
    }
    case 'gate': {
      const { transition, inbound } = stage.view
      return { ...frame, type: 'gate', zIndex: 1, data: { stage: stage.name, transition, inbound, stop } }
    }
    case 'condition': {
      const declared = stage.definition?.conditions.find(({ kind }) => kind === ref.condition)
      if (!declared) return undefined
      const view = stage.view.conditions.find(({ kind }) => kind === ref.condition)
      return { ...frame, type: 'condition', zIndex: 1, data: { stage: stage.name, declared, view, stop } }
    }
    case 'fold':
      return { ...frame, type: 'fold', zIndex: 1, data: { ...foldData(stage, ref, folding), stop } }
  }
}

export function laneData(stage: GraphStage): LaneData {
  const states = actionsOf(stage).map(action => action.view.state)
  const count = (state: State) => states.filter(other => other === state).length
  return {
    name: stage.name,
    state: stage.view.state,
    actions: states.length,
    failed: count('failed'),
    running: count('running'),
    waiting: count('waiting'),
    startedAt: stage.view.startedAt,
    durationMs: stage.view.durationMs,
    retries: stage.view.retries,
    columns: stage.groups.length,
  }
}

function foldData(stage: GraphStage, ref: NodeRef & { kind: 'fold' }, { memory, unfolded }: Folding): FoldData {
  const open = unfolded.has(stage.name)
  const out = new Set(open ? [] : memory.get(stage.name)?.out)
  const members = stage.groups.find(({ runOrder }) => runOrder === ref.runOrder)?.actions ?? []
  const states = members.filter(({ view }) => !out.has(view.name)).map(({ view }) => view.state)
  return { stage: stage.name, runOrder: ref.runOrder, counts: foldedCounts(states), open }
}
