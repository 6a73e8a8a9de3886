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
  /** Between rows of lanes, where the line comes back. */
  rowGap: 56,
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
  /** It leads from the end of a row to the start of the next. */
  wraps: boolean
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
 * Stages are lanes from left to right, run orders their sub-columns, parallel actions stack. Columns follow from the
 * declaration alone; within a lane a y changes only where an action comes out of a fold, and then below the others.
 * A pipeline too wide to be read in one row goes on in the next: those rows give way to what comes out above them.
 */
export function layout(model: GraphModel, folding: Folding): Layout {
  const lanes: Placed[] = []
  const rest: Placed[] = []
  const connections: Connection[] = []
  const rowWidth = widthOfRows(model)
  let x = 0
  let top = 0
  let bottom = 0
  let width = 0
  let last: { id: string; top: number } | undefined
  const connect = (to: string, into: string) => {
    if (last) connections.push({ id: `${last.id}>${to}`, from: last.id, to, into, wraps: last.top !== top })
    last = { id: to, top }
  }
  const onLine = (ref: NodeRef, size: { width: number; height: number }, row = 0) => {
    const y = top + (geometry.head - size.height) / 2 + row * (geometry.condition.height + geometry.gap)
    const placed = { id: idOf(ref), ref, box: { x, y, ...size } }
    rest.push(placed)
    bottom = Math.max(bottom, y + size.height)
    return placed.id
  }

  model.stages.forEach((stage, index) => {
    const { name } = stage
    if (x > 0 && x + widthOf(stage, index) > rowWidth) {
      top = bottom + geometry.rowGap
      x = 0
    }
    if (index > 0) {
      connect(onLine({ kind: 'gate', stage: name }, geometry.gate), name)
      x += geometry.gate.width
    }
    const [entry, exits] = conditionsOf(stage)
    if (entry) {
      connect(onLine({ kind: 'condition', stage: name, condition: entry }, geometry.condition), name)
      x += geometry.condition.width + geometry.gap
    }
    const { lane, inside } = placeLane(stage, x, top, folding)
    lanes.push(lane)
    rest.push(...inside)
    connect(lane.id, name)
    x += lane.box.width
    bottom = Math.max(bottom, lane.box.y + lane.box.height)
    if (exits.length > 0) {
      x += geometry.gap
      exits.forEach((condition, row) => {
        const id = onLine({ kind: 'condition', stage: name, condition }, geometry.condition, row)
        if (row === 0) connect(id, name)
      })
      x += geometry.condition.width
    }
    width = Math.max(width, x)
  })
  return { nodes: [...lanes, ...rest], connections, bounds: { x: 0, y: 0, width, height: bottom } }
}

/** Up to this width a pipeline stays in one row: in a usual window its stages' names can then still be read. */
const oneRow = 3400
/** Wider than high, as windows are. */
const aspect = 2.4

/** Where rows break depends on the declaration alone, like everything across. */
function widthOfRows({ stages }: GraphModel): number {
  const total = stages.reduce((sum, stage, index) => sum + widthOf(stage, index), 0)
  if (total <= oneRow) return total
  const heights = stages.map(stage => geometry.rowGap + laneHeight(stage))
  const usual = heights.reduce((sum, height) => sum + height, 0) / heights.length
  return Math.max(oneRow, Math.sqrt(aspect * usual * total))
}

/** A stage with the gate and the conditions around it. */
function widthOf(stage: GraphStage, index: number): number {
  const [entry, exits] = conditionsOf(stage)
  const condition = geometry.condition.width + geometry.gap
  return (
    (index > 0 ? geometry.gate.width : 0) +
    (entry ? condition : 0) +
    laneWidth(stage) +
    (exits.length > 0 ? condition : 0)
  )
}

function laneWidth({ groups }: GraphStage): number {
  const columns = Math.max(1, groups.length)
  return 2 * geometry.pad + columns * geometry.action.width + (columns - 1) * geometry.gap
}

/** With everything folded that can be. */
function laneHeight(stage: GraphStage): number {
  const rows = stage.groups.map(group => (foldsGroup(stage, group) ? 1 : group.actions.length))
  return geometry.head + 2 * geometry.pad + Math.max(1, ...rows) * (geometry.action.height + geometry.gap)
}

const exitOrder: readonly ConditionKind[] = ['onSuccess', 'onFailure']

/** The condition at the entry, if there is one, and those at the exit, the way out first. */
function conditionsOf(stage: GraphStage): [ConditionKind | undefined, ConditionKind[]] {
  const declared = new Set(stage.definition?.conditions.map(condition => condition.kind))
  return [declared.has('beforeEntry') ? 'beforeEntry' : undefined, exitOrder.filter(kind => declared.has(kind))]
}

function placeLane(stage: GraphStage, left: number, top: number, { memory, unfolded }: Folding) {
  const { action, fold, gap, pad, head } = geometry
  const inside: Placed[] = []
  const put = (ref: NodeRef, x: number, y: number, size: { width: number; height: number }) =>
    inside.push({ id: idOf(ref), ref, box: { x, y, ...size } })

  // Never lower than one action, so that from far a lane of folds has room for its lines too.
  let bottom = top + head + pad + action.height
  stage.groups.forEach((group, column) => {
    const x = left + pad + column * (action.width + gap)
    let y = top + head + pad
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

  const ref: NodeRef = { kind: 'stage', stage: stage.name }
  const box = { x: left, y: top, width: laneWidth(stage), height: bottom + pad - top }
  return { lane: { id: idOf(ref), ref, box }, inside }
}
