import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns'
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type CloudUnderTest, localOnly, refusalOf, startCloudUnderTest } from './cloudUnderTest.ts'
import { allow, createQueues } from './queues.ts'

let cloud: CloudUnderTest
let sqs: SQSClient
let sns: SNSClient
beforeAll(async () => {
  cloud = await startCloudUnderTest()
  sqs = new SQSClient(cloud.settings())
  sns = new SNSClient(cloud.settings())
})
afterAll(async () => {
  for (const client of [sqs, sns]) client?.destroy()
  await cloud?.stop()
  if (cloud.faults.length > 0) throw new AggregateError(cloud.faults, 'the cloud had faults')
})

const { queue, receive } = createQueues(
  () => sqs,
  () => cloud.account,
)

describe.skipIf(localOnly('it leaves queues, topics and rules behind'))('queues', () => {
  it('hand a message to one reader, whole and with digests that the SDK checks, and forget it when it is deleted', async () => {
    const { url } = await queue('orders')
    const MessageAttributes = {
      colour: { DataType: 'String', StringValue: 'red' },
      picture: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2, 3) },
    }
    const sent = await sqs.send(
      new SendMessageCommand({ QueueUrl: url, MessageBody: 'a hat – größer', MessageAttributes }),
    )
    const [message] = await receive(url, { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] })
    expect(message).toMatchObject({ Body: 'a hat – größer', MessageId: sent.MessageId, MessageAttributes })
    expect(message?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes)
    expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1' })
    expect(await receive(url)).toEqual([])
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }))
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }))
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0', VisibilityTimeout: '30' })
  })

  it('keep a long poll waiting until a message is sent, and other callers are answered meanwhile', async () => {
    const { url } = await queue('polled')
    const polling = receive(url, { WaitTimeSeconds: 20 })
    await sqs.send(new ListQueuesCommand({}))
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'now' }))
    expect((await polling).map(({ Body }) => Body)).toEqual(['now'])
  })

  it('show a message again when it is not deleted in time, and put it aside after too many tries', async () => {
    const letters = await queue('letters')
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: letters.arn, maxReceiveCount: 2 })
    const { url, arn } = await queue('work', { RedrivePolicy })
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'poison' }))
    for (const round of ['1', '2']) {
      const [message] = await receive(url, { MessageSystemAttributeNames: ['All'], WaitTimeSeconds: 5 })
      expect(message?.Attributes?.['ApproximateReceiveCount']).toBe(round)
      const { ReceiptHandle } = message ?? {}
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }))
    }
    expect(await receive(url)).toEqual([])
    const [dead] = await receive(letters.url, { WaitTimeSeconds: 5, MessageSystemAttributeNames: ['All'] })
    expect(dead).toMatchObject({ Body: 'poison', Attributes: { DeadLetterQueueSourceArn: arn } })
  })

  it('take ten messages at once, and only the wrong ones of them fail', async () => {
    const { url } = await queue('batches')
    const Entries = [
      { Id: 'a', MessageBody: 'one' },
      { Id: 'b', MessageBody: 'two', DelaySeconds: 901 },
    ]
    const { Successful, Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))
    expect([Successful?.map(({ Id }) => Id), Failed?.map(({ Id }) => Id)]).toEqual([['a'], ['b']])
    const [message] = await receive(url, { MaxNumberOfMessages: 10 })
    const gone = await sqs.send(
      new DeleteMessageBatchCommand({ QueueUrl: url, Entries: [{ Id: 'x', ReceiptHandle: message?.ReceiptHandle }] }),
    )
    expect(gone.Successful).toEqual([{ Id: 'x' }])
    const eleven = Array.from({ length: 11 }, (_, index) => ({ Id: `n${index}`, MessageBody: 'x' }))
    expect(await refusalOf(sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: eleven })))).toMatchObject({
      name: 'TooManyEntriesInBatchRequest',
    })
  })

  it('refuse in the words of SQS', async () => {
    const { url } = await queue('strict')
    const refused = (call: Promise<unknown>) => refusalOf(call)
    expect(await refused(sqs.send(new GetQueueUrlCommand({ QueueName: 'nowhere' })))).toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
    })
    expect(await refused(receive(url, { MaxNumberOfMessages: 11 }))).toMatchObject({ name: 'InvalidParameterValue' })
    expect(
      await refused(sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'nonsense' }))),
    ).toMatchObject({ name: 'ReceiptHandleIsInvalid' })
    expect(await refused(queue('strict', { VisibilityTimeout: '5' }))).toMatchObject({ name: 'QueueNameExists' })
    expect(
      await refused(
        sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Colour: 'red' } as object })),
      ),
    ).toMatchObject({ name: 'InvalidAttributeName' })
    await sqs.send(new PurgeQueueCommand({ QueueUrl: url }))
    expect(await refused(sqs.send(new PurgeQueueCommand({ QueueUrl: url })))).toMatchObject({
      name: 'PurgeQueueInProgress',
    })
  })
})

describe.skipIf(localOnly('it leaves queues, topics and rules behind'))('topics', () => {
  it('bring a message to every queue that wants it and lets it in', async () => {
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'news' }))
    const open = await queue('open')
    const shut = await queue('shut')
    const Policy = allow('sns.amazonaws.com', 'sqs:SendMessage', open.arn, TopicArn)
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: open.url, Attributes: { Policy } }))
    for (const { arn } of [open, shut])
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn }))
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'release' } }
    const { MessageId } = await sns.send(
      new PublishCommand({ TopicArn, Subject: 'Shop', Message: 'is <out> & about', MessageAttributes }),
    )
    const [message] = await receive(open.url)
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 'Shop',
      Message: 'is <out> & about',
      MessageAttributes: { kind: { Type: 'String', Value: 'release' } },
    })
    expect(await receive(shut.url)).toEqual([])
    const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))
    expect(Subscriptions).toHaveLength(2)
    for (const { SubscriptionArn } of Subscriptions) await sns.send(new UnsubscribeCommand({ SubscriptionArn }))
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }))
    expect(Attributes).toMatchObject({ TopicArn, SubscriptionsConfirmed: '0' })
  })

  it('send raw bodies and keep to filter policies where a subscriber asks for it', async () => {
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'filtered' }))
    const { url, arn } = await queue('filtered')
    const Policy = allow('sns.amazonaws.com', 'sqs:SendMessage', arn, TopicArn)
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }))
    const Attributes = { RawMessageDelivery: 'true', FilterPolicy: '{"kind":[{"prefix":"re"}]}' }
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn, Attributes }))
    for (const StringValue of ['release', 'gossip']) {
      const MessageAttributes = { kind: { DataType: 'String', StringValue } }
      await sns.send(new PublishCommand({ TopicArn, Message: StringValue, MessageAttributes }))
    }
    const messages = await receive(url, { MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] })
    expect(messages.map(({ Body }) => Body)).toEqual(['release'])
    expect(messages[0]?.MessageAttributes?.['kind']?.StringValue).toBe('release')
  })

  it('ask an HTTP endpoint of this machine to confirm, and post to it from then on', async () => {
    const heard: { type: string | undefined; body: string }[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (part: Buffer) => {
        body += part.toString()
      })
      request.on('end', () => {
        heard.push({ type: request.headers['x-amz-sns-message-type']?.toString(), body })
        response.end()
      })
    })
    await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    try {
      const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'hooks' }))
      const subscribed = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: endpoint }))
      expect(subscribed.SubscriptionArn).toBe('pending confirmation')
      await vi.waitUntil(() => heard.length > 0)
      expect(heard[0]?.type).toBe('SubscriptionConfirmation')
      const { SubscribeURL } = JSON.parse(heard[0]?.body ?? '') as { SubscribeURL: string }
      expect((await fetch(SubscribeURL)).status).toBe(200)
      await sns.send(new PublishCommand({ TopicArn, Message: 'hello' }))
      await vi.waitUntil(() => heard.length > 1)
      expect(JSON.parse(heard[1]?.body ?? '')).toMatchObject({ Type: 'Notification', Message: 'hello' })
    } finally {
      server.close()
    }
  })

  it('keep mail addresses as pending, and reach nothing outside of this machine', async () => {
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'mail' }))
    const to = (Protocol: string, Endpoint: string) => sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint }))
    expect((await to('email', 'ann@example.com')).SubscriptionArn).toBe('pending confirmation')
    expect(await refusalOf(to('https', 'https://example.com/'))).toMatchObject({ name: 'InvalidParameterException' })
    expect((await sns.send(new ListTopicsCommand({}))).Topics).toContainEqual({ TopicArn })
    const nowhere = { TopicArn: `${TopicArn}x`, Message: 'x' }
    expect(await refusalOf(sns.send(new PublishCommand(nowhere)))).toMatchObject({
      name: 'NotFoundException',
      message: 'Topic does not exist',
    })
  })
})
