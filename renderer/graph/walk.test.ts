import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nothingFolded } from './fold.ts'
import { anyStages, invented } from './invented.testing.ts'
import { layout } from './layout.ts'
import { type Direction, startOf, walk } from './walk.ts'

const action = (name: string, runOrder = 1) => ({ name, runOrder, state: 'succeeded' as const })
const drawing = layout(
  invented([
    { name: 'Source', actions: [action('App')] },
    { name: 'Test', actions: [action('Unit'), action('Integration'), action('Report', 2)], conditions: ['onSuccess'] },
    { name: 'Production', actions: [action('Approve')] },
  ]),
  { memory: nothingFolded, unfolded: new Set() },
)
const go = (from: string, ...way: Direction[]) =>
  way.reduce<string | undefined>((at, to) => (at ? walk(drawing, at, to) : undefined), from)

describe('walking the graph with the arrows', () => {
  it('goes along the line: lane, gate, lane, condition, gate, lane', () => {
    expect(go('stage/Source', 'right')).toBe('gate/Test')
    expect(go('stage/Source', 'right', 'right')).toBe('stage/Test')
    expect(go('stage/Test', 'right', 'right', 'right')).toBe('stage/Production')
    expect(go('stage/Test', 'right')).toBe('condition/Test/onSuccess')
    expect(go('stage/Test', 'left')).toBe('gate/Test')
  })

  it('goes down into a lane, along its column, and up out of it', () => {
    expect(go('stage/Test', 'down')).toBe('action/Test/Unit')
    expect(go('stage/Test', 'down', 'down')).toBe('action/Test/Integration')
    expect(go('action/Test/Integration', 'up', 'up')).toBe('stage/Test')
  })

  it('crosses from column to column and from lane to lane, to what is nearest', () => {
    expect(go('action/Source/App', 'right')).toBe('action/Test/Unit')
    expect(go('action/Test/Integration', 'right')).toBe('action/Test/Report')
    expect(go('action/Test/Report', 'right')).toBe('action/Production/Approve')
    expect(go('action/Test/Report', 'left')).toBe('action/Test/Unit')
  })

  it('stays where the pipeline ends', () => {
    expect(go('action/Production/Approve', 'right')).toBeUndefined()
    expect(go('action/Test/Integration', 'down')).toBeUndefined()
    expect(go('stage/Source', 'left')).toBeUndefined()
  })

  it('keeps to the lanes while the zoom shows no actions', () => {
    expect(walk(drawing, 'stage/Test', 'down', false)).toBeUndefined()
    expect(walk(drawing, 'action/Test/Unit', 'right', false)).toBe('stage/Test')
  })

  it('reaches every node of any pipeline from the first lane', () => {
    fc.assert(
      fc.property(anyStages, stages => {
        const any = layout(invented(stages), { memory: nothingFolded, unfolded: new Set() })
        const seen = new Set([startOf(any)!])
        for (const at of seen) {
          for (const to of ['left', 'right', 'up', 'down'] as const) {
            const next = walk(any, at, to)
            if (next) seen.add(next)
          }
        }
        expect(seen.size).toBe(any.nodes.length)
      }),
    )
  })
})
