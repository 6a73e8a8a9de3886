import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch'
import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge'
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CloudUnderTest, localOnly, refusalOf, startCloudUnderTest } from './cloudUnderTest.ts'
import { allow, createQueues } from './queues.ts'

let cloud: CloudUnderTest
let sqs: SQSClient
let sns: SNSClient
let events: EventBridgeClient
beforeAll(async () => {
  cloud = await startCloudUnderTest()
  sqs = new SQSClient(cloud.settings())
  sns = new SNSClient(cloud.settings())
  events = new EventBridgeClient(cloud.settings())
})
afterAll(async () => {
  for (const client of [sqs, sns, events]) client?.destroy()
  await cloud?.stop()
  if (cloud.faults.length > 0) throw new AggregateError(cloud.faults, 'the cloud had faults')
})

const { queue, receive } = createQueues(
  () => sqs,
  () => cloud.account,
)

describe.skipIf(localOnly('it leaves queues, topics and rules behind'))('rules', () => {
  it('bring the events that they match to queues and topics, made over as the target says', async () => {
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'events' }))
    const direct = await queue('direct')
    const viaTopic = await queue('via-topic')
    const EventPattern = JSON.stringify({ source: ['shop'], detail: { total: [{ numeric: ['>', 100] }] } })
    const { RuleArn = '' } = await events.send(new PutRuleCommand({ Name: 'large', EventPattern }))
    const policies = [
      [direct, allow('events.amazonaws.com', 'sqs:SendMessage', direct.arn, RuleArn)],
      [viaTopic, allow('sns.amazonaws.com', 'sqs:SendMessage', viaTopic.arn, TopicArn)],
    ] as const
    for (const [{ url }, Policy] of policies)
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }))
    const AttributeValue = allow('events.amazonaws.com', 'sns:Publish', TopicArn, RuleArn)
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }))
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: viaTopic.arn }))
    const InputTransformer = { InputPathsMap: { total: '$.detail.total' }, InputTemplate: '"Sold for <total>"' }
    const Targets = [
      { Id: 'queue', Arn: direct.arn },
      { Id: 'topic', Arn: TopicArn, InputTransformer },
    ]
    expect(await events.send(new PutTargetsCommand({ Rule: 'large', Targets }))).toMatchObject({ FailedEntryCount: 0 })
    const entry = (total: number) => ({ Source: 'shop', DetailType: 'Sold', Detail: JSON.stringify({ total }) })
    const put = await events.send(new PutEventsCommand({ Entries: [entry(99), entry(101), { Source: 'shop' }] }))
    expect(put.FailedEntryCount).toBe(1)
    const [message] = await receive(direct.url, { WaitTimeSeconds: 10 })
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      id: put.Entries?.[1]?.EventId,
      source: 'shop',
      'detail-type': 'Sold',
      account: cloud.account,
      detail: { total: 101 },
    })
    const [notice] = await receive(viaTopic.url, { WaitTimeSeconds: 10 })
    expect(JSON.parse(notice?.Body ?? '')).toMatchObject({ Message: '"Sold for 101"' })
    expect(await receive(direct.url)).toEqual([])
  })

  it('can be described, listed, and deleted once they have no targets', async () => {
    const EventPattern = '{"source":["aws.codepipeline"]}'
    await events.send(new PutRuleCommand({ Name: 'kept', EventPattern, Description: 'Pipelines' }))
    const Arn = `arn:aws:sqs:us-east-1:${cloud.account}:nowhere`
    await events.send(new PutTargetsCommand({ Rule: 'kept', Targets: [{ Id: 'one', Arn }] }))
    expect(await events.send(new DescribeRuleCommand({ Name: 'kept' }))).toMatchObject({
      EventPattern,
      State: 'ENABLED',
      EventBusName: 'default',
    })
    const { Rules } = await events.send(new ListRulesCommand({ NamePrefix: 'kep' }))
    expect(Rules?.map(({ Name }) => Name)).toEqual(['kept'])
    expect(await events.send(new ListTargetsByRuleCommand({ Rule: 'kept' }))).toMatchObject({
      Targets: [{ Id: 'one', Arn }],
    })
    expect(await refusalOf(events.send(new DeleteRuleCommand({ Name: 'kept' })))).toMatchObject({
      name: 'ValidationException',
    })
    await events.send(new RemoveTargetsCommand({ Rule: 'kept', Ids: ['one'] }))
    await events.send(new DeleteRuleCommand({ Name: 'kept' }))
    expect(await refusalOf(events.send(new DescribeRuleCommand({ Name: 'kept' })))).toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  it('refuse patterns that are none, and say whether one matches', async () => {
    const bad = events.send(new PutRuleCommand({ Name: 'bad', EventPattern: '{"source":"text"}' }))
    expect(await refusalOf(bad)).toMatchObject({ name: 'InvalidEventPatternException' })
    const Event = JSON.stringify({
      id: '1',
      account: cloud.account,
      source: 'aws.codepipeline',
      time: '2026-11-22T09:00:00Z',
      region: 'us-east-1',
      resources: [],
      'detail-type': 'x',
      detail: { state: 'FAILED' },
    })
    const test = (EventPattern: string) => events.send(new TestEventPatternCommand({ EventPattern, Event }))
    expect((await test('{"detail":{"state":["FAILED"]}}')).Result).toBe(true)
    expect((await test('{"detail":{"state":[{"anything-but":"FAILED"}]}}')).Result).toBe(false)
  })

  it('count what could not be delivered, and keep it in the dead-letter queue', async () => {
    const letters = await queue('undelivered')
    const { RuleArn = '' } = await events.send(
      new PutRuleCommand({ Name: 'lambda', EventPattern: '{"source":["lonely"]}' }),
    )
    const Policy = allow('events.amazonaws.com', 'sqs:SendMessage', letters.arn, RuleArn)
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: letters.url, Attributes: { Policy } }))
    const Arn = `arn:aws:lambda:us-east-1:${cloud.account}:function:f`
    const Targets = [{ Id: 'f', Arn, DeadLetterConfig: { Arn: letters.arn } }]
    await events.send(new PutTargetsCommand({ Rule: 'lambda', Targets }))
    await events.send(new PutEventsCommand({ Entries: [{ Source: 'lonely', DetailType: 'x', Detail: '{}' }] }))
    const [message] = await receive(letters.url, { WaitTimeSeconds: 10, MessageAttributeNames: ['All'] })
    expect(message?.MessageAttributes?.['ERROR_CODE']?.StringValue).toBe('ResourceNotFoundException')
    const metrics = new CloudWatchClient(cloud.settings())
    const { Metrics } = await metrics.send(new ListMetricsCommand({ Namespace: 'AWS/Events' }))
    metrics.destroy()
    expect(Metrics).toContainEqual(
      expect.objectContaining({ MetricName: 'FailedInvocations', Dimensions: [{ Name: 'RuleName', Value: 'lambda' }] }),
    )
  })
})
