import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { share } from './share.ts'

describe('sharing what did not change', () => {
  it('always says the same as the newer value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, next) => {
        expect(share(before, next)).toEqual(next)
      }),
    )
  })

  it('answers with the older value itself where both are equal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(share(value, structuredClone(value))).toBe(value)
      }),
    )
  })

  it('keeps the identity of each action that did not change', () => {
    const before = {
      actions: [
        { name: 'Unit', state: 'running' },
        { name: 'Lint', state: 'running' },
      ],
    }
    const next = {
      actions: [
        { name: 'Unit', state: 'succeeded' },
        { name: 'Lint', state: 'running' },
      ],
    }
    const shared = share(before, next)
    expect(shared.actions[0]).not.toBe(before.actions[0])
    expect(shared.actions[1]).toBe(before.actions[1])
  })

  it('keeps it when a list grows in front', () => {
    const before = { executions: [{ id: 'b' }, { id: 'a' }] }
    const shared = share(before, { executions: [{ id: 'c' }, { id: 'b' }, { id: 'a' }] })
    expect(shared.executions[1]).toBe(before.executions[0])
    expect(shared.executions[2]).toBe(before.executions[1])
  })
})
