import { describe, expect, it } from 'vitest'
import type { StageView } from '../../../preload/contract/pipelines.ts'
import { type GraphModel, graphModel } from '../../graph/graphModel.ts'
import { invented, inventedDefinition, inventedViews } from '../../graph/invented.testing.ts'
import { approvalToDecide, conditionToOverride, gateToTurn, likelyRollback, stageToRetry } from './facts.ts'

const stages = [
  { name: 'Source', actions: [{ name: 'App', runOrder: 1, state: 'succeeded' as const }] },
  { name: 'Test', executionId: 'one', actions: [{ name: 'Unit', runOrder: 1, state: 'failed' as const }] },
  { name: 'Production', actions: [{ name: 'Approve', runOrder: 1, state: 'waiting' as const }] },
]
const model = invented(stages)

function withApprovals(): GraphModel {
  const approval = { since: '2026-11-22T10:00:00Z', expiresAt: '2026-11-29T10:00:00Z' }
  const views = inventedViews(stages).map(
    (stage): StageView => ({ ...stage, actions: stage.actions.map(action => ({ ...action, approval })) }),
  )
  return graphModel({ definition: inventedDefinition(stages), stages: views })
}

describe('what the keys of the pipeline screen are about', () => {
  it('A and X: an approval that waits for a person, and nothing else that waits', () => {
    expect(approvalToDecide(model, undefined)).toMatchObject({ ok: false })
    expect(approvalToDecide(withApprovals(), undefined)).toMatchObject({ ok: true, target: { stage: 'Production' } })
  })

  it('R: the stage with a failed action, selected or not', () => {
    expect(stageToRetry(model, { kind: 'stage', stage: 'Source' })).toMatchObject({
      ok: true,
      target: { name: 'Test' },
    })
    expect(stageToRetry(invented([{ name: 'Source', actions: [] }]), undefined)).toMatchObject({ ok: false })
  })

  it('T: the gate before the selected stage, and why there is none before the first', () => {
    expect(gateToTurn(model, { kind: 'action', stage: 'Test', action: 'Unit' })).toMatchObject({ ok: true })
    expect(gateToTurn(model, { kind: 'stage', stage: 'Source' })).toEqual({
      ok: false,
      why: 'The first stage has no transition before it',
    })
    expect(gateToTurn(model, undefined)).toMatchObject({ ok: false })
  })

  it('O: the condition that failed, unless it skips its stage', () => {
    const failing = (result: string) => {
      const [first, test, ...rest] = model.stages
      if (!first || !test) throw new Error('no stages')
      const view = { ...test.view, conditions: [{ kind: 'onSuccess' as const, status: 'Failed' }] }
      const declared = { kind: 'onSuccess' as const, result, rules: [] }
      const definition = { name: 'Test', actions: [], conditions: [declared] }
      return { stages: [first, { ...test, view, definition }, ...rest] }
    }
    expect(conditionToOverride(model, undefined)).toMatchObject({ ok: false })
    expect(conditionToOverride(failing('FAIL'), undefined)).toEqual({
      ok: true,
      target: { stage: 'Test', condition: 'onSuccess', executionId: 'one' },
    })
    expect(conditionToOverride(failing('SKIP'), undefined)).toMatchObject({ ok: false })
  })

  it('B: the selected stage, else the one that failed', () => {
    const names = ['Test', 'Production']
    expect(likelyRollback(model, names, { kind: 'gate', stage: 'Production' })).toBe('Production')
    expect(likelyRollback(model, names, { kind: 'stage', stage: 'Source' })).toBe('Test')
  })
})
