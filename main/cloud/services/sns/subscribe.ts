import type { SubscribeInput, SubscribeResponse } from '@aws-sdk/client-sns'
import type { Operation } from '../../server/operation.ts'
import { parseQueueArn } from '../sqs/queueStore.ts'
import { confirmationRequest } from './envelope.ts'
import { isLoopback } from './httpDelivery.ts'
import { invalidParameter, type Sns, topicOf } from './lends.ts'
import { withSubscriptionAttribute } from './setSubscriptionAttributes.ts'
import { subscriptionArn } from './subscriptionStore.ts'

const protocols = ['sqs', 'http', 'https', 'email', 'email-json', 'sms', 'lambda', 'application', 'firehose']

/**
 * Subscribes a queue at once, an HTTP endpoint of this machine when it confirms. Others are kept as pending: nothing
 * here sends mail or text messages.
 */
export const subscribe: Operation<Sns, SubscribeInput, SubscribeResponse> = {
  authorized: false,
  run(sns, input, call) {
    const { Protocol: protocol = '', Endpoint: endpoint = '', Attributes = {}, ReturnSubscriptionArn = false } = input
    const topic = topicOf(sns, call, input.TopicArn, 'Subscribe')
    checkEndpoint(protocol, endpoint)
    const { subscriptions } = sns
    const at = { topic: topic.arn, protocol, endpoint }
    const made =
      subscriptions.to(topic.arn, protocol, endpoint) ??
      subscriptions.create({ ...at, owner: call.account, region: call.region, confirmed: protocol === 'sqs' })
    subscriptions.change(
      Object.entries(Attributes).reduce((so, [key, value]) => withSubscriptionAttribute(so, key, value), made),
    )
    if (!made.confirmed && protocol.startsWith('http')) {
      const headers = { 'x-amz-sns-message-id': made.id, 'x-amz-sns-topic-arn': topic.arn }
      const body = confirmationRequest(made, sns.endpoint(), sns.clock.now())
      sns.http.put(endpoint, 'SubscriptionConfirmation', headers, body)
    }
    const arn = made.confirmed || ReturnSubscriptionArn ? subscriptionArn(made) : 'pending confirmation'
    return { SubscriptionArn: arn }
  },
}

function checkEndpoint(protocol: string, endpoint: string): void {
  if (!protocols.includes(protocol)) throw invalidParameter(`Does not support this protocol string: ${protocol}`)
  if (endpoint === '') throw invalidParameter('Endpoint')
  if (protocol === 'sqs' && !parseQueueArn(endpoint)) throw invalidParameter('SQS endpoint ARN')
  if (protocol === 'email' && !/^\S+@\S+$/.test(endpoint)) throw invalidParameter('Email address')
  if (protocol === 'http' || protocol === 'https') {
    if (!endpoint.startsWith(`${protocol}://`)) throw invalidParameter('Endpoint must match the specified protocol')
    if (!isLoopback(endpoint)) throw invalidParameter('Endpoint Reason: the local cloud reaches this machine only')
  }
}
