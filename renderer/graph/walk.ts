import type { Box, Layout, Placed } from './layout.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

const middle = (box: Box) => box.y + box.height / 2
const inLane = (node: Placed) => node.ref.kind === 'action' || node.ref.kind === 'fold'

/** Lanes, gates and conditions that the connecting line passes, in its order. */
function chain({ nodes, connections }: Layout): string[] {
  const [first] = connections
  return first ? [first.from, ...connections.map(({ to }) => to)] : nodes.slice(0, 1).map(({ id }) => id)
}

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
    const ids = chain(layout)
    // An exit condition below the line stands in the column of the one on it.
    const onLine = layout.nodes.find(
      ({ id, ref, box }) => ids.includes(id) && ref.stage === here.ref.stage && box.x === here.box.x,
    )
    const at = ids.indexOf(onLine?.id ?? here.id)
    return at < 0 ? undefined : layout.nodes.find(({ id }) => id === ids[at + step])
  }
  const columns = columnsOf(layout)
  const at = columns.findIndex(column => column.includes(here))
  const lane = laneOf(layout, here)
  const beyond = columns[at + step] ?? []
  const laneBeyond = beyond[0] && laneOf(layout, beyond[0])
  // Lanes may stand in different rows: what counts is the height within them.
  const shift = (laneBeyond?.box.y ?? 0) - (lane?.box.y ?? 0)
  return nearest(beyond, middle(here.box) + shift)
}

/** The columns of all lanes in flow order. */
function columnsOf({ nodes }: Layout): Placed[][] {
  const groups = Map.groupBy(nodes.filter(inLane), ({ ref, box }) => `${ref.stage}/${box.x}`)
  return [...groups.values()]
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
