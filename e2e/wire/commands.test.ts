import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CodeCommitClient, CreateRepositoryCommand, PutFileCommand } from '@aws-sdk/client-codecommit'
import {
  CodePipelineClient,
  CreatePipelineCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  ListRuleExecutionsCommand,
  type PipelineDeclaration,
} from '@aws-sdk/client-codepipeline'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type CloudUnderTest, localOnly, startCloudUnderTest } from './cloudUnderTest.ts'

/** Commands actions and rules: real shells under the pipeline's own role, without any CodeBuild project. */

let cloud: CloudUnderTest
let pipelines: CodePipelineClient
let s3: S3Client

async function addRole(name: string, actions: string[]) {
  const iam = new IAMClient(cloud.settings())
  const document = (rest: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] })
  const AssumeRolePolicyDocument = document({
    Principal: { Service: 'codepipeline.amazonaws.com' },
    Action: 'sts:AssumeRole',
  })
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }))
  const PolicyDocument = document({ Action: actions, Resource: '*' })
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'only', PolicyDocument }))
  return Role?.Arn ?? ''
}

const type = (category: 'Source' | 'Compute' | 'Deploy', provider: string) =>
  ({ category, owner: 'AWS', provider, version: '1' }) as const

const greeting = (name: string, roleArn: string, check: string): PipelineDeclaration => ({
  name,
  roleArn,
  pipelineType: 'V2',
  artifactStore: { type: 'S3', location: 'artifacts' },
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'Checkout',
          actionTypeId: type('Source', 'CodeCommit'),
          configuration: { RepositoryName: 'greeting', BranchName: 'main' },
          outputArtifacts: [{ name: 'Source' }],
          namespace: 'Checkout',
        },
      ],
    },
    {
      name: 'Make',
      beforeEntry: {
        conditions: [
          {
            result: 'FAIL',
            rules: [
              {
                name: 'Check',
                ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'Commands', version: '1' },
                commands: [check],
                inputArtifacts: [{ name: 'Source' }],
              },
            ],
          },
        ],
      },
      actions: [
        {
          name: 'Make',
          actionTypeId: type('Compute', 'Commands'),
          inputArtifacts: [{ name: 'Source' }],
          outputArtifacts: [{ name: 'Site', files: ['out/**/*'] }],
          environmentVariables: [{ name: 'WHOM', value: '#{Checkout.BranchName}' }],
          commands: [
            'mkdir -p out',
            'echo "$(cat greeting.txt), $WHOM" | tee out/page.txt',
            'echo not shipped > notes.txt',
            'export LENGTH=$(wc -c < out/page.txt)',
          ],
          outputVariables: ['LENGTH'],
          namespace: 'Make',
        },
        {
          name: 'Ship',
          runOrder: 2,
          actionTypeId: type('Deploy', 'S3'),
          configuration: { BucketName: 'site', Extract: 'true', ObjectKey: 'v#{Make.LENGTH}' },
          inputArtifacts: [{ name: 'Site' }],
        },
      ],
    },
  ],
})

const ended = (pipelineName: string) =>
  vi.waitUntil(
    async () => {
      const { pipelineExecutionSummaries: [latest] = [] } = await pipelines.send(
        new ListPipelineExecutionsCommand({ pipelineName }),
      )
      return latest?.status === 'InProgress' ? undefined : latest?.status
    },
    { timeout: 60_000, interval: 50 },
  )
const action = async (pipelineName: string, name: string) => {
  const { actionExecutionDetails = [] } = await pipelines.send(new ListActionExecutionsCommand({ pipelineName }))
  return actionExecutionDetails.find(({ actionName }) => actionName === name)
}

describe.skipIf(localOnly('it runs commands on this machine'))('commands of a pipeline', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    cloud = await startCloudUnderTest()
    pipelines = new CodePipelineClient(cloud.settings())
    s3 = new S3Client(cloud.settings())
    for (const Bucket of ['artifacts', 'site']) await s3.send(new CreateBucketCommand({ Bucket }))
    const commits = new CodeCommitClient(cloud.settings())
    const repositoryName = 'greeting'
    await commits.send(new CreateRepositoryCommand({ repositoryName }))
    await commits.send(
      new PutFileCommand({
        repositoryName,
        branchName: 'main',
        filePath: 'greeting.txt',
        fileContent: Buffer.from('Hello'),
      }),
    )
  })
  afterAll(async () => {
    pipelines.destroy()
    s3.destroy()
    await cloud.stop()
    if (cloud.faults.length > 0) throw new AggregateError(cloud.faults, 'the cloud had faults')
  })

  it('run with its artifacts and variables, and hand on what they make', async () => {
    const role = await addRole('Pipeline', ['codecommit:*', 's3:*', 'logs:*'])
    const pipeline = greeting('greeting', role, 'grep -q Hello greeting.txt')
    await pipelines.send(new CreatePipelineCommand({ pipeline }))
    expect(await ended('greeting')).toBe('Succeeded')
    const made = await action('greeting', 'Make')
    expect(made?.output?.outputVariables).toEqual({ LENGTH: '12' })
    const page = await s3.send(new GetObjectCommand({ Bucket: 'site', Key: 'v12/out/page.txt' }))
    expect(await page.Body?.transformToString()).toBe('Hello, main\n')
    const notes = s3.send(new GetObjectCommand({ Bucket: 'site', Key: 'v12/notes.txt' }))
    await expect(notes).rejects.toMatchObject({ name: 'NoSuchKey' })

    const [, logGroupName, logStreamName] =
      /log-group:(.+):log-stream:(.+)$/.exec(made?.output?.executionResult?.logStreamARN ?? '') ?? []
    expect(logGroupName).toBe('/aws/codepipeline/greeting')
    const logs = new CloudWatchLogsClient(cloud.settings())
    const { events = [] } = await logs.send(
      new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true }),
    )
    expect(events.map(({ message }) => message)).toContain('Hello, main\n')
    logs.destroy()
  })

  it('let nobody into a stage whose rule fails', async () => {
    const role = await addRole('Strict', ['codecommit:*', 's3:*', 'logs:*'])
    await pipelines.send(new CreatePipelineCommand({ pipeline: greeting('strict', role, 'grep -q Bye greeting.txt') }))
    const failed = await vi.waitUntil(
      async () => {
        const { ruleExecutionDetails: [rule] = [] } = await pipelines.send(
          new ListRuleExecutionsCommand({ pipelineName: 'strict' }),
        )
        return rule?.status === 'Failed' ? rule : undefined
      },
      { timeout: 60_000, interval: 50 },
    )
    expect(failed.output?.executionResult?.errorDetails?.message).toMatch(/^Build terminated with state: FAILED/)
    expect(await action('strict', 'Make')).toBeUndefined()
  })

  it('run under the pipeline’s role, which must be allowed to write their log', async () => {
    const role = await addRole('Silent', ['codecommit:*', 's3:*'])
    const pipeline = greeting('silent', role, 'true')
    const stages = pipeline.stages?.map(({ beforeEntry: _none, ...stage }) => stage)
    await pipelines.send(new CreatePipelineCommand({ pipeline: { ...pipeline, stages } }))
    expect(await ended('silent')).toBe('Failed')
    expect((await action('silent', 'Make'))?.output?.executionResult?.errorDetails?.message).toMatch(
      /does not allow AWS CodeBuild to create Amazon CloudWatch Logs log streams/,
    )
  })
})
