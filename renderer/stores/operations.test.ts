import { describe, expect, it } from 'vitest'
import type { OperationRecord, Outcome } from '../../preload/contract/operations.ts'
import { inFlight, outcomeText, takeRecord, useOperations } from './operations.ts'

const at = '2026-11-22T14:02:07.000Z'
const record = (id: string, outcome: Outcome): OperationRecord => ({
  id,
  at,
  as: 'arn:aws:iam::777788889999:user/ana',
  request: {
    kind: 'retry',
    key: { account: '777788889999', region: 'us-east-1', name: 'payments' },
    stage: 'Test',
    executionId: '4b77e01a-0000-4000-8000-000000000001',
    mode: 'FAILED_ACTIONS',
  },
  outcome,
})

describe('writes', () => {
  it('are in flight until AWS has answered', () => {
    takeRecord(record('1', { state: 'requested' }))
    takeRecord(record('2', { state: 'requested' }))
    takeRecord(record('1', { state: 'confirmed', at }))
    expect(inFlight(useOperations.getState())).toBe(1)
  })

  it('are told with what was asked and, when refused, with AWS’s sentence and the next step', () => {
    expect(outcomeText(record('1', { state: 'requested' }))).toBe('Retry failed actions of payments Test: requested…')
    const failure = { code: 'StageNotRetryableException', message: 'The stage has moved on.', place: {}, next: 'Look.' }
    expect(outcomeText(record('1', { state: 'refused', at, failure }))).toBe(
      'Retry failed actions of payments Test: refused. The stage has moved on. Look.',
    )
  })
})
