import { describe, expect, it } from 'vitest'
import type { FleetProblem } from '../../../preload/contract/pipelines.ts'
import { lineOf, linesOf, perLine, step } from './lines.ts'

const problem: FleetProblem = {
  account: '111122223333',
  region: 'eu-west-1',
  failure: { code: 'AccessDenied', message: 'no', place: {} },
}

describe('the lines of the fleet', () => {
  const arrangement = [
    { id: 'failed', title: 'Failed', ids: ['a', 'b', 'c'] },
    { id: 'running', title: 'Running', ids: ['d'] },
  ]

  it('shows what could not be listed first, then each group under its title', () => {
    expect(linesOf(arrangement, [problem], 'rows', 1).map(({ kind }) => kind)).toEqual([
      'problem',
      'group',
      'rows',
      'rows',
      'rows',
      'group',
      'rows',
    ])
  })

  it('puts as many tiles on a line as fit, never one group’s beside another’s', () => {
    const lines = linesOf(arrangement, [], 'tiles', perLine('tiles', 640))
    expect(lines.flatMap(line => (line.kind === 'rows' ? [line.ids] : []))).toEqual([['a', 'b'], ['c'], ['d']])
    expect(lineOf(lines, 'c')).toBe(2)
    expect(perLine('rows', 2000)).toBe(1)
    expect(perLine('tiles', 10)).toBe(1)
  })

  it('has no line for an empty fleet', () => {
    expect(linesOf([{ id: 'all', title: '', ids: [] }], [], 'rows', 1)).toEqual([])
  })
})

describe('moving by keys', () => {
  const order = ['a', 'b', 'c']
  it('stays within the list', () => {
    expect(step(order, 'a', 1)).toBe('b')
    expect(step(order, 'c', 1)).toBe('c')
    expect(step(order, 'b', -9)).toBe('a')
  })
  it('begins at an end when it was nowhere, or where it was is gone', () => {
    expect(step(order, undefined, 1)).toBe('a')
    expect(step(order, 'gone', -1)).toBe('c')
    expect(step([], undefined, 1)).toBeUndefined()
  })
})
