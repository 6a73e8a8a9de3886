import { describe, expect, it } from 'vitest'
import type { ActionPlan, PipelinePlan } from '../execution/model.ts'
import { imaginedPast } from './imagined.ts'

const action = (name: string, category: ActionPlan['type']['category'], provider: string): ActionPlan => ({
  name,
  type: { category, owner: 'AWS', provider, version: '1' },
  runOrder: 1,
  configuration: { Text: '#{Source.CommitId}' },
  inputArtifacts: [],
  outputArtifacts: [],
})
const plan: PipelinePlan = {
  name: 'shop',
  version: 3,
  mode: 'SUPERSEDED',
  roleArn: 'arn:aws:iam::111122223333:role/x',
  stages: [
    { name: 'Source', actions: [action('App', 'Source', 'CodeCommit')] },
    { name: 'Test', actions: [action('Unit', 'Test', 'CodeBuild'), action('Links', 'Test', 'CodeBuild')] },
    { name: 'Release', actions: [action('Approve', 'Approval', 'Manual')] },
  ],
  variables: [],
}
const until = Date.UTC(2026, 10, 20)
const steps = [...imaginedPast(plan, 45, until)]
const executions = new Map(
  steps.flatMap(({ changed }) => changed.executions.map(execution => [execution.id, execution])),
)

describe('an imagined past', () => {
  it('is the same each time', () => {
    expect(JSON.stringify([...imaginedPast(plan, 45, until)])).toBe(JSON.stringify(steps))
  })

  it('leaves nothing underway and nothing in the future', () => {
    expect(executions.size).toBeGreaterThan(30)
    for (const { status, updatedAt } of executions.values()) {
      expect(['Succeeded', 'Failed', 'Superseded']).toContain(status)
      expect(updatedAt).toBeLessThan(until)
    }
  })

  it('has good and bad days', () => {
    const failed = [...executions.values()].filter(({ status }) => status === 'Failed').length
    expect(failed / executions.size).toBeGreaterThan(0.02)
    expect(failed / executions.size).toBeLessThan(0.4)
  })
})
