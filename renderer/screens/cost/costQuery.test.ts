import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costQuery, costTabs, monthOf, monthsFrom, parseCost } from './costQuery.ts'

const november = Date.UTC(2026, 10, 23)
const view = fc.record(
  {
    month: fc.constantFrom('2026-11', '2025-01', '2024-12'),
    sampleData: fc.boolean(),
    tab: fc.constantFrom(...costTabs),
    pipeline: fc.record({
      account: fc.stringMatching(/^\d{12}$/),
      region: fc.constant('eu-west-1'),
      name: fc.stringMatching(/^[A-Za-z0-9.@\-_]{1,100}$/),
    }),
  },
  { requiredKeys: ['month', 'tab'] },
)

describe('the address of a cost', () => {
  it('is read back as what it was made of', () => {
    fc.assert(
      fc.property(view, asked => {
        expect(parseCost(costQuery(asked), november)).toEqual(asked)
      }),
    )
  })

  it('is this month of all pipelines when it says nothing, or nonsense', () => {
    const plain = { month: '2026-11', tab: 'pipelines' }
    expect(parseCost('', november)).toEqual(plain)
    expect(parseCost('month=2026-13&tab=all&pipeline=../x', november)).toEqual(plain)
  })

  it('counts months over the turn of the year', () => {
    expect(monthOf(november)).toBe('2026-11')
    expect(monthsFrom('2026-01', -1)).toBe('2025-12')
    expect(monthsFrom('2026-11', 2)).toBe('2027-01')
  })
})
