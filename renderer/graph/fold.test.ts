import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { State } from '../../preload/contract/base.ts'
import { foldAbove, foldedCounts, nothingFolded, remember } from './fold.ts'
import { anyStages, type InventedStage, invented } from './invented.testing.ts'

const stage = (states: readonly State[], executionId = 'one') =>
  invented([{ name: 'Test', executionId, actions: states.map((state, i) => ({ name: `A${i}`, runOrder: 1, state })) }])
const calm: State[] = Array.from({ length: foldAbove + 3 }, () => 'succeeded')
const out = (memory: ReturnType<typeof remember>) => memory.get('Test')?.out

describe('folding', () => {
  it('keeps whatever failed, runs or waits out of the fold', () => {
    fc.assert(
      fc.property(anyStages, stages => {
        const model = invented(stages)
        const memory = remember(model, nothingFolded)
        const loud = (stage: InventedStage) =>
          stage.actions.filter(({ state }) => ['failed', 'running', 'waiting'].includes(state)).map(({ name }) => name)
        const large = stages.filter(({ actions }) => actions.length > foldAbove)
        expect([...memory].map(([name, { out }]) => [name, out])).toEqual(large.map(stage => [stage.name, loud(stage)]))
      }),
    )
  })

  it('leaves an action where it came out when it succeeds, and puts the next one after it', () => {
    const first = remember(stage(calm.with(5, 'running')), nothingFolded)
    const second = remember(stage(calm.with(2, 'failed')), first)
    expect(out(first)).toEqual(['A5'])
    expect(out(second)).toEqual(['A5', 'A2'])
  })

  it('folds everything calm again when another execution enters the stage', () => {
    const first = remember(stage(calm.with(5, 'failed')), nothingFolded)
    expect(out(remember(stage(calm, 'two'), first))).toEqual([])
  })

  it('answers with the same memory where nothing changed', () => {
    const first = remember(stage(calm.with(5, 'running')), nothingFolded)
    expect(remember(stage(calm.with(5, 'running')), first)).toBe(first)
  })

  it('counts what it hides, the heaviest first', () => {
    expect(foldedCounts(['succeeded', 'notRun', 'succeeded', 'failed'])).toEqual([
      ['failed', 1],
      ['succeeded', 2],
      ['notRun', 1],
    ])
  })
})
