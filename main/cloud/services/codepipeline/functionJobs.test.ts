import {
  type ActionDeclaration,
  CreatePipelineCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { everything, startCodePipeline, type TestCodePipeline, tooling, webShop } from './codepipeline.testing.ts'

let cloud: TestCodePipeline
let role: string
beforeAll(async () => {
  cloud = await startCodePipeline()
  role = cloud.addRole(tooling, 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, everything)
  await cloud.s3.send(new CreateBucketCommand({ Bucket: 'artifacts' }))
  cloud.push('Sell hats')
})
afterAll(() => cloud.stop())

/** Creates a pipeline whose second stage invokes a function, and gives the job that the function is told of. */
async function invoking(name: string, FunctionName = 'check', roleArn = role) {
  const [source] = webShop(roleArn).stages ?? []
  const action: ActionDeclaration = {
    name: 'Check',
    actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' },
    configuration: { FunctionName, UserParameters: '#{Checkout.BranchName}' },
    inputArtifacts: [{ name: 'Source' }],
    namespace: 'Checked',
  }
  const stages = [...(source ? [source] : []), { name: 'Check', actions: [action] }]
  await cloud.client.send(new CreatePipelineCommand({ pipeline: webShop(roleArn, { name, stages }) }))
}
const toldOf = (name: string, token?: string) =>
  vi.waitUntil(
    () =>
      cloud.told.find(({ job: { data } }) => {
        const { pipelineContext, continuationToken } = data as {
          pipelineContext: { pipelineName: string }
          continuationToken?: string
        }
        return pipelineContext.pipelineName === name && continuationToken === token
      })?.job,
  )
const ended = (name: string) =>
  vi.waitUntil(async () => {
    const { stageStates } = await cloud.client.send(new GetPipelineStateCommand({ name }))
    const state = stageStates?.[1]?.actionStates?.[0]?.latestExecution
    return state?.status === 'Succeeded' || state?.status === 'Failed' ? state : undefined
  })

describe('an action that invokes a function', () => {
  it('tells it of a job, once, and ends as the function says', async () => {
    await invoking('well')
    const job = await toldOf('well')
    expect(job.data).toMatchObject({
      actionConfiguration: { configuration: { FunctionName: 'check', UserParameters: 'main' } },
      inputArtifacts: [{ name: 'Source' }],
      artifactCredentials: { accessKeyId: expect.stringMatching(/^ASIA/) as unknown },
    })
    await cloud.restart()
    const outputVariables = { Score: '7' }
    await cloud.client.send(new PutJobSuccessResultCommand({ jobId: job.id, outputVariables }))
    expect((await ended('well')).status).toBe('Succeeded')
    const { actionExecutionDetails } = await cloud.client.send(
      new ListActionExecutionsCommand({ pipelineName: 'well' }),
    )
    expect(actionExecutionDetails?.[0]?.output?.outputVariables).toEqual(outputVariables)
    expect(cloud.told.filter(({ job: other }) => other.id === job.id)).toHaveLength(1)
  })

  it('tells it again, of another job, as long as it answers with a continuation token', async () => {
    await invoking('long')
    const first = await toldOf('long')
    await cloud.client.send(new PutJobSuccessResultCommand({ jobId: first.id, continuationToken: 'half' }))
    const second = await toldOf('long', 'half')
    expect(second.id).not.toBe(first.id)
    await expect(cloud.client.send(new PutJobSuccessResultCommand({ jobId: first.id }))).rejects.toMatchObject({
      name: 'InvalidJobStateException',
    })
    const failureDetails = { type: 'ConfigurationError', message: 'no such shop' } as const
    await cloud.client.send(new PutJobFailureResultCommand({ jobId: second.id, failureDetails }))
    expect(await ended('long')).toMatchObject({
      status: 'Failed',
      errorDetails: { code: 'ConfigurationError', message: 'no such shop' },
    })
  })

  it('fails where there is no such function, and where its role may not invoke it', async () => {
    await invoking('none', 'missing')
    expect(await ended('none')).toMatchObject({
      errorDetails: {
        code: 'ConfigurationError',
        message: expect.stringMatching(/missing cannot be found/) as unknown,
      },
    })
    const most = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['s3:*', 'codecommit:*'], Resource: '*' }],
    }
    const limited = cloud.addRole(tooling, 'Limited', { Service: 'codepipeline.amazonaws.com' }, most)
    await invoking('denied', 'check', limited)
    expect(await ended('denied')).toMatchObject({
      errorDetails: { code: 'PermissionError', message: expect.stringMatching(/lambda:InvokeFunction/) as unknown },
    })
  })
})
