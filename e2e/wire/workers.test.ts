import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'
import { CodeCommitClient, CreateRepositoryCommand, PutFileCommand } from '@aws-sdk/client-codecommit'
import {
  AcknowledgeJobCommand,
  CodePipelineClient,
  CreateCustomActionTypeCommand,
  CreatePipelineCommand,
  GetPipelineStateCommand,
  type Job,
  ListPipelineExecutionsCommand,
  type PipelineDeclaration,
  PollForJobsCommand,
  PutJobSuccessResultCommand,
  PutWebhookCommand,
  type StageDeclaration,
} from '@aws-sdk/client-codepipeline'
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type CloudUnderTest, localOnly, refusalOf, startCloudUnderTest } from './cloudUnderTest.ts'
import { checkout } from './stages.ts'

/** Job workers, webhooks and alarms, on the whole cloud: with its IAM, its trail and its listener. */

let cloud: CloudUnderTest
let pipelines: CodePipelineClient
let iam: IAMClient
let role: string
const clients: { destroy(): void }[] = []
const kept = <T extends { destroy(): void }>(client: T): T => {
  clients.push(client)
  return client
}

const allow = (rest: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] })
const custom = { category: 'Deploy', owner: 'Custom', provider: 'ShipIt', version: '1' } as const
const actionType = `arn:aws:codepipeline:us-east-1:111122223333:actiontype:Custom/Deploy/ShipIt/1`

const definition = (name: string, second: StageDeclaration): PipelineDeclaration => ({
  name,
  roleArn: role,
  pipelineType: 'V2',
  artifactStore: { type: 'S3', location: 'artifacts' },
  stages: [checkout('told'), second],
})
const approve: StageDeclaration = {
  name: 'Release',
  actions: [
    { name: 'Approve', actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } },
  ],
}
const create = (pipeline: PipelineDeclaration) => pipelines.send(new CreatePipelineCommand({ pipeline }))
const second = async (name: string) => (await pipelines.send(new GetPipelineStateCommand({ name }))).stageStates?.[1]

describe.skipIf(localOnly('it makes action types with fixed names'))('around CodePipeline', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    cloud = await startCloudUnderTest()
    pipelines = kept(new CodePipelineClient(cloud.settings()))
    iam = kept(new IAMClient(cloud.settings()))
    await kept(new S3Client(cloud.settings())).send(new CreateBucketCommand({ Bucket: 'artifacts' }))
    const AssumeRolePolicyDocument = allow({
      Principal: { Service: 'codepipeline.amazonaws.com' },
      Action: 'sts:AssumeRole',
    })
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'Pipeline', AssumeRolePolicyDocument }))
    role = Role?.Arn ?? ''
    const PolicyDocument = allow({ Action: ['codecommit:*', 's3:*', 'cloudwatch:DescribeAlarms'], Resource: '*' })
    await iam.send(new PutRolePolicyCommand({ RoleName: 'Pipeline', PolicyName: 'only', PolicyDocument }))
    const commits = kept(new CodeCommitClient(cloud.settings()))
    await commits.send(new CreateRepositoryCommand({ repositoryName: 'shop' }))
    const file = { repositoryName: 'shop', branchName: 'main', filePath: 'index.html' }
    await commits.send(new PutFileCommand({ ...file, fileContent: Buffer.from('Hello') }))
    const counts = { minimumCount: 0, maximumCount: 1 }
    await pipelines.send(
      new CreateCustomActionTypeCommand({
        ...custom,
        configurationProperties: [{ name: 'Password', required: true, key: true, secret: true }],
        inputArtifactDetails: counts,
        outputArtifactDetails: counts,
      }),
    )
  })
  afterAll(async () => {
    for (const client of clients) client.destroy()
    await cloud.stop()
    if (cloud.faults.length > 0) throw new AggregateError(cloud.faults, 'the cloud had faults')
  })

  it('a worker needs permission on its action type, and its secrets never reach the trail', async () => {
    const action = {
      name: 'Ship',
      actionTypeId: custom,
      configuration: { Password: 'opensesame' },
      inputArtifacts: [{ name: 'Source' }],
    }
    await create(definition('shipped', { name: 'Ship', actions: [action] }))
    await iam.send(new CreateUserCommand({ UserName: 'worker' }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'worker' }))
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    }
    const worker = kept(new CodePipelineClient(cloud.settings({ credentials })))
    const poll = () => worker.send(new PollForJobsCommand({ actionTypeId: custom, maxBatchSize: 1 }))
    expect(await refusalOf(poll())).toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::111122223333:user/worker is not authorized to perform: codepipeline:PollForJobs on resource: ${actionType} because no identity-based policy allows the codepipeline:PollForJobs action`,
    })
    const jobs = ['codepipeline:AcknowledgeJob', 'codepipeline:PutJobSuccessResult']
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'codepipeline:PollForJobs', Resource: actionType },
        { Effect: 'Allow', Action: jobs, Resource: '*' },
      ],
    })
    await iam.send(new PutUserPolicyCommand({ UserName: 'worker', PolicyName: 'only', PolicyDocument: policy }))
    const job = await vi.waitUntil(async (): Promise<Job | undefined> => (await poll()).jobs?.[0], { timeout: 10_000 })
    expect(job.data?.actionConfiguration?.configuration).toEqual({ Password: 'opensesame' })
    await worker.send(new AcknowledgeJobCommand({ jobId: job.id, nonce: job.nonce }))
    await worker.send(new PutJobSuccessResultCommand({ jobId: job.id }))
    expect((await second('shipped'))?.latestExecution?.status).toBe('Succeeded')

    const trail = kept(new CloudTrailClient(cloud.settings()))
    const LookupAttributes = [{ AttributeKey: 'EventName', AttributeValue: 'PollForJobs' }] as const
    const { Events = [] } = await vi.waitUntil(
      async () => {
        const found = await trail.send(new LookupEventsCommand({ LookupAttributes: [...LookupAttributes] }))
        return (found.Events ?? []).some(({ CloudTrailEvent }) => CloudTrailEvent?.includes(job.id ?? '-'))
          ? found
          : undefined
      },
      { timeout: 20_000, interval: 600 },
    )
    expect(JSON.stringify(Events)).not.toContain('opensesame')
    expect(JSON.stringify(Events)).not.toContain(job.data?.artifactCredentials?.sessionToken ?? '-')
  })

  it('a webhook’s URL on the cloud’s own listener starts its pipeline', async () => {
    await create(definition('hooked', approve))
    const { webhook } = await pipelines.send(
      new PutWebhookCommand({
        webhook: {
          name: 'hook',
          targetPipeline: 'hooked',
          targetAction: 'Checkout',
          filters: [{ jsonPath: '$.ref', matchEquals: 'refs/heads/{BranchName}' }],
          authentication: 'UNAUTHENTICATED',
          authenticationConfiguration: {},
        },
      }),
    )
    const body = JSON.stringify({ ref: 'refs/heads/main' })
    expect((await fetch(webhook?.url ?? '', { method: 'POST', body })).status).toBe(200)
    const { pipelineExecutionSummaries = [] } = await pipelines.send(
      new ListPipelineExecutionsCommand({ pipelineName: 'hooked' }),
    )
    expect(pipelineExecutionSummaries[0]?.trigger).toEqual({ triggerType: 'Webhook', triggerDetail: webhook?.arn })
  })

  it('a stage is not entered while an alarm of CloudWatch is on', async () => {
    const metrics = kept(new CloudWatchClient(cloud.settings()))
    await metrics.send(
      new PutMetricAlarmCommand({
        AlarmName: 'errors',
        Namespace: 'Shop',
        MetricName: 'Errors',
        Statistic: 'Sum',
        Period: 3600,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'ignore',
      }),
    )
    const set = (StateValue: 'OK' | 'ALARM') =>
      metrics.send(new SetAlarmStateCommand({ AlarmName: 'errors', StateValue, StateReason: 'a test says so' }))
    const rule = {
      name: 'Quiet',
      ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'CloudWatchAlarm', version: '1' } as const,
      configuration: { AlarmName: 'errors' },
    }
    const guarded: StageDeclaration = { ...approve, beforeEntry: { conditions: [{ result: 'FAIL', rules: [rule] }] } }
    const decided = (name: string) =>
      vi.waitUntil(async () => {
        const state = (await second(name))?.beforeEntryConditionState?.latestExecution
        return state?.status === 'InProgress' ? undefined : state
      })
    await set('ALARM')
    await create(definition('noisy', guarded))
    expect(await decided('noisy')).toEqual({ status: 'Failed', summary: 'The alarm errors is in the state ALARM.' })
    await set('OK')
    await create(definition('calm', guarded))
    expect((await decided('calm'))?.status).toBe('Succeeded')
  })
})
