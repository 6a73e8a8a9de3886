import {
  AcknowledgeThirdPartyJobCommand,
  type CodePipelineClient,
  CreatePipelineCommand,
  GetActionTypeCommand,
  GetThirdPartyJobDetailsCommand,
  ListActionExecutionsCommand,
  ListDeployActionExecutionTargetsCommand,
  PollForThirdPartyJobsCommand,
  PutThirdPartyJobFailureResultCommand,
  PutThirdPartyJobSuccessResultCommand,
  UpdateActionTypeCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { everything, startCodePipeline, type TestCodePipeline, tooling, webShop } from './codepipeline.testing.ts'

let cloud: TestCodePipeline
beforeAll(async () => {
  cloud = await startCodePipeline()
  await cloud.s3.send(new CreateBucketCommand({ Bucket: 'artifacts' }))
  cloud.push('Sell hats')
})
afterAll(() => cloud.stop())

type Command = Parameters<CodePipelineClient['send']>[0]
const refusal = async (command: unknown): Promise<string> => {
  try {
    await cloud.client.send(command as Command)
  } catch (thrown) {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  }
  return 'none'
}

describe('partners', () => {
  const [jobId, clientToken, nonce] = ['j', 't', 'n']
  const failureDetails = { type: 'JobFailed', message: 'x' } as const

  it('have no jobs, whoever asks', async () => {
    const calls = [
      new AcknowledgeThirdPartyJobCommand({ jobId, nonce, clientToken }),
      new GetThirdPartyJobDetailsCommand({ jobId, clientToken }),
      new PutThirdPartyJobSuccessResultCommand({ jobId, clientToken }),
      new PutThirdPartyJobFailureResultCommand({ jobId, clientToken, failureDetails }),
    ]
    for (const call of calls) expect(await refusal(call)).toBe('JobNotFoundException: The job j cannot be found')
  })

  it('are told first what is wrong with their call', async () => {
    const token =
      "Value '' at 'clientToken' failed to satisfy constraint: Member must have length greater than or equal to 1"
    const calls = [
      new AcknowledgeThirdPartyJobCommand({ jobId, nonce, clientToken: '' }),
      new GetThirdPartyJobDetailsCommand({ jobId, clientToken: '' }),
      new PutThirdPartyJobSuccessResultCommand({ jobId, clientToken: '' }),
      new PutThirdPartyJobFailureResultCommand({ jobId, clientToken: '', failureDetails }),
    ]
    for (const call of calls)
      expect(await refusal(call)).toBe(`ValidationException: 1 validation error detected: ${token}`)
  })

  it('have no action types with integration models', async () => {
    const type = { category: 'Source', owner: 'ThirdParty', provider: 'GitHub', version: '1' } as const
    const sentence =
      "ActionType (Category: 'Source', Provider: 'GitHub', Owner: 'ThirdParty', Version: '1') could not be found"
    expect(await refusal(new PollForThirdPartyJobsCommand({ actionTypeId: type }))).toBe(
      `ActionTypeNotFoundException: ${sentence}`,
    )
    expect(await refusal(new GetActionTypeCommand(type))).toBe(`ActionTypeNotFoundException: ${sentence}`)
    const counts = { minimumCount: 0, maximumCount: 10 }
    const actionType = {
      id: type,
      executor: { type: 'JobWorker', configuration: {} },
      inputArtifactDetails: counts,
      outputArtifactDetails: counts,
    } as const
    expect(await refusal(new UpdateActionTypeCommand({ actionType }))).toBe(`ActionTypeNotFoundException: ${sentence}`)
    expect(await refusal(new GetActionTypeCommand({ ...type, owner: 'Custom' }))).toBe(
      `ValidationException: 1 validation error detected: Value 'Custom' at 'owner' failed to satisfy constraint: Member must satisfy regular expression pattern: AWS|ThirdParty`,
    )
    expect(
      await refusal(
        new UpdateActionTypeCommand({
          actionType: { ...actionType, executor: { ...actionType.executor, jobTimeout: 59 } },
        }),
      ),
    ).toBe(
      `ValidationException: 1 validation error detected: Value '59' at 'actionType.executor.jobTimeout' failed to satisfy constraint: Member must have value greater than or equal to 60`,
    )
  })
})

describe('targets of a deployment', () => {
  it('are none for an action that deploys to no instances, and unknown for an action that never ran', async () => {
    const role = cloud.addRole(tooling, 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, everything)
    await cloud.client.send(new CreatePipelineCommand({ pipeline: webShop(role) }))
    const pipelineName = 'shop'
    const actionExecutionId = await vi.waitUntil(async () => {
      const { actionExecutionDetails } = await cloud.client.send(new ListActionExecutionsCommand({ pipelineName }))
      return actionExecutionDetails?.[0]?.actionExecutionId
    })
    const ask = (asked: ConstructorParameters<typeof ListDeployActionExecutionTargetsCommand>[0]) =>
      new ListDeployActionExecutionTargetsCommand(asked)
    for (const name of [pipelineName, undefined]) {
      expect((await cloud.client.send(ask({ pipelineName: name, actionExecutionId }))).targets).toEqual([])
    }
    const missing = 'The action execution x cannot be found'
    expect(await refusal(ask({ pipelineName, actionExecutionId: 'x' }))).toBe(
      `ActionExecutionNotFoundException: ${missing}`,
    )
    expect(await refusal(ask({ actionExecutionId: 'x' }))).toBe(`ActionExecutionNotFoundException: ${missing}`)
    expect(await refusal(ask({ pipelineName: 'none', actionExecutionId }))).toBe(
      `PipelineNotFoundException: Account '${tooling}' does not have a pipeline with name 'none'`,
    )
    expect(await refusal(ask({ actionExecutionId, maxResults: 101 }))).toBe(
      `ValidationException: 1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100`,
    )
    await expect(cloud.client.send(ask({ actionExecutionId, nextToken: 'x' }))).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    })
  })
})
