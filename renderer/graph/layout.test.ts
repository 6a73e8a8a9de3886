import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nothingFolded, remember } from './fold.ts'
import { anyStages, type InventedStage, inOtherStates, invented } from './invented.testing.ts'
import { type Box, type Layout, layout, type Placed } from './layout.ts'

const drawn = (stages: readonly InventedStage[], unfolded: readonly string[] = []) => {
  const model = invented(stages)
  return layout(model, { memory: remember(model, nothingFolded), unfolded: new Set(unfolded) })
}
const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
const within = (inner: Box, outer: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height
const insideLane = ({ ref }: Placed) => ref.kind === 'action' || ref.kind === 'fold'
const laneOf = (drawing: Layout, node: Placed) =>
  drawing.nodes.find(({ ref }) => ref.kind === 'stage' && ref.stage === node.ref.stage)!

describe('the layout of a stage graph', () => {
  it('lets nothing overlap, whatever the pipeline', () => {
    fc.assert(
      fc.property(anyStages, fc.boolean(), (stages, open) => {
        const drawing = drawn(stages, open ? stages.map(stage => stage.name) : [])
        const solid = drawing.nodes.filter(insideLane)
        const standing = drawing.nodes.filter(node => !insideLane(node))
        for (const group of [solid, standing]) {
          for (const [i, a] of group.entries()) {
            for (const b of group.slice(i + 1)) expect(overlap(a.box, b.box), `${a.id} and ${b.id}`).toBe(false)
          }
        }
      }),
    )
  })

  it('keeps every action in its stage’s lane and everything within the bounds', () => {
    fc.assert(
      fc.property(anyStages, stages => {
        const drawing = drawn(stages)
        for (const node of drawing.nodes) {
          expect(within(node.box, drawing.bounds)).toBe(true)
        }
        for (const node of drawing.nodes.filter(insideLane)) {
          expect(within(node.box, laneOf(drawing, node).box)).toBe(true)
        }
      }),
    )
  })

  it('moves nothing within its row while states change', () => {
    fc.assert(
      fc.property(
        anyStages.chain(stages => fc.tuple(fc.constant(stages), inOtherStates(stages))),
        ([before, after]) => {
          const first = invented(before)
          const memory = remember(first, nothingFolded)
          const second = invented(after)
          const old = layout(first, { memory, unfolded: new Set() })
          const now = layout(second, { memory: remember(second, memory), unfolded: new Set() })
          const later = new Map(now.nodes.map(node => [node.id, node]))
          for (const node of old.nodes) {
            const after = later.get(node.id)
            expect(after, `${node.id} is still there`).toBeDefined()
            expect(after?.box).toMatchObject({ x: node.box.x, width: node.box.width })
          }
          for (const node of old.nodes.filter(insideLane)) {
            const after = later.get(node.id)!
            expect(after.box.y - laneOf(now, after).box.y).toBe(node.box.y - laneOf(old, node).box.y)
          }
        },
      ),
    )
  })

  it('puts a later run order to the right, and equal ones below one another', () => {
    const drawing = drawn([
      {
        name: 'Test',
        actions: [
          { name: 'Unit', runOrder: 1, state: 'succeeded' },
          { name: 'Report', runOrder: 2, state: 'notRun' },
          { name: 'Integration', runOrder: 1, state: 'failed' },
        ],
      },
    ])
    const at = (name: string) => drawing.nodes.find(({ id }) => id === `action/Test/${name}`)!.box
    expect(at('Report').x).toBeGreaterThan(at('Unit').x)
    expect(at('Report').y).toBe(at('Unit').y)
    expect(at('Integration').x).toBe(at('Unit').x)
    expect(at('Integration').y).toBeGreaterThan(at('Unit').y)
  })

  it('leads from lane to lane through the conditions and the gate, in the order in which an execution meets them', () => {
    const action = { name: 'A', runOrder: 1, state: 'succeeded' as const }
    const drawing = drawn([
      { name: 'Build', actions: [action], conditions: ['onSuccess', 'onFailure'] },
      { name: 'Production', actions: [action], conditions: ['beforeEntry'] },
    ])
    expect(drawing.connections.map(({ from, to }) => [from, to])).toEqual([
      ['stage/Build', 'condition/Build/onSuccess'],
      ['condition/Build/onSuccess', 'gate/Production'],
      ['gate/Production', 'condition/Production/beforeEntry'],
      ['condition/Production/beforeEntry', 'stage/Production'],
    ])
  })

  it('has no gate before the first stage', () => {
    const drawing = drawn([{ name: 'Source', actions: [{ name: 'App', runOrder: 1, state: 'running' }] }])
    expect(drawing.nodes.map(({ id }) => id)).toEqual(['stage/Source', 'action/Source/App'])
  })

  it('goes on in another row where one would be too wide to read, and comes back on the line', () => {
    const stages = Array.from({ length: 40 }, (_, s) => ({
      name: `Stage${s}`,
      actions: [{ name: 'A', runOrder: 1, state: 'succeeded' as const }],
    }))
    const drawing = drawn(stages)
    expect(drawing.bounds.width).toBeLessThan(4000)
    expect(drawing.connections.filter(({ wraps }) => wraps).length).toBe(
      new Set(drawing.nodes.filter(({ ref }) => ref.kind === 'stage').map(({ box }) => box.y)).size - 1,
    )
    expect(drawn(stages.slice(0, 6)).connections.filter(({ wraps }) => wraps)).toEqual([])
  })

  it('takes AWS’s largest pipeline, 50 stages of 100 actions, unfolded', () => {
    const stages = Array.from({ length: 50 }, (_, s) => ({
      name: `Stage${s}`,
      actions: Array.from({ length: 100 }, (_, a) => ({
        name: `A${a}`,
        runOrder: 1 + (a % 5),
        state: 'failed' as const,
      })),
    }))
    const drawing = drawn(
      stages,
      stages.map(({ name }) => name),
    )
    expect(drawing.nodes.filter(({ ref }) => ref.kind === 'action')).toHaveLength(5000)
  })
})
