import { type Box, geometry, type Layout, type Placed } from './layout.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

const line = geometry.head / 2
const middle = (box: Box) => box.y + box.height / 2
const inLane = (node: Placed) => node.ref.kind === 'action' || node.ref.kind === 'fold'
/** Lanes, gates and conditions that the connecting line passes, left to right. */
const chain = (layout: Layout) =>
  layout.nodes
    .filter(node => node.ref.kind === 'stage' || (!inLane(node) && middle(node.box) === line))
    .sort((a, b) => a.box.x - b.box.x)

/**
 * Where an arrow key leads from a node. Along the line: lane, condition, gate, lane. Inside: up and down the column, up
 * out of it to the lane, left and right to the nearest of the next column, into the next lane too. Nothing where the
 * pipeline ends. `withActions` is false while the zoom shows lanes only.
 */
export function walk(layout: Layout, from: string, to: Direction, withActions = true): string | undefined {
  const here = layout.nodes.find(node => node.id === from)
  if (!here) return undefined
  if (!withActions && inLane(here)) return laneOf(layout, here)?.id
  return (to === 'left' || to === 'right' ? across(layout, here, to) : along(layout, here, to, withActions))?.id
}

/** The first lane: where walking starts. */
export const startOf = (layout: Layout): string | undefined => layout.nodes[0]?.id

function across(layout: Layout, here: Placed, to: 'left' | 'right'): Placed | undefined {
  const step = to === 'right' ? 1 : -1
  if (!inLane(here)) {
    const nodes = chain(layout)
    const at = nodes.findIndex(node => node.id === here.id)
    // An exit condition below the line stands in the column of the one on it.
    const from = at >= 0 ? at : nodes.findIndex(node => node.box.x === here.box.x)
    return from < 0 ? undefined : nodes[from + step]
  }
  const beyond = layout.nodes.filter(node => inLane(node) && (node.box.x - here.box.x) * step > 0)
  const column = Math.min(...beyond.map(node => Math.abs(node.box.x - here.box.x)))
  return nearest(
    beyond.filter(node => Math.abs(node.box.x - here.box.x) === column),
    middle(here.box),
  )
}

function along(layout: Layout, here: Placed, to: 'up' | 'down', withActions: boolean): Placed | undefined {
  const step = to === 'down' ? 1 : -1
  if (here.ref.kind === 'stage') {
    if (to === 'up' || !withActions) return undefined
    return layout.nodes.find(node => inLane(node) && node.ref.stage === here.ref.stage)
  }
  const column = layout.nodes.filter(
    node => node.ref.kind !== 'stage' && node.ref.stage === here.ref.stage && node.box.x === here.box.x,
  )
  const next = nearest(
    column.filter(node => (node.box.y - here.box.y) * step > 0),
    middle(here.box),
  )
  return next ?? (to === 'up' && inLane(here) ? laneOf(layout, here) : undefined)
}

const laneOf = (layout: Layout, node: Placed) =>
  layout.nodes.find(({ ref }) => ref.kind === 'stage' && ref.stage === node.ref.stage)

function nearest(nodes: readonly Placed[], y: number): Placed | undefined {
  let best: Placed | undefined
  for (const node of nodes) {
    if (!best || Math.abs(middle(node.box) - y) < Math.abs(middle(best.box) - y)) best = node
  }
  return best
}
