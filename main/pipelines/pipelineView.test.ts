import { describe, expect, it } from 'vitest'
import type { ActionDetail, Definition, ExecutionSummary, PipelineRow } from '../../preload/contract/pipelines.ts'
import type { LiveAction, LiveStage } from '../aws/liveState.ts'
import { pipelineView, type ViewInput } from './pipelineView.ts'

const key = { account: '111122223333', region: 'us-east-1', name: 'shop' }
const older = '00000000-0000-4000-8000-000000000001'
const newer = '00000000-0000-4000-8000-000000000002'
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()

const definition: Definition = {
  version: 1,
  type: 'V2',
  mode: 'SUPERSEDED',
  roleArn: 'arn:aws:iam::111122223333:role/Pipeline',
  artifactBuckets: [],
  variables: [],
  stages: ['Source', 'Build', 'Prod'].map(name => ({
    name,
    conditions: [],
    actions: (name === 'Prod' ? ['Approve', 'Deploy'] : [`${name}Action`]).map((action, index) => ({
      name: action,
      category: action === 'Approve' ? 'Approval' : 'Build',
      owner: 'AWS',
      provider: action === 'Approve' ? 'Manual' : 'CodeBuild',
      version: '1',
      runOrder: index + 1,
      configuration: action === 'Approve' ? { CustomData: 'look' } : {},
      inputArtifacts: [],
      outputArtifacts: [],
      ...(name === 'Source' && { namespace: 'Source' }),
      ...(action === 'Approve' && { timeoutInMinutes: 60 }),
      ...(action === 'Deploy' && { crossAccount: { id: '777788889999', name: '777788889999' } }),
    })),
  })),
}

let ids = 0
const detail = (
  executionId: string,
  stage: string,
  action: string,
  rest: Partial<ActionDetail> = {},
): ActionDetail => ({
  key,
  stage,
  action,
  actionExecutionId: `action-${++ids}`,
  executionId,
  state: 'succeeded',
  startedAt: at(ids),
  updatedAt: at(ids + 1),
  configuration: {},
  resolvedConfiguration: {},
  inputArtifacts: [],
  outputArtifacts: [],
  outputVariables: {},
  sample: false,
  ...rest,
})
const execution = (id: string, rest: Partial<ExecutionSummary> = {}): ExecutionSummary => ({
  id,
  state: 'running',
  status: 'InProgress',
  type: 'STANDARD',
  startedAt: at(0),
  updatedAt: at(1),
  revisions: [],
  sample: false,
  ...rest,
})
const liveAction = (of: ActionDetail, rest: Partial<LiveAction> = {}): LiveAction => ({
  name: of.action,
  actionExecutionId: of.actionExecutionId,
  status: of.state === 'succeeded' ? 'Succeeded' : of.state === 'failed' ? 'Failed' : 'InProgress',
  changedAt: of.updatedAt,
  waiting: false,
  ...rest,
})
const liveStage = (
  name: string,
  latest: LiveStage['latest'],
  actions: LiveAction[],
  rest: Partial<LiveStage> = {},
): LiveStage => ({
  name,
  inbound: [],
  transition: { open: true },
  conditions: [],
  retries: 0,
  actions,
  ...(latest && { latest }),
  ...rest,
})
const inside = (executionId: string, status: string) => ({ executionId, status, type: 'STANDARD' as const })

const view = (input: Partial<ViewInput>) =>
  pipelineView({
    of: 'now',
    row: { key } as PipelineRow,
    definition,
    live: undefined,
    executions: [],
    actions: [],
    complete: new Set([older, newer]),
    usually: () => ({}),
    lastLogLine: () => undefined,
    variables: [],
    accountName: id => (id === '777788889999' ? 'production' : undefined),
    asOf: at(100),
    ...input,
  })

describe('the view as of now', () => {
  it('shows a waiting approval as waiting, with what it asks and when it runs out', () => {
    const approve = detail(newer, 'Prod', 'Approve', {
      state: 'waiting',
      startedAt: at(10),
      resolvedConfiguration: { CustomData: 'look at 1.2' },
    })
    const prod = liveStage('Prod', inside(newer, 'InProgress'), [
      liveAction(approve, { waiting: true, token: 'secret-token' }),
    ])
    const made = view({ live: { version: 1, stages: [prod] }, actions: [approve], executions: [execution(newer)] })
    const [action] = made.stages[2]!.actions
    expect(made.stages[2]!.state).toBe('waiting')
    expect(action).toMatchObject({
      state: 'waiting',
      approval: { since: at(10), expiresAt: at(70), customData: 'look at 1.2' },
    })
    expect(JSON.stringify(made)).not.toContain('secret-token')
  })

  it('shows an action of an older execution as not run in the one that sits in the stage', () => {
    const approve = detail(newer, 'Prod', 'Approve', { state: 'running' })
    const deployedBefore = detail(older, 'Prod', 'Deploy')
    const prod = liveStage('Prod', inside(newer, 'InProgress'), [liveAction(approve), liveAction(deployedBefore)])
    const known = view({ live: { version: 1, stages: [prod] }, actions: [approve, deployedBefore] })
    expect(known.stages[2]!.actions[1]).toEqual({ name: 'Deploy', state: 'notRun' })
    const unknown = view({ live: { version: 1, stages: [prod] }, actions: [approve] })
    expect(unknown.stages[2]!.actions[1]).toEqual({ name: 'Deploy', state: 'notRun' })
  })

  it('shows what the state tells where the actions may not be listed', () => {
    const build = detail(newer, 'Build', 'BuildAction')
    const live = { version: 1, stages: [liveStage('Build', inside(newer, 'Succeeded'), [liveAction(build)])] }
    expect(view({ live, complete: new Set() }).stages[1]!.actions[0]).toMatchObject({ state: 'succeeded' })
  })

  it('counts attempts, and shows the latest', () => {
    const first = detail(newer, 'Build', 'BuildAction', { state: 'failed' })
    const second = detail(newer, 'Build', 'BuildAction', { state: 'running' })
    const live = {
      version: 1,
      stages: [liveStage('Build', inside(newer, 'InProgress'), [liveAction(second)], { retries: 1 })],
    }
    const stage = view({ live, actions: [second, first] }).stages[1]!
    expect(stage.retries).toBe(1)
    expect(stage.actions[0]).toMatchObject({
      state: 'running',
      attempt: 2,
      actionExecutionId: second.actionExecutionId,
    })
  })

  it('shows a closed transition, who waits before it, and a stage that never ran', () => {
    const transition = { open: false as const, reason: 'freeze', by: 'ann' }
    const made = view({
      live: { version: 1, stages: [liveStage('Prod', undefined, [], { transition, inbound: [newer] })] },
    })
    expect(made.stages[2]).toMatchObject({ state: 'notRun', transition, inbound: [newer] })
    expect(made.stages[0]).toMatchObject({ state: 'notRun', transition: { open: true } })
  })

  it('names the other account of an action, and the variables by their namespace', () => {
    const source = detail(newer, 'Source', 'SourceAction', { outputVariables: { CommitId: 'abc' } })
    const made = view({
      actions: [source],
      executions: [execution(newer)],
      variables: [{ name: 'Level', value: 'info' }],
    })
    expect(made.definition.stages[2]!.actions[1]!.crossAccount).toEqual({ id: '777788889999', name: 'production' })
    expect(made.variables).toEqual([
      { namespace: 'codepipeline', name: 'PipelineExecutionId', value: newer },
      { namespace: 'variables', name: 'Level', value: 'info' },
      { namespace: 'Source', name: 'CommitId', value: 'abc' },
    ])
  })
})

describe('the view of one execution', () => {
  const states = (input: Partial<ViewInput>) => view({ of: older, ...input }).stages.map(({ state }) => state)

  it('derives its stages from its actions alone', () => {
    const actions = [
      detail(older, 'Source', 'SourceAction'),
      detail(older, 'Build', 'BuildAction', { state: 'failed' }),
      detail(newer, 'Prod', 'Deploy'),
    ]
    expect(states({ actions, executions: [execution(older, { state: 'failed', status: 'Failed' })] })).toEqual([
      'succeeded',
      'failed',
      'notRun',
    ])
  })

  it('shows a stage that was let past as skipped, but none so for a rollback', () => {
    const actions = [detail(older, 'Prod', 'Approve'), detail(older, 'Prod', 'Deploy')]
    const source = detail(older, 'Source', 'SourceAction')
    expect(states({ actions: [source, ...actions], executions: [execution(older)] })).toEqual([
      'succeeded',
      'skipped',
      'succeeded',
    ])
    expect(states({ actions, executions: [execution(older, { type: 'ROLLBACK' })] })).toEqual([
      'notRun',
      'notRun',
      'succeeded',
    ])
  })

  it('shows a stage whose later run order never began as the execution ended', () => {
    const actions = [detail(older, 'Prod', 'Approve')]
    expect(states({ actions, executions: [execution(older, { state: 'stopped', status: 'Stopped' })] })[2]).toBe(
      'stopped',
    )
    expect(states({ actions, executions: [execution(older)] })[2]).toBe('running')
  })

  it('believes the state where it is about this very execution', () => {
    const build = detail(older, 'Build', 'BuildAction')
    const live = { version: 1, stages: [liveStage('Build', inside(older, 'Failed'), [liveAction(build)])] }
    expect(states({ actions: [build], live })[1]).toBe('failed')
  })
})
