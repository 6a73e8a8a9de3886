import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CodeCommitClient, CreateRepositoryCommand, PutFileCommand } from '@aws-sdk/client-codecommit'
import {
  CodePipelineClient,
  CreatePipelineCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  type StageDeclaration,
} from '@aws-sdk/client-codepipeline'
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { zipOf } from '../../main/cloud/services/lambda/lambda.testing.ts'
import { type CloudUnderTest, localOnly, startCloudUnderTest } from './cloudUnderTest.ts'
import { checkout } from './stages.ts'

/** Functions on the whole cloud: in actions, in conditions and behind rules, answering with the real SDK. */

let cloud: CloudUnderTest
let pipelines: CodePipelineClient
let lambda: LambdaClient
let events: EventBridgeClient
let logs: CloudWatchLogsClient
let trail: CloudTrailClient
const clients: { destroy(): void }[] = []
const kept = <T extends { destroy(): void }>(client: T): T => {
  clients.push(client)
  return client
}

const allow = (...Action: string[]) => ({ Effect: 'Allow', Action, Resource: '*' })
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
async function addRole(iam: IAMClient, RoleName: string, service: string, ...actions: string[]): Promise<string> {
  const trust = document({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' })
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
  await iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: 'work', PolicyDocument: document(allow(...actions)) }),
  )
  return Role?.Arn ?? ''
}

/** Answers its job as the action's user parameters say. */
const worker = `import { CodePipelineClient, PutJobFailureResultCommand, PutJobSuccessResultCommand } from '@aws-sdk/client-codepipeline'
const pipelines = new CodePipelineClient({})
export const handler = async event => {
  const { id: jobId, data } = event['CodePipeline.job']
  const { UserParameters: how } = data.actionConfiguration.configuration
  console.log('asked for', how)
  if (how === 'fail') {
    const failureDetails = { type: 'JobFailed', message: 'the shop is closed' }
    return pipelines.send(new PutJobFailureResultCommand({ jobId, failureDetails }))
  }
  if (how === 'twice' && data.continuationToken === undefined)
    return pipelines.send(new PutJobSuccessResultCommand({ jobId, continuationToken: 'again' }))
  const outputVariables = { Answer: how + '/' + (data.continuationToken ?? 'at once') }
  return pipelines.send(new PutJobSuccessResultCommand({ jobId, outputVariables }))
}`

let role: string
let functionRole: string
const createFunction = async (FunctionName: string, code: string) =>
  lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: functionRole,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: 60,
      Code: { ZipFile: await zipOf({ 'index.mjs': code }) },
    }),
  )

const invoke = (UserParameters: string): StageDeclaration => ({
  name: 'Check',
  actions: [
    {
      name: 'Ask',
      actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' },
      configuration: { FunctionName: 'worker', UserParameters },
      inputArtifacts: [{ name: 'Source' }],
    },
  ],
})
const create = (name: string, ...stages: StageDeclaration[]) =>
  pipelines.send(
    new CreatePipelineCommand({
      pipeline: {
        name,
        roleArn: role,
        pipelineType: 'V2',
        artifactStore: { type: 'S3', location: 'artifacts' },
        stages: [checkout('told'), ...stages],
      },
    }),
  )
const ended = (pipelineName: string) =>
  vi.waitUntil(
    async () => {
      const { pipelineExecutionSummaries } = await pipelines.send(new ListPipelineExecutionsCommand({ pipelineName }))
      const [latest] = pipelineExecutionSummaries ?? []
      return latest?.status === 'Succeeded' || latest?.status === 'Failed' ? latest : undefined
    },
    { timeout: 40_000, interval: 200 },
  )
const attempt = async (pipelineName: string, action: string) => {
  const { actionExecutionDetails } = await pipelines.send(new ListActionExecutionsCommand({ pipelineName }))
  return actionExecutionDetails?.find(({ actionName }) => actionName === action)
}

describe.skipIf(localOnly('it runs functions on this machine'))('functions', { timeout: 90_000 }, () => {
  beforeAll(async () => {
    cloud = await startCloudUnderTest()
    const settings = cloud.settings()
    pipelines = kept(new CodePipelineClient(settings))
    lambda = kept(new LambdaClient(settings))
    events = kept(new EventBridgeClient(settings))
    logs = kept(new CloudWatchLogsClient(settings))
    trail = kept(new CloudTrailClient(settings))
    const iam = kept(new IAMClient(settings))
    const codeCommit = kept(new CodeCommitClient(settings))
    await kept(new S3Client(settings)).send(new CreateBucketCommand({ Bucket: 'artifacts' }))
    await codeCommit.send(new CreateRepositoryCommand({ repositoryName: 'shop' }))
    const file = {
      repositoryName: 'shop',
      branchName: 'main',
      filePath: 'index.html',
      fileContent: Buffer.from('hats'),
    }
    await codeCommit.send(new PutFileCommand(file))
    role = await addRole(iam, 'Pipeline', 'codepipeline.amazonaws.com', 's3:*', 'codecommit:*', 'lambda:InvokeFunction')
    const answering = ['logs:*', 'codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult']
    functionRole = await addRole(iam, 'Function', 'lambda.amazonaws.com', ...answering)
    await createFunction('worker', worker)
  })
  afterAll(async () => {
    for (const client of clients) client.destroy()
    await cloud.stop()
  })

  it('end an action well, with variables, at once or after a continuation', async () => {
    await create('well', invoke('hats'), { ...invoke('twice'), name: 'Again' })
    expect((await ended('well')).status).toBe('Succeeded')
    expect((await attempt('well', 'Ask'))?.output?.outputVariables).toEqual({ Answer: 'twice/again' })
    const who = await vi.waitUntil(async () => {
      const { Events } = await trail.send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'PutJobSuccessResult' }],
        }),
      )
      return Events?.[0]
    })
    expect(JSON.parse(who.CloudTrailEvent ?? '')).toMatchObject({
      userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/Function/worker' },
    })
  })

  it('end an action in failure, with what they say', async () => {
    await create('badly', invoke('fail'))
    expect((await ended('badly')).status).toBe('Failed')
    expect((await attempt('badly', 'Ask'))?.output?.executionResult?.errorDetails).toEqual({
      code: 'JobFailed',
      message: 'the shop is closed',
    })
  })

  it('decide in a condition whether a stage is entered or skipped', async () => {
    const rule = (how: string) => ({
      name: 'Ask',
      ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'LambdaInvoke', version: '1' } as const,
      configuration: { FunctionName: 'worker', UserParameters: how },
      inputArtifacts: [{ name: 'Source' }],
    })
    const when = (how: string) => ({ conditions: [{ result: 'SKIP' as const, rules: [rule(how)] }] })
    await create(
      'choosing',
      { ...invoke('one'), name: 'Skipped', beforeEntry: when('fail') },
      { ...invoke('two'), name: 'Entered', beforeEntry: when('pass') },
    )
    expect((await ended('choosing')).status).toBe('Succeeded')
    const { stageStates = [] } = await pipelines.send(new GetPipelineStateCommand({ name: 'choosing' }))
    expect(stageStates.map(({ stageName, latestExecution }) => [stageName, latestExecution?.status])).toEqual([
      ['Source', 'Succeeded'],
      ['Skipped', 'Skipped'],
      ['Entered', 'Succeeded'],
    ])
  })

  it('are told of events by a rule that their policy lets in', async () => {
    await createFunction('listener', `export const handler = async event => console.log('heard', event.detail.state)`)
    const pattern = {
      source: ['aws.codepipeline'],
      detail: { pipeline: ['heard'], state: ['SUCCEEDED'], stage: ['Check'] },
    }
    const { RuleArn } = await events.send(new PutRuleCommand({ Name: 'tell', EventPattern: JSON.stringify(pattern) }))
    const Arn = 'arn:aws:lambda:us-east-1:111122223333:function:listener'
    await events.send(new PutTargetsCommand({ Rule: 'tell', Targets: [{ Id: 'listener', Arn }] }))
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: 'listener',
        StatementId: 'rule',
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: RuleArn,
      }),
    )
    await create('heard', invoke('hats'))
    expect((await ended('heard')).status).toBe('Succeeded')
    await vi.waitUntil(
      async () => {
        const found = await logs
          .send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/listener' }))
          .catch(() => ({ events: [] }))
        return found.events?.some(({ message }) => message?.includes('heard SUCCEEDED'))
      },
      { timeout: 20_000, interval: 200 },
    )
  })
})
