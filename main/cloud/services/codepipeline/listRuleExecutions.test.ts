import {
  CreatePipelineCommand,
  GetPipelineStateCommand,
  ListRuleExecutionsCommand,
  PutApprovalResultCommand,
  RetryStageExecutionCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { everything, startCodePipeline, type TestCodePipeline, tooling, webShop } from './codepipeline.testing.ts'

/** A machine may be busy. */
const patience = { timeout: 10_000, interval: 20 }

let cloud: TestCodePipeline
beforeAll(async () => {
  cloud = await startCodePipeline()
  await cloud.s3.send(new CreateBucketCommand({ Bucket: 'artifacts' }))
  cloud.push('Sell hats')
})
afterAll(() => cloud.stop())

it('shows each run of a rule with why it failed, or of a retried stage the latest only', async () => {
  const roleArn = cloud.addRole(tooling, 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, everything)
  const { stages: [source] = [], ...rest } = webShop(roleArn, { pipelineType: 'V2' })
  const ruleTypeId = { category: 'Rule', owner: 'AWS', provider: 'VariableCheck', version: '1' } as const
  const configuration = { Variable: '#{Checkout.BranchName}', Value: 'release', Operator: 'EQ' }
  const release = {
    name: 'Release',
    actions: [
      {
        name: 'Approve',
        actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } as const,
      },
    ],
    onFailure: {
      conditions: [{ result: 'ROLLBACK' as const, rules: [{ name: 'OfRelease', ruleTypeId, configuration }] }],
    },
  }
  await cloud.client.send(new CreatePipelineCommand({ pipeline: { ...rest, stages: source ? [source, release] : [] } }))
  const stage = async () => (await cloud.client.send(new GetPipelineStateCommand({ name: 'shop' }))).stageStates?.[1]
  const reject = async () => {
    const token = await vi.waitUntil(async () => (await stage())?.actionStates?.[0]?.latestExecution?.token, patience)
    await cloud.client.send(
      new PutApprovalResultCommand({
        pipelineName: 'shop',
        stageName: 'Release',
        actionName: 'Approve',
        token,
        result: { status: 'Rejected', summary: 'no' },
      }),
    )
    const latest = await vi.waitUntil(async () => {
      const { latestExecution } = (await stage()) ?? {}
      return latestExecution?.status === 'Failed' && latestExecution
    }, patience)
    return latest.pipelineExecutionId
  }
  const pipelineExecutionId = await reject()
  await cloud.client.send(
    new RetryStageExecutionCommand({
      pipelineName: 'shop',
      stageName: 'Release',
      pipelineExecutionId,
      retryMode: 'FAILED_ACTIONS',
    }),
  )
  await reject()
  const runs = async (startTimeRange: 'All' | 'Latest') => {
    const latestInPipelineExecution = { pipelineExecutionId, startTimeRange }
    const { ruleExecutionDetails } = await cloud.client.send(
      new ListRuleExecutionsCommand({ pipelineName: 'shop', filter: { latestInPipelineExecution } }),
    )
    return ruleExecutionDetails ?? []
  }
  const [all, latest] = [await runs('All'), await runs('Latest')]
  expect(all).toHaveLength(2)
  expect(latest).toEqual(all.slice(0, 1))
  expect(latest[0]).toMatchObject({
    ruleName: 'OfRelease',
    status: 'Failed',
    input: { configuration, resolvedConfiguration: { ...configuration, Variable: 'main' } },
    output: {
      executionResult: {
        externalExecutionSummary: 'main EQ release is not true.',
        errorDetails: { code: 'RuleFailed', message: 'main EQ release is not true.' },
      },
    },
  })
})
