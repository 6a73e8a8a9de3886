import {
  CreatePipelineCommand,
  DisableStageTransitionCommand,
  EnableStageTransitionCommand,
  GetPipelineExecutionCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  type PipelineDeclaration,
  PutApprovalResultCommand,
  RetryStageExecutionCommand,
  RollbackStageCommand,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { everything, startCodePipeline, type TestCodePipeline, tooling, webShop } from './codepipeline.testing.ts'

/** A machine may be busy. */
const patience = { timeout: 10_000, interval: 20 }

let cloud: TestCodePipeline
let role: string
const nobody = '00000000-0000-4000-8000-000000000000'

beforeAll(async () => {
  cloud = await startCodePipeline()
  role = cloud.addRole(tooling, 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, everything)
  for (const Bucket of ['artifacts', 'site']) await cloud.s3.send(new CreateBucketCommand({ Bucket }))
  cloud.push('Sell hats')
})
afterAll(() => cloud.stop())

const create = (name: string, change: Partial<PipelineDeclaration> = {}) =>
  cloud.client.send(new CreatePipelineCommand({ pipeline: webShop(role, { name, ...change }) }))
const releaseState = async (name: string) => {
  const { stageStates = [] } = await cloud.client.send(new GetPipelineStateCommand({ name }))
  return stageStates.find(({ stageName }) => stageName === 'Release')
}
const executions = async (pipelineName: string) =>
  (await cloud.client.send(new ListPipelineExecutionsCommand({ pipelineName }))).pipelineExecutionSummaries ?? []
/** Ends builds as they come until the execution has come to its approval, and gives that. */
const approval = (name: string) =>
  vi.waitUntil(async () => {
    cloud.end('SUCCEEDED')
    const state = await releaseState(name)
    return state?.actionStates?.find(({ latestExecution }) => latestExecution?.token)?.latestExecution
  }, patience)
const answer = (pipelineName: string, token: string | undefined, status: 'Approved' | 'Rejected') =>
  cloud.client.send(
    new PutApprovalResultCommand({
      pipelineName,
      stageName: 'Release',
      actionName: 'Approve',
      token,
      result: { status, summary: 'said so' },
    }),
  )
const settled = (name: string, status: string) =>
  vi.waitUntil(async () => (await executions(name))[0]?.status === status && (await executions(name))[0], patience)

describe('what people do to executions', () => {
  it('answers an approval once, and says so to whoever comes later', async () => {
    await create('approve')
    const { token } = await approval('approve')
    await expect(answer('approve', nobody, 'Approved')).rejects.toMatchObject({ name: 'InvalidApprovalTokenException' })
    await answer('approve', token, 'Rejected')
    await expect(answer('approve', token, 'Approved')).rejects.toMatchObject({
      name: 'ApprovalAlreadyCompletedException',
    })
    const approve = (await releaseState('approve'))?.actionStates?.[1]?.latestExecution
    expect(approve).toMatchObject({
      status: 'Failed',
      summary: 'said so',
      lastUpdatedBy: `arn:aws:iam::${tooling}:user/ann`,
    })
    expect(approve?.token).toBeUndefined()
    expect(await settled('approve', 'Failed')).toBeTruthy()
  })

  it('tries a failed stage again in the same execution', async () => {
    await create('retry')
    await answer('retry', (await approval('retry')).token, 'Rejected')
    const failed = await settled('retry', 'Failed')
    const { pipelineExecutionId } = failed || {}
    const retry = new RetryStageExecutionCommand({
      pipelineName: 'retry',
      stageName: 'Release',
      pipelineExecutionId,
      retryMode: 'FAILED_ACTIONS',
    })
    expect((await cloud.client.send(retry)).pipelineExecutionId).toBe(pipelineExecutionId)
    expect((await releaseState('retry'))?.retryStageMetadata).toEqual({
      autoStageRetryAttempt: 0,
      manualStageRetryAttempt: 1,
      latestRetryTrigger: 'ManualStageRetry',
    })
    await answer('retry', (await approval('retry')).token, 'Approved')
    await settled('retry', 'Succeeded')
    const { actionExecutionDetails = [] } = await cloud.client.send(
      new ListActionExecutionsCommand({
        pipelineName: 'retry',
        filter: { pipelineExecutionId: pipelineExecutionId ?? '' },
      }),
    )
    expect(actionExecutionDetails.map(({ actionName, status }) => `${actionName} ${status}`)).toEqual([
      'Deploy Succeeded',
      'Approve Succeeded',
      'Approve Failed',
      'Build Succeeded',
      'Checkout Succeeded',
    ])
    const latest = await cloud.client.send(
      new ListActionExecutionsCommand({
        pipelineName: 'retry',
        filter: { latestInPipelineExecution: { pipelineExecutionId, startTimeRange: 'Latest' } },
      }),
    )
    expect(latest.actionExecutionDetails).toHaveLength(4)
    await expect(cloud.client.send(retry)).rejects.toMatchObject({ name: 'StageNotRetryableException' })
  })

  it('rolls a stage back to an execution that succeeded in it', async () => {
    await create('back')
    await answer('back', (await approval('back')).token, 'Approved')
    const good = await settled('back', 'Succeeded')
    const targetPipelineExecutionId = (good || {}).pipelineExecutionId
    const { pipelineExecutionSummaries: candidates } = await cloud.client.send(
      new ListPipelineExecutionsCommand({
        pipelineName: 'back',
        filter: { succeededInStage: { stageName: 'Release' } },
      }),
    )
    expect(candidates?.map(({ pipelineExecutionId }) => pipelineExecutionId)).toEqual([targetPipelineExecutionId])
    const roll = (stageName: string, target = targetPipelineExecutionId) =>
      cloud.client.send(
        new RollbackStageCommand({ pipelineName: 'back', stageName, targetPipelineExecutionId: target }),
      )
    const { pipelineExecutionId } = await roll('Release')
    expect((await executions('back'))[0]).toMatchObject({
      pipelineExecutionId,
      executionType: 'ROLLBACK',
      trigger: { triggerType: 'ManualRollback' },
      rollbackMetadata: { rollbackTargetPipelineExecutionId: targetPipelineExecutionId },
    })
    await expect(roll('Release')).rejects.toMatchObject({ name: 'UnableToRollbackStageException' })
    await expect(roll('Source')).rejects.toMatchObject({ name: 'UnableToRollbackStageException' })
    await expect(roll('Release', nobody)).rejects.toMatchObject({ name: 'PipelineExecutionNotFoundException' })
    await expect(roll('Nowhere')).rejects.toMatchObject({ name: 'StageNotFoundException' })
  })

  it('stops an execution, and refuses to stop it twice', async () => {
    await create('stop')
    await approval('stop')
    const [{ pipelineExecutionId } = {}] = await executions('stop')
    const stop = (abandon: boolean, id = pipelineExecutionId) =>
      cloud.client.send(
        new StopPipelineExecutionCommand({
          pipelineName: 'stop',
          pipelineExecutionId: id,
          abandon,
          reason: 'bad build',
        }),
      )
    await stop(false)
    expect((await executions('stop'))[0]).toMatchObject({ status: 'Stopping', stopTrigger: { reason: 'bad build' } })
    await expect(stop(false)).rejects.toMatchObject({ name: 'DuplicatedStopRequestException' })
    await stop(true)
    expect((await executions('stop'))[0]?.status).toBe('Stopped')
    const state = await releaseState('stop')
    expect(state?.latestExecution?.status).toBe('Stopped')
    expect(state?.actionStates?.[1]?.latestExecution?.status).toBe('Abandoned')
    await expect(stop(true)).rejects.toMatchObject({ name: 'PipelineExecutionNotStoppableException' })
    await expect(stop(true, nobody)).rejects.toMatchObject({ name: 'PipelineExecutionNotStoppableException' })
  })

  it('shows a closed transition, who waits before it, and lets it in when it opens', async () => {
    await create('gate')
    await approval('gate')
    const gate = { pipelineName: 'gate', stageName: 'Release', transitionType: 'Inbound' } as const
    await cloud.client.send(new DisableStageTransitionCommand({ ...gate, reason: 'release freeze' }))
    const { pipelineExecutionId } = await cloud.client.send(new StartPipelineExecutionCommand({ name: 'gate' }))
    const waiting = await vi.waitUntil(async () => {
      const state = await releaseState('gate')
      return state?.inboundExecution ? state : undefined
    }, patience)
    expect(waiting).toMatchObject({
      inboundExecution: { pipelineExecutionId, status: 'InProgress' },
      inboundExecutions: [{ pipelineExecutionId, status: 'InProgress' }],
      inboundTransitionState: {
        enabled: false,
        lastChangedBy: `arn:aws:iam::${tooling}:user/ann`,
        disabledReason: 'release freeze',
      },
    })
    await answer('gate', waiting.actionStates?.[1]?.latestExecution?.token, 'Rejected')
    expect((await releaseState('gate'))?.inboundExecution).toBeDefined()
    await cloud.client.send(new EnableStageTransitionCommand(gate))
    expect(await releaseState('gate')).toMatchObject({
      inboundTransitionState: { enabled: true },
      latestExecution: { pipelineExecutionId, status: 'InProgress' },
    })
    const nowhere = new EnableStageTransitionCommand({ ...gate, stageName: 'Nowhere' })
    await expect(cloud.client.send(nowhere)).rejects.toMatchObject({ name: 'StageNotFoundException' })
  })

  it('has no state to show in PARALLEL mode, but the approval’s token in its history', async () => {
    await create('parallel', { executionMode: 'PARALLEL', pipelineType: 'V2' })
    const approve = await vi.waitUntil(async () => {
      cloud.end('SUCCEEDED')
      const { actionExecutionDetails = [] } = await cloud.client.send(
        new ListActionExecutionsCommand({ pipelineName: 'parallel' }),
      )
      return actionExecutionDetails.find(({ actionName }) => actionName === 'Approve')
    }, patience)
    const state = await releaseState('parallel')
    expect(state?.latestExecution).toBeUndefined()
    expect(state?.actionStates?.every(({ latestExecution }) => latestExecution === undefined)).toBe(true)
    await answer('parallel', approve.output?.executionResult?.externalExecutionId, 'Approved')
    await settled('parallel', 'Succeeded')
  })

  it('wants a value for each variable without a default, and hands it on', async () => {
    await create('variables', {
      pipelineType: 'V2',
      variables: [{ name: 'tier' }, { name: 'size', defaultValue: 'small' }],
    })
    expect(await executions('variables')).toEqual([])
    const start = (variables: { name: string; value: string }[] | undefined) =>
      cloud.client.send(new StartPipelineExecutionCommand({ name: 'variables', variables }))
    await expect(start(undefined)).rejects.toMatchObject({ name: 'ValidationException' })
    await expect(start([{ name: 'nope', value: 'x' }])).rejects.toMatchObject({ name: 'ValidationException' })
    const { pipelineExecutionId } = await start([{ name: 'tier', value: 'gold' }])
    const { pipelineExecution } = await cloud.client.send(
      new GetPipelineExecutionCommand({ pipelineName: 'variables', pipelineExecutionId }),
    )
    expect(pipelineExecution?.variables).toEqual([
      { name: 'tier', resolvedValue: 'gold' },
      { name: 'size', resolvedValue: 'small' },
    ])
    await expect(
      cloud.client.send(new GetPipelineExecutionCommand({ pipelineName: 'variables', pipelineExecutionId: nobody })),
    ).rejects.toMatchObject({ name: 'PipelineExecutionNotFoundException' })
  })
})
