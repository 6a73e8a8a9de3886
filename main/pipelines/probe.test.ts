import { describe, expect, it } from 'vitest'
import type { ActionDetail, Definition, ExecutionSummary } from '../../preload/contract/pipelines.ts'
import { parallelState } from './parallelState.ts'
import { probeOf } from './probe.ts'

const situation = {
  attention: 'idle',
  mode: 'SUPERSEDED',
  known: true,
  incomplete: false,
  crowded: false,
  turn: 0,
  sinceExecutions: 0,
} as const

describe('the question about a pipeline', () => {
  it('is everything at first', () => {
    expect(probeOf({ ...situation, known: false })).toBe('both')
  })

  it('is the state for idle ones, and now and then the list too', () => {
    expect([0, 1, 2].map(turn => probeOf({ ...situation, turn }))).toEqual(['state', 'state', 'state'])
    expect(probeOf({ ...situation, sinceExecutions: 900_000 })).toBe('both')
  })

  it('alternates where there are very many, so that both budgets are used', () => {
    const asked = [0, 1, 2].map(turn => probeOf({ ...situation, crowded: true, turn }))
    expect(asked).toEqual(['state', 'executions', 'state'])
  })

  it('is the state for what moves, and the list only now and then', () => {
    expect(probeOf({ ...situation, attention: 'running', sinceExecutions: 14_999 })).toBe('state')
    expect(probeOf({ ...situation, attention: 'running', sinceExecutions: 15_000 })).toBe('both')
    expect(probeOf({ ...situation, attention: 'open', sinceExecutions: 3_000 })).toBe('both')
  })

  it('is what the event told of', () => {
    expect(probeOf({ ...situation, hint: 'state' })).toBe('state')
    expect(probeOf({ ...situation, hint: 'both' })).toBe('both')
    expect(probeOf({ ...situation, hint: 'state', mode: 'PARALLEL' })).toBe('executions')
  })

  it('is the definition alone where nothing else is missing', () => {
    expect(probeOf({ ...situation, incomplete: true })).toBe('definition')
    expect(probeOf({ ...situation, incomplete: true, hint: 'state' })).toBe('state')
  })

  it('is the list for a PARALLEL pipeline, which has no state', () => {
    expect(probeOf({ ...situation, mode: 'PARALLEL', attention: 'open' })).toBe('executions')
  })
})

describe('a PARALLEL pipeline', () => {
  const at = '2026-01-01T00:00:00.000Z'
  const newest: ExecutionSummary = {
    id: 'newest',
    state: 'running',
    status: 'InProgress',
    type: 'STANDARD',
    startedAt: at,
    updatedAt: at,
    revisions: [],
    sample: false,
  }
  const declared = (name: string) => ({
    name,
    category: 'Build',
    owner: 'AWS',
    provider: 'CodeBuild',
    version: '1',
    runOrder: 1,
    configuration: {},
    inputArtifacts: [],
    outputArtifacts: [],
  })
  const definition = {
    version: 2,
    stages: ['Source', 'Prod'].map(name => ({ name, conditions: [], actions: [declared(`${name}Action`)] })),
  } as unknown as Definition
  const detail = (executionId: string, stage: string, state: ActionDetail['state']): ActionDetail => ({
    key: { account: '111122223333', region: 'us-east-1', name: 'shop' },
    stage,
    action: `${stage}Action`,
    actionExecutionId: `${executionId}-${stage}`,
    executionId,
    state,
    startedAt: at,
    updatedAt: at,
    configuration: {},
    resolvedConfiguration: {},
    inputArtifacts: [],
    outputArtifacts: [],
    outputVariables: {},
    sample: false,
  })

  it('shows its newest execution, whatever the others do', () => {
    const state = parallelState(definition, newest, [
      detail('newest', 'Source', 'succeeded'),
      detail('newest', 'Prod', 'waiting'),
      detail('other', 'Prod', 'failed'),
    ])
    expect(state.stages.map(({ latest }) => latest?.status)).toEqual(['Succeeded', 'InProgress'])
    expect(state.stages[1]?.actions[0]).toMatchObject({ waiting: true, status: 'InProgress' })
  })

  it('has stages that never ran where there is no execution', () => {
    const state = parallelState(definition, undefined, [])
    expect(state.stages.map(({ name, latest }) => [name, latest])).toEqual([
      ['Source', undefined],
      ['Prod', undefined],
    ])
  })
})
