import { describe, expect, it } from 'vitest'
import { definition, minute, pastOf } from '../metrics/past.testing.ts'
import type { PipelinePast } from '../metrics/past.ts'
import { exactly } from './money.ts'
import { spanOfMonth } from './months.ts'
import { pipelineMonth } from './pipelineMonth.ts'

const may = Date.UTC(2026, 4, 12)
const acrossAccounts = (past: PipelinePast): PipelinePast => {
  const made = definition()
  const stages = made.stages.map(stage => ({
    ...stage,
    actions: stage.actions.map(action => ({ ...action, crossAccount: { id: '444455556666', name: 'live' } })),
  }))
  return { ...past, definition: { ...made, stages } }
}
const executed = acrossAccounts(pastOf([{ id: 'a', at: may, attempts: [['Compile', 0, minute]] }]))
const never = acrossAccounts(pastOf([]))
const stored = { bytes: 2 ** 30, objects: 1, complete: true, at: '2026-07-02T00:00:00Z' }

const keyIn = (month: string, past: PipelinePast, mark: Parameters<typeof pipelineMonth>[2]) => {
  const { usage, reasons } = pipelineMonth(past, 'V2', mark, spanOfMonth(month), new Map())
  const told = reasons.some(reason => reason.includes('key of your own'))
  return { high: usage.keys.high, stored: usage.storedGb, told }
}
const nothing = { high: 0, stored: exactly(0), told: false }
const perhaps = { high: 1, stored: exactly(1), told: true }

describe('the key and the storage of a pipeline that crosses accounts', () => {
  it('cost nothing in months before it was made', () => {
    const mark = { createdAt: '2026-05-11T00:00:00Z', stored }
    expect(keyIn('2026-04', executed, mark)).toEqual(nothing)
    expect(keyIn('2026-05', executed, mark)).toEqual(perhaps)
  })

  it('cost nothing before its first execution where nobody told when it was made', () => {
    expect(keyIn('2026-04', executed, { stored })).toEqual(nothing)
    expect(keyIn('2026-05', executed, { stored })).toEqual(perhaps)
    // Later months without an execution: it was still there.
    expect(keyIn('2026-06', executed, { stored })).toEqual(perhaps)
  })

  it('cost nothing before the desk knew of it where it was never executed', () => {
    expect(keyIn('2026-06', never, { stored })).toEqual(nothing)
    expect(keyIn('2026-07', never, { stored })).toEqual(perhaps)
    expect(keyIn('2026-07', never, {})).toEqual(nothing)
  })
})
