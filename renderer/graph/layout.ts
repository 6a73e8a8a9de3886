import { type FoldMemory, foldsGroup } from './fold.ts'
import type { GraphModel, GraphStage } from './graphModel.ts'
import { type ConditionKind, idOf, type NodeRef } from './nodeRef.ts'

/** World pixels. They never depend on a state or on the zoom: nothing jumps; the zoom level decides what a box says. */
export const geometry = {
  action: { width: 150, height: 66 },
  fold: { width: 150, height: 36 },
  condition: { width: 24, height: 24 },
  gate: { width: 36, height: 36 },
  /** Height of a lane's head; what connects the lanes runs through its middle. */
  head: 36,
  pad: 7,
  gap: 7,
} as const

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface Placed {
  id: string
  ref: NodeRef
  box: Box
}

export interface Connection {
  id: string
  from: string
  to: string
  /** The stage whose gate it passes. */
  into: string
}

export interface Layout {
  /** Lanes first, so that what stands in them is painted above. */
  nodes: Placed[]
  connections: Connection[]
  bounds: Box
}

export interface Folding {
  memory: FoldMemory
  /** Stages that a person has unfolded. */
  unfolded: ReadonlySet<string>
}

/**
 * Stages are lanes from left to right, run orders their sub-columns, parallel actions stack. The x of everything
 * follows from the declaration alone; a y changes only where an action comes out of a fold, and then below the others.
 */
export function layout(model: GraphModel, folding: Folding): Layout {
  const lanes: Placed[] = []
  const rest: Placed[] = []
  const connections: Connection[] = []
  let x = 0
  let last: string | undefined
  const connect = (to: string, into: string) => {
    if (last !== undefined) connections.push({ id: `${last}>${to}`, from: last, to, into })
    last = to
  }

  model.stages.forEach((stage, index) => {
    const onLine = (ref: NodeRef, { width, height }: { width: number; height: number }, row = 0) => {
      const y = (geometry.head - height) / 2 + row * (geometry.condition.height + geometry.gap)
      const placed = { id: idOf(ref), ref, box: { x, y, width, height } }
      rest.push(placed)
      return placed.id
    }
    if (index > 0) {
      connect(onLine({ kind: 'gate', stage: stage.name }, geometry.gate), stage.name)
      x += geometry.gate.width
    }
    if (conditionsOf(stage).includes('beforeEntry')) {
      connect(
        onLine({ kind: 'condition', stage: stage.name, condition: 'beforeEntry' }, geometry.condition),
        stage.name,
      )
      x += geometry.condition.width + geometry.gap
    }

    const lane = placeLane(stage, x, folding)
    lanes.push(lane.lane)
    rest.push(...lane.inside)
    connect(lane.lane.id, stage.name)
    x += lane.lane.box.width

    const exits = conditionsOf(stage).filter(kind => kind !== 'beforeEntry')
    if (exits.length === 0) return
    x += geometry.gap
    exits.forEach((condition, row) => {
      const id = onLine({ kind: 'condition', stage: stage.name, condition }, geometry.condition, row)
      if (row === 0) connect(id, stage.name)
    })
    x += geometry.condition.width
  })

  const nodes = [...lanes, ...rest]
  const height = Math.max(0, ...nodes.map(({ box }) => box.y + box.height))
  return { nodes, connections, bounds: { x: 0, y: 0, width: x, height } }
}

const exitOrder: readonly ConditionKind[] = ['beforeEntry', 'onSuccess', 'onFailure']

function conditionsOf(stage: GraphStage): ConditionKind[] {
  const declared = new Set(stage.definition?.conditions.map(condition => condition.kind))
  return exitOrder.filter(kind => declared.has(kind))
}

function placeLane(stage: GraphStage, left: number, { memory, unfolded }: Folding) {
  const { action, fold, gap, pad, head } = geometry
  const inside: Placed[] = []
  const put = (ref: NodeRef, x: number, y: number, size: { width: number; height: number }) =>
    inside.push({ id: idOf(ref), ref, box: { x, y, ...size } })

  let bottom = head + pad
  stage.groups.forEach((group, column) => {
    const x = left + pad + column * (action.width + gap)
    let y = head + pad
    let shown = group.actions.map(({ view }) => view.name)
    if (foldsGroup(stage, group)) {
      put({ kind: 'fold', stage: stage.name, runOrder: group.runOrder }, x, y, fold)
      y += fold.height + gap
      if (!unfolded.has(stage.name)) {
        const members = new Set(shown)
        shown = (memory.get(stage.name)?.out ?? []).filter(name => members.has(name))
      }
    }
    for (const name of shown) {
      put({ kind: 'action', stage: stage.name, action: name }, x, y, action)
      y += action.height + gap
    }
    bottom = Math.max(bottom, y - gap)
  })

  const columns = Math.max(1, stage.groups.length)
  const ref: NodeRef = { kind: 'stage', stage: stage.name }
  const width = 2 * pad + columns * action.width + (columns - 1) * gap
  return { lane: { id: idOf(ref), ref, box: { x: left, y: 0, width, height: bottom + pad } }, inside }
}
