import { describe, expect, it } from 'vitest'
import type { Account } from '../../preload/contract/accounts.ts'
import type { Request } from '../../preload/contract/operations.ts'
import type { ExecutionSummary } from '../../preload/contract/pipelines.ts'
import type { LiveAction, LiveStage } from '../aws/liveState.ts'
import type { Known } from '../pipelines/known.ts'
import { accountRefusal, nameRefusal } from './guard.ts'
import { refusal } from './possible.ts'
import { sentences } from './preview.ts'
import { rollbackCandidates } from './rollbackCandidates.ts'

const key = { account: '777788889999', region: 'eu-west-1', name: 'shop' }
const approval = '00000000-0000-4000-8000-00000000000a'
const execution = '12345678-0000-4000-8000-000000000001'
const at = '2026-01-01T00:00:00.000Z'
const account = (rest: Partial<Account> = {}): Account => ({
  id: key.account,
  name: 'production',
  environment: 'production',
  regions: ['eu-west-1'],
  source: { kind: 'localCloud' },
  readOnly: false,
  session: { state: 'valid', as: 'arn:aws:iam::777788889999:user/ann' },
  rights: { read: 'unknown', approve: 'unknown', operate: 'unknown', known: 'no' },
  ...rest,
})
const action = (rest: Partial<LiveAction> = {}): LiveAction => ({
  name: 'Approve',
  actionExecutionId: approval,
  status: 'InProgress',
  waiting: true,
  token: 't',
  ...rest,
})
const stage = (actions: LiveAction[], status = 'InProgress', rest: Partial<LiveStage> = {}): LiveStage => ({
  name: 'Prod',
  latest: { executionId: execution, status, type: 'STANDARD' },
  inbound: [],
  transition: { open: true },
  conditions: [],
  retries: 0,
  actions,
  ...rest,
})
const summary = (id: string, rest: Partial<ExecutionSummary> = {}): ExecutionSummary => ({
  id,
  state: 'running',
  status: 'InProgress',
  type: 'STANDARD',
  startedAt: at,
  updatedAt: at,
  revisions: [{ actionName: 'Source', id: 'abcdef0123456789', summary: 'fix login\n\nmore' }],
  sample: false,
  ...rest,
})
const known = (live: LiveStage, rest: Partial<Known> = {}): Known => ({
  key,
  listed: { name: 'shop', version: 3, type: 'V2', mode: 'SUPERSEDED' },
  live: { version: 3, stages: [live] },
  executions: [summary(execution)],
  definition: {
    version: 3,
    type: 'V2',
    mode: 'SUPERSEDED',
    roleArn: '',
    artifactBuckets: [],
    variables: [{ name: 'Level' }],
    stages: [
      { name: 'Source', conditions: [], actions: [] },
      { name: 'Prod', conditions: [], actions: [definedAction('Approve', 1), definedAction('Publish', 2)] },
    ],
  },
  asOf: at,
  ...rest,
})
function definedAction(name: string, runOrder: number) {
  const type = { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' }
  return { name, ...type, runOrder, configuration: {}, inputArtifacts: [], outputArtifacts: [] }
}
const decide: Request = {
  kind: 'decide',
  key,
  stage: 'Prod',
  action: 'Approve',
  actionExecutionId: approval,
  decision: 'Approved',
  comment: '',
}
const code = (request: Request, on: Known) => refusal(request, on)?.code

describe('a decision', () => {
  it('is let through for the approval that was seen', () => {
    expect(refusal(decide, known(stage([action()])))).toBeUndefined()
  })

  it('is refused when another execution waits there now', () => {
    const other = action({ actionExecutionId: '00000000-0000-4000-8000-00000000000b' })
    expect(code(decide, known(stage([other])))).toBe('ApprovalReplaced')
  })

  it('is refused when somebody decided meanwhile, and says who and how', () => {
    const decided = action({ status: 'Failed', waiting: false, by: 'arn:aws:iam::777788889999:user/ben' })
    const refused = refusal(decide, known(stage([decided], 'Failed')))
    expect(refused?.code).toBe('ApprovalAlreadyCompletedException')
    expect(refused?.message).toMatch(/rejected.*user\/ben meanwhile/)
  })

  it('of a PARALLEL pipeline is judged by its token, because the state shows the newest execution only', () => {
    const listed = { name: 'shop', version: 3, type: 'V2', mode: 'PARALLEL' } as const
    expect(refusal(decide, known(stage([]), { listed }))).toBeUndefined()
  })
})

describe('other requests', () => {
  const retry: Request = { kind: 'retry', key, stage: 'Prod', executionId: execution, mode: 'FAILED_ACTIONS' }
  const failed = action({ status: 'Failed', waiting: false })

  it('override a condition that failed, and none that skips its stage or holds nobody up', () => {
    const override: Request = {
      kind: 'overrideCondition',
      key,
      stage: 'Prod',
      executionId: execution,
      condition: 'beforeEntry',
    }
    const checked = (result: string, status: string) => {
      const on = known(stage([], 'InProgress', { conditions: [{ kind: 'beforeEntry', status }] }))
      if (on.definition)
        on.definition.stages[1] = {
          name: 'Prod',
          actions: [],
          conditions: [{ kind: 'beforeEntry', result, rules: [] }],
        }
      return on
    }
    expect(code(override, checked('FAIL', 'Failed'))).toBeUndefined()
    expect(code(override, checked('FAIL', 'Succeeded'))).toBe('ConditionNotOverridableException')
    expect(code(override, checked('SKIP', 'Failed'))).toBe('ConditionNotOverridableException')
    expect(code({ ...override, executionId: key.name }, checked('FAIL', 'Failed'))).toBe(
      'NotLatestPipelineExecutionException',
    )
    expect(code(override, known(stage([])))).toBe('ConditionNotOverridableException')
    const { effects } = sentences(override, account(), checked('FAIL', 'Failed'), 'ann')
    expect(effects[1]).toBe(
      'Execution 12345678 (abcdef01 “fix login”) enters Prod although its entry condition is not met.',
    )
  })
  const running = action({ name: 'Other', waiting: false })

  it('retry failed actions while siblings run, but all actions only when none does', () => {
    const half = known(stage([failed, running]))
    expect(refusal(retry, half)).toBeUndefined()
    expect(code({ ...retry, mode: 'ALL_ACTIONS' }, half)).toBe('ConflictException')
    expect(refusal({ ...retry, mode: 'ALL_ACTIONS' }, known(stage([failed], 'Failed')))).toBeUndefined()
  })

  it('do not retry what did not fail, or what a newer execution has replaced', () => {
    expect(code(retry, known(stage([action({ status: 'Succeeded', waiting: false })], 'Succeeded')))).toBe(
      'StageNotRetryableException',
    )
    expect(code({ ...retry, executionId: approval }, known(stage([failed], 'Failed')))).toBe(
      'NotLatestPipelineExecutionException',
    )
  })

  it('stop what runs, once; abandoning may follow waiting', () => {
    const stop: Request = { kind: 'stop', key, executionId: execution, abandon: false, reason: '' }
    const stopping = known(stage([]), { executions: [summary(execution, { status: 'Stopping' })] })
    const ended = known(stage([]), { executions: [summary(execution, { status: 'Succeeded', state: 'succeeded' })] })
    expect(refusal(stop, known(stage([])))).toBeUndefined()
    expect(code(stop, stopping)).toBe('DuplicatedStopRequestException')
    expect(refusal({ ...stop, abandon: true }, stopping)).toBeUndefined()
    expect(code(stop, ended)).toBe('PipelineExecutionNotStoppableException')
  })

  it('start only with a value for each variable that has no default, and with no other', () => {
    const start = (variables: { name: string; value: string }[]): Request => ({ kind: 'start', key, variables })
    expect(code(start([]), known(stage([])))).toBe('VariableMissing')
    expect(refusal(start([{ name: 'Level', value: 'info' }]), known(stage([])))).toBeUndefined()
    const extra = [
      { name: 'Level', value: 'info' },
      { name: 'Colour', value: 'red' },
    ]
    expect(code(start(extra), known(stage([])))).toBe('VariableUnknown')
  })

  it('roll back neither a source stage, nor a running one, nor a PARALLEL pipeline', () => {
    const rollback = (name: string): Request => ({ kind: 'rollback', key, stage: name, targetExecutionId: execution })
    expect(code(rollback('Source'), known(stage([])))).toBe('UnableToRollbackStageException')
    expect(code(rollback('Prod'), known(stage([])))).toBe('UnableToRollbackStageException')
    expect(refusal(rollback('Prod'), known(stage([], 'Succeeded')))).toBeUndefined()
  })
})

describe('the guard', () => {
  it('wants the name typed in production only, exactly', () => {
    expect(nameRefusal(decide, account())?.code).toBe('NameNotTyped')
    expect(nameRefusal({ ...decide, typedName: 'Shop' }, account())?.code).toBe('NameNotTyped')
    expect(nameRefusal({ ...decide, typedName: 'shop' }, account())).toBeUndefined()
    expect(nameRefusal(decide, account({ environment: 'staging' }))).toBeUndefined()
  })

  it('lets nothing through to a read-only, unknown or signed-out account', () => {
    expect(accountRefusal(decide, account({ readOnly: true }))?.code).toBe('ReadOnly')
    expect(accountRefusal(decide, undefined)?.code).toBe('AccountUnknown')
    const failure = { code: 'ExpiredToken', message: 'expired', place: {} }
    expect(accountRefusal(decide, account({ session: { state: 'expired', since: at, failure } }))?.code).toBe(
      'ExpiredToken',
    )
    expect(accountRefusal(decide, account())).toBeUndefined()
  })
})

describe('the confirmation', () => {
  it('names account, region, pipeline, caller, execution, commit and what follows', () => {
    const { effects } = sentences(decide, account(), known(stage([action()])), 'arn:aws:iam::777788889999:user/ann')
    expect(effects).toEqual([
      'In production (777788889999, a production account), eu-west-1, pipeline shop, as arn:aws:iam::777788889999:user/ann:',
      'Approve in Prod is approved for execution 12345678 (abcdef01 “fix login”).',
      'Then Publish runs.',
    ])
  })

  it('warns that abandoned work goes on elsewhere', () => {
    const stop: Request = { kind: 'stop', key, executionId: execution, abandon: true, reason: 'bad' }
    expect(sentences(stop, account(), known(stage([])), 'ann').warnings[0]).toMatch(/is not cancelled/)
  })
})

describe('the rollback planner', () => {
  it('says of each past execution that it is eligible, or exactly why not', () => {
    const candidates = rollbackCandidates({
      executions: [
        summary('now', { state: 'failed' }),
        summary('rolled', { type: 'ROLLBACK' }),
        summary('good', { state: 'succeeded' }),
        summary('bad', { state: 'failed' }),
        summary('old', { state: 'succeeded', version: 2 }),
        summary('going'),
        summary('made', { state: 'succeeded', sample: true }),
      ],
      succeeded: new Set(['good', 'rolled', 'now']),
      current: 'now',
      stage: 'Prod',
      version: 3,
      versionOf: () => 3,
    })
    expect(candidates.map(({ executionId, eligible, why }) => [executionId, eligible, why ?? ''])).toEqual([
      ['now', false, 'It is what Prod has now.'],
      ['rolled', false, 'It is a rollback itself; choose the execution that it went back to.'],
      ['good', true, ''],
      ['bad', false, 'It did not succeed in Prod under the current version.'],
      [
        'old',
        false,
        'It ran version 2 of the pipeline; only executions of the current version 3 can be rolled back to.',
      ],
      ['going', false, 'It has not succeeded in Prod yet.'],
      ['made', false, 'It is sample data, made in simulated time: it left nothing to go back to.'],
    ])
  })
})
