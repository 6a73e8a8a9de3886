import { CloudTrailClient, type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import {
  CodePipelineClient,
  CreatePipelineCommand,
  DeletePipelineCommand,
  ListPipelineExecutionsCommand,
  PutApprovalResultCommand,
} from '@aws-sdk/client-codepipeline'
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { type CloudUnderTest, localOnly, startCloudUnderTest } from './cloudUnderTest.ts'

/** One pipeline, and everything that other services tell of it. */

let cloud: CloudUnderTest
const open: { destroy(): void }[] = []
const made = <T extends { destroy(): void }>(client: T) => {
  open.push(client)
  return client
}
let clients: ReturnType<typeof makeClients>
const makeClients = () => {
  const settings = cloud.settings()
  return {
    pipelines: made(new CodePipelineClient(settings)),
    trail: made(new CloudTrailClient({ ...settings, maxAttempts: 8 })),
    metrics: made(new CloudWatchClient(settings)),
    events: made(new EventBridgeClient(settings)),
    iam: made(new IAMClient(settings)),
    s3: made(new S3Client(settings)),
    sns: made(new SNSClient(settings)),
    sqs: made(new SQSClient(settings)),
  }
}

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
})
const role = async (RoleName: string, Service: string) => {
  const Statement = [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }]
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  const { Role } = await clients.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
  await clients.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'all', PolicyDocument: everything }))
  return Role?.Arn ?? ''
}
const queueFor = async (QueueName: string, Service: string) => {
  const arn = `arn:aws:sqs:us-east-1:${cloud.account}:${QueueName}`
  const Statement = [{ Effect: 'Allow', Principal: { Service }, Action: 'sqs:SendMessage', Resource: arn }]
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
  const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }))
  const next = async (): Promise<unknown> => {
    const { Messages: [message] = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }),
    )
    return JSON.parse(message?.Body ?? 'null')
  }
  return { arn, next }
}
const lookup = async (key: 'EventName' | 'Username', AttributeValue: string): Promise<Event[]> => {
  const LookupAttributes = [{ AttributeKey: key, AttributeValue }]
  return (await clients.trail.send(new LookupEventsCommand({ LookupAttributes }))).Events ?? []
}
const record = (event: Event | undefined): unknown => JSON.parse(event?.CloudTrailEvent ?? 'null')
const Notice = z.object({ Subject: z.string(), Message: z.string() })
const Approval = z.object({
  approval: z.looseObject({ token: z.string(), expires: z.string(), customData: z.string() }),
})

describe.skipIf(localOnly('it needs the event history at once'))(
  'what happens to a pipeline',
  { timeout: 60_000 },
  () => {
    let ruleArn: string
    let approvals: Awaited<ReturnType<typeof queueFor>>
    let failures: Awaited<ReturnType<typeof queueFor>>

    beforeAll(async () => {
      cloud = await startCloudUnderTest()
      clients = makeClients()
      const { s3, sns, events, pipelines } = clients
      for (const Bucket of ['observed-artifacts', 'observed-source']) await s3.send(new CreateBucketCommand({ Bucket }))
      const Bucket = 'observed-source'
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
      await s3.send(new PutObjectCommand({ Bucket, Key: 'app.zip', Body: 'not looked into' }))
      approvals = await queueFor('approvals', 'sns.amazonaws.com')
      failures = await queueFor('failures', 'events.amazonaws.com')
      const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'approvals' }))
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: approvals.arn }))

      const failed = { source: ['aws.codepipeline'], detail: { pipeline: ['observed'], state: ['FAILED'] } }
      const onFailure = {
        Name: 'failed',
        EventPattern: JSON.stringify({ ...failed, 'detail-type': [{ wildcard: '*Pipeline Execution*' }] }),
      }
      await events.send(new PutRuleCommand(onFailure))
      await events.send(new PutTargetsCommand({ Rule: 'failed', Targets: [{ Id: 'q', Arn: failures.arn }] }))
      const started = await events.send(new PutRuleCommand({ Name: 'start', EventPattern: '{"source":["shop"]}' }))
      ruleArn = started.RuleArn ?? ''
      const Arn = `arn:aws:codepipeline:us-east-1:${cloud.account}:observed`
      const RoleArn = await role('Starter', 'events.amazonaws.com')
      await events.send(new PutTargetsCommand({ Rule: 'start', Targets: [{ Id: 'p', Arn, RoleArn }] }))

      const roleArn = await role('Observed', 'codepipeline.amazonaws.com')
      const source = { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' } as const
      const approval = { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } as const
      await pipelines.send(
        new CreatePipelineCommand({
          pipeline: {
            name: 'observed',
            pipelineType: 'V2',
            executionMode: 'SUPERSEDED',
            roleArn,
            artifactStore: { type: 'S3', location: 'observed-artifacts' },
            stages: [
              {
                name: 'Source',
                actions: [
                  {
                    name: 'Source',
                    actionTypeId: source,
                    configuration: { S3Bucket: Bucket, S3ObjectKey: 'app.zip', PollForSourceChanges: 'false' },
                    outputArtifacts: [{ name: 'App' }],
                  },
                ],
              },
              {
                name: 'Release',
                actions: [
                  {
                    name: 'Approve',
                    actionTypeId: approval,
                    configuration: { NotificationArn: TopicArn, CustomData: 'Shall we?' },
                  },
                ],
              },
            ],
          },
        }),
      )
    })
    afterAll(async () => {
      for (const client of open) client.destroy()
      await cloud.stop()
      if (cloud.faults.length > 0) throw new AggregateError(cloud.faults, 'the cloud had faults')
    })

    it('is told to the approvers, whose token answers', async () => {
      const notice = Notice.parse(await approvals.next())
      expect(notice.Subject).toBe('APPROVAL NEEDED: AWS CodePipeline observed for action Approve')
      const { approval } = Approval.parse(JSON.parse(notice.Message))
      expect(approval).toMatchObject({
        pipelineName: 'observed',
        stageName: 'Release',
        customData: 'Shall we?',
        expires: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/) as string,
      })
      const result = { status: 'Rejected', summary: 'not today' } as const
      const at = { pipelineName: 'observed', stageName: 'Release', actionName: 'Approve' }
      await clients.pipelines.send(new PutApprovalResultCommand({ ...at, token: approval.token, result }))
    })

    it('is told to whoever has a rule for it, and measured when it failed', async () => {
      expect(await failures.next()).toMatchObject({
        version: '0',
        'detail-type': 'CodePipeline Pipeline Execution State Change',
        account: cloud.account,
        detail: { pipeline: 'observed', state: 'FAILED' },
      })
      const stat = (MetricName: string, Dimensions: { Name: string; Value: string }[]) => ({
        Metric: { Namespace: 'AWS/CodePipeline', MetricName, Dimensions },
        Period: 60,
        Stat: 'Sum',
      })
      const named = [{ Name: 'PipelineName', Value: 'observed' }]
      const now = Date.now()
      const { MetricDataResults = [] } = await clients.metrics.send(
        new GetMetricDataCommand({
          StartTime: new Date(now - 3_600_000),
          EndTime: new Date(now + 60_000),
          MetricDataQueries: [
            { Id: 'failed', MetricStat: stat('FailedPipelineExecutions', named) },
            { Id: 'account', MetricStat: stat('FailedPipelineExecutions', []) },
            { Id: 'duration', MetricStat: stat('PipelineDuration', named) },
          ],
        }),
      )
      expect(MetricDataResults.map(({ Values = [] }) => Values.length)).toEqual([1, 1, 1])
      expect(MetricDataResults[0]?.Values).toEqual([1])
    })

    it('starts by a rule under the role of the rule, which its trigger and the event history say', async () => {
      const Entries = [{ Source: 'shop', DetailType: 'Sold out', Detail: '{}' }]
      await clients.events.send(new PutEventsCommand({ Entries }))
      const trigger = await vi.waitUntil(async () => {
        const { pipelineExecutionSummaries: [latest, second] = [] } = await clients.pipelines.send(
          new ListPipelineExecutionsCommand({ pipelineName: 'observed' }),
        )
        return second && latest?.trigger
      })
      expect(trigger).toEqual({ triggerType: 'CloudWatchEvent', triggerDetail: ruleArn })
      const [event] = await lookup('EventName', 'StartPipelineExecution')
      expect(record(event)).toMatchObject({
        userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { userName: 'Starter' } } },
        sourceIPAddress: 'events.amazonaws.com',
        userAgent: 'events.amazonaws.com',
        requestParameters: { name: 'observed' },
        responseElements: { pipelineExecutionId: expect.any(String) as string },
      })
    })

    it('can be read from the event history: who answered, from where, and what nobody was allowed to do', async () => {
      const [answered] = await lookup('EventName', 'PutApprovalResult')
      expect(record(answered)).toMatchObject({
        userIdentity: { type: 'IAMUser', accountId: cloud.account },
        eventSource: 'codepipeline.amazonaws.com',
        sourceIPAddress: '127.0.0.1',
        userAgent: expect.stringContaining('aws-sdk-js') as string,
        requestParameters: { pipelineName: 'observed', result: { status: 'Rejected', summary: 'not today' } },
        readOnly: false,
      })
      const sts = made(new STSClient(cloud.settings()))
      const RoleArn = `arn:aws:iam::${cloud.account}:role/Auditor`
      const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'eve' }))
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
      const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
      const auditor = made(new CodePipelineClient(cloud.settings({ credentials })))
      await expect(auditor.send(new DeletePipelineCommand({ name: 'observed' }))).rejects.toThrow('not authorized')
      const [denied] = await lookup('Username', 'eve')
      expect(record(denied)).toMatchObject({
        eventName: 'DeletePipeline',
        errorCode: 'AccessDenied',
        errorMessage: expect.stringContaining('codepipeline:DeletePipeline') as string,
        responseElements: null,
      })
      const [assumed] = await lookup('EventName', 'AssumeRole')
      expect(assumed?.CloudTrailEvent).not.toContain(SecretAccessKey)
    })
  },
)
