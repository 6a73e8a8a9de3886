import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Attempt, partition } from './partition.ts'
import { minute } from './past.testing.ts'

const attempt = (
  action: string,
  kind: Attempt['kind'],
  from: number,
  to: number,
  state: Attempt['state'] = 'succeeded',
) => ({
  stage: action,
  action,
  kind,
  state,
  startedAt: from * minute,
  updatedAt: to * minute,
})
const told = (attempts: Attempt[], to: number) =>
  partition(attempts, 0, to * minute).map(({ kind, stage, ms }) => [kind, stage, ms / minute])

describe('where an execution’s time goes', () => {
  it('tells work from waiting, and waiting after a failure from waiting before a stage', () => {
    expect(
      told(
        [
          attempt('Git', 'source', 0, 1),
          attempt('Compile', 'build', 1, 4, 'failed'),
          attempt('Compile', 'build', 14, 18),
          attempt('Approve', 'approval', 20, 50),
          attempt('Deploy', 'deploy', 50, 55),
        ],
        60,
      ),
    ).toEqual([
      ['source', 'Git', 1],
      ['build', 'Compile', 7],
      ['retry', 'Compile', 10],
      ['queue', 'Approve', 2],
      ['approval', 'Approve', 30],
      ['deploy', 'Deploy', 5],
      ['queue', 'Deploy', 5],
    ])
  })

  it('counts what ends last of actions side by side, and an approval only where nothing else works', () => {
    expect(
      told([attempt('Unit', 'test', 0, 10), attempt('Load', 'test', 2, 6), attempt('Look', 'approval', 0, 30)], 30),
    ).toEqual([
      ['test', 'Unit', 10],
      ['approval', 'Look', 20],
    ])
  })

  it('counts what is underway until now', () => {
    expect(told([attempt('Approve', 'approval', 5, 5, 'waiting')], 20)).toEqual([
      ['queue', 'Approve', 5],
      ['approval', 'Approve', 15],
    ])
  })

  it('counts each millisecond once, whatever overlaps', () => {
    const time = fc.integer({ min: -50, max: 1_000 })
    const any = fc.record({
      stage: fc.constantFrom('A', 'B'),
      action: fc.constantFrom('x', 'y', 'z'),
      kind: fc.constantFrom<Attempt['kind']>('build', 'test', 'approval', 'deploy'),
      state: fc.constantFrom<Attempt['state']>('succeeded', 'failed', 'running'),
      startedAt: time,
      updatedAt: time,
    })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), attempts => {
        const ordered = attempts.map(each => ({ ...each, updatedAt: Math.max(each.startedAt, each.updatedAt) }))
        const total = partition(ordered, 0, 800).reduce((sum, { ms }) => sum + ms, 0)
        expect(total).toBe(800)
      }),
    )
  })
})
