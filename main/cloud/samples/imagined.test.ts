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

describe('a past with a tale', () => {
  const before: PipelinePlan = { ...plan, version: 2 }
  const told = [
    ...imaginedPast(plan, 45, until, {
      slower: { action: 'Unit', factor: 3, days: 13, before },
      flaky: { action: 'Links', fails: 0.2 },
    }),
  ]
  const ended = [
    ...new Map(told.flatMap(({ changed }) => changed.actions.map(attempt => [attempt.id, attempt]))).values(),
  ].filter(({ status }) => status === 'Succeeded' || status === 'Failed')
  const whole = new Map(told.flatMap(({ changed }) => changed.executions.map(each => [each.id, each])))

  it('executes the definition before, and the slower one since', () => {
    const since = until - 13 * 86_400_000
    for (const { version, startedAt } of whole.values()) expect(version).toBe(startedAt < since ? 2 : 3)
    const median = (version: number) => {
      const times = ended
        .filter(({ action: name, executionId }) => name === 'Unit' && whole.get(executionId)?.version === version)
        .map(({ startedAt, updatedAt }) => updatedAt - startedAt)
        .sort((a, b) => a - b)
      return times[Math.floor(times.length / 2)] ?? 0
    }
    expect(median(3) / median(2)).toBeGreaterThan(2)
  })

  it('has failures that a retry of the same revision mended', () => {
    const retried = [...whole.values()].filter(({ attempt }) => attempt > 1)
    expect(retried.length).toBeGreaterThan(4)
    for (const { id, revisions } of retried) {
      expect(revisions).toHaveLength(1)
      const links = ended.filter(({ executionId, action: name }) => executionId === id && name === 'Links')
      expect(links.map(({ status }) => status)).toEqual(['Failed', 'Succeeded'])
    }
  })
})
