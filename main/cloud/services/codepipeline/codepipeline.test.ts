import {
  CreatePipelineCommand,
  GetPipelineCommand,
  GetPipelineExecutionCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  PutApprovalResultCommand,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand, GetObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { everything, startCodePipeline, type TestCodePipeline, tooling, webShop } from './codepipeline.testing.ts'

let cloud: TestCodePipeline
let role: string
beforeAll(async () => {
  cloud = await startCodePipeline()
  role = cloud.addRole(tooling, 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, everything)
  for (const Bucket of ['artifacts', 'site']) await cloud.s3.send(new CreateBucketCommand({ Bucket }))
})
afterAll(() => cloud.stop())

const state = (name: string) => cloud.client.send(new GetPipelineStateCommand({ name }))
const action = async (name: string, stage: string, actionName: string) => {
  const { stageStates = [] } = await state(name)
  return stageStates
    .find(({ stageName }) => stageName === stage)
    ?.actionStates?.find(found => found.actionName === actionName)
}

describe('a pipeline from commit to deployed page', () => {
  it('runs source, build, approval and deployment, and tells of each as AWS does', async () => {
    const first = cloud.push('Sell hats')
    const { pipeline } = await cloud.client.send(new CreatePipelineCommand({ pipeline: webShop(role) }))
    expect(pipeline).toMatchObject({ name: 'shop', version: 1, executionMode: 'SUPERSEDED', pipelineType: 'V1' })

    await vi.waitUntil(() => cloud.running() > 0)
    expect(cloud.started[0]).toMatchObject({
      project: 'web',
      initiator: 'codepipeline/shop',
      environment: [{ name: 'COMMIT', value: first, type: 'PLAINTEXT' }],
      sourceVersion: first,
    })
    cloud.end('SUCCEEDED', { VERSION: '1.0' })

    const waiting = await vi.waitUntil(async () => {
      const found = await action('shop', 'Release', 'Approve')
      return found?.latestExecution?.token ? found.latestExecution : undefined
    })
    expect(waiting.status).toBe('InProgress')
    const [source, release] = (await state('shop')).stageStates ?? []
    expect(source).toMatchObject({
      stageName: 'Source',
      inboundTransitionState: { enabled: true },
      latestExecution: { status: 'Succeeded', type: 'STANDARD' },
      actionStates: [
        {
          actionName: 'Checkout',
          currentRevision: { revisionId: first },
          latestExecution: { status: 'Succeeded', summary: 'Sell hats', externalExecutionId: first },
        },
      ],
    })
    expect(
      release?.actionStates?.map(({ actionName, latestExecution }) => [actionName, latestExecution?.status]),
    ).toEqual([
      ['Build', 'Succeeded'],
      ['Approve', 'InProgress'],
      ['Deploy', undefined],
    ])

    const { approvedAt } = await cloud.client.send(
      new PutApprovalResultCommand({
        pipelineName: 'shop',
        stageName: 'Release',
        actionName: 'Approve',
        token: waiting.token,
        result: { summary: 'looks good', status: 'Approved' },
      }),
    )
    expect(approvedAt).toBeInstanceOf(Date)
    await vi.waitUntil(async () => (await action('shop', 'Release', 'Deploy'))?.latestExecution?.status === 'Succeeded')
    const page = await cloud.s3.send(new GetObjectCommand({ Bucket: 'site', Key: 'www/index.html' }))
    expect(await page.Body?.transformToString()).toBe(`<h1>${first}</h1>`)
    expect(page.ContentType).toBe('text/html')

    const { pipelineExecutionSummaries = [] } = await cloud.client.send(
      new ListPipelineExecutionsCommand({ pipelineName: 'shop' }),
    )
    expect(pipelineExecutionSummaries).toMatchObject([
      {
        status: 'Succeeded',
        sourceRevisions: [{ actionName: 'Checkout', revisionId: first, revisionSummary: 'Sell hats' }],
        trigger: { triggerType: 'CreatePipeline', triggerDetail: `arn:aws:iam::${tooling}:user/ann` },
        executionMode: 'SUPERSEDED',
        executionType: 'STANDARD',
      },
    ])
    const { pipelineExecution } = await cloud.client.send(
      new GetPipelineExecutionCommand({
        pipelineName: 'shop',
        pipelineExecutionId: pipelineExecutionSummaries[0]?.pipelineExecutionId,
      }),
    )
    expect(pipelineExecution).toMatchObject({
      pipelineVersion: 1,
      artifactRevisions: [{ name: 'Source', revisionId: first }],
    })
    const { actionExecutionDetails = [] } = await cloud.client.send(
      new ListActionExecutionsCommand({ pipelineName: 'shop' }),
    )
    expect(actionExecutionDetails.map(({ actionName, status }) => `${actionName} ${status}`)).toEqual([
      'Deploy Succeeded',
      'Approve Succeeded',
      'Build Succeeded',
      'Checkout Succeeded',
    ])
    expect(actionExecutionDetails[1]).toMatchObject({ updatedBy: `arn:aws:iam::${tooling}:user/ann` })
    expect(actionExecutionDetails[2]).toMatchObject({
      input: {
        configuration: { EnvironmentVariables: '[{"name":"COMMIT","value":"#{Checkout.CommitId}"}]' },
        resolvedConfiguration: { EnvironmentVariables: `[{"name":"COMMIT","value":"${first}"}]` },
        region: 'us-east-1',
      },
      output: { outputVariables: { VERSION: '1.0' } },
    })
    expect(actionExecutionDetails[3]?.output?.outputArtifacts?.[0]?.s3location?.key).toMatch(/^shop\/Source\/\w{7}$/)
  })

  it('tells EventBridge of each change, with what it was about', () => {
    const changes = cloud.events.filter(({ source }) => source === 'aws.codepipeline')
    const [started] = changes
    expect(started).toMatchObject({
      'detail-type': 'CodePipeline Pipeline Execution State Change',
      resources: [`arn:aws:codepipeline:us-east-1:${tooling}:shop`],
      detail: {
        pipeline: 'shop',
        state: 'STARTED',
        version: 1,
        'execution-trigger': { 'trigger-type': 'CreatePipeline' },
      },
    })
    const built = changes.find(({ detail }) => detail.action === 'Build' && detail.state === 'SUCCEEDED')
    expect(built?.detail).toMatchObject({
      stage: 'Release',
      type: { owner: 'AWS', provider: 'CodeBuild', category: 'Build', version: '1' },
      region: 'us-east-1',
      'pipeline-execution-attempt': 1,
      'execution-result': { 'external-execution-id': expect.stringMatching(/^web:/) as string },
      'input-artifacts': [{ name: 'Source', s3location: { bucket: 'artifacts' } }],
      'output-artifacts': [{ name: 'Site' }],
    })
  })

  it('starts by itself when its branch moves, once for each commit', async () => {
    const second = cloud.push('Sell gloves')
    await vi.waitUntil(() => cloud.started.at(-1)?.sourceVersion === second)
    const { pipelineExecutionSummaries } = await cloud.client.send(
      new ListPipelineExecutionsCommand({ pipelineName: 'shop' }),
    )
    expect(pipelineExecutionSummaries).toHaveLength(2)
    expect(pipelineExecutionSummaries?.[0]?.trigger?.triggerType).toBe('PollForSourceChanges')
  })

  it('goes on after a restart: the build is found again, and what was pushed meanwhile starts an execution', async () => {
    const builds = cloud.started.length
    const third = cloud.push('Sell scarves', false)
    await cloud.restart()
    await vi.waitUntil(async () => {
      const { stageStates } = await state('shop')
      return stageStates?.[1]?.inboundExecution !== undefined
    })
    expect(cloud.started).toHaveLength(builds)
    cloud.end('FAILED')
    await vi.waitUntil(() => cloud.started.at(-1)?.sourceVersion === third)
    const { actionExecutionDetails = [] } = await cloud.client.send(
      new ListActionExecutionsCommand({ pipelineName: 'shop' }),
    )
    const failed = actionExecutionDetails.find(({ status }) => status === 'Failed')
    expect(failed?.output?.executionResult).toMatchObject({
      errorDetails: { code: 'JobFailed', message: 'Build terminated with state: FAILED. Phase: BUILD' },
    })
  })

  it('starts an execution once for one client request token', async () => {
    const start = new StartPipelineExecutionCommand({ name: 'shop', clientRequestToken: 'again' })
    const [one, two] = [await cloud.client.send(start), await cloud.client.send(start)]
    expect(two.pipelineExecutionId).toBe(one.pipelineExecutionId)
  })

  it('gives the definition with its ARN and times', async () => {
    const { pipeline, metadata } = await cloud.client.send(new GetPipelineCommand({ name: 'shop' }))
    expect(pipeline?.stages?.[0]?.actions?.[0]).toMatchObject({ runOrder: 1, inputArtifacts: [] })
    expect(metadata?.pipelineArn).toBe(`arn:aws:codepipeline:us-east-1:${tooling}:shop`)
  })
})
