import type { Clock } from '../../../base/clock.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Authorize, Call } from '../../server/operation.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import type { HttpDelivery } from './httpDelivery.ts'
import type { Publisher } from './publisher.ts'
import { type Subscription, type SubscriptionStore, subscriptionArn } from './subscriptionStore.ts'
import type { Topic, TopicStore } from './topicStore.ts'

/** What SNS lends its operations. */
export interface Sns {
  topics: TopicStore
  subscriptions: SubscriptionStore
  publisher: Publisher
  http: HttpDelivery
  tokens: SealedTokens
  authorize: Authorize
  clock: Pick<Clock, 'now'>
  endpoint: () => string
}

export const invalidParameter = (message: string) =>
  new AwsError('InvalidParameterException', `Invalid parameter: ${message}`)
export const notFound = (what: string) => new AwsError('NotFoundException', `${what} does not exist`)

/** The topic of an ARN, if it is there and the caller may: its own policies or the topic's say so. */
export function topicOf(sns: Sns, call: Call, arn: string | undefined, action: string): Topic {
  const [, region, account] = /^arn:aws:sns:([a-z0-9-]+):(\d{12}):[\w-]{1,256}$/.exec(arn ?? '') ?? []
  if (arn === undefined || account === undefined) throw invalidParameter('TopicArn')
  if (region !== call.region) throw invalidParameter('TopicArn')
  const topic = sns.topics.find(arn)
  ask(sns, call, action, arn, account, topic?.policy)
  if (!topic) throw notFound('Topic')
  return topic
}

export function subscriptionOf(sns: Sns, call: Call, arn: string | undefined, action: string): Subscription {
  if (!/^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}:[0-9a-f-]{36}$/.test(arn ?? ''))
    throw invalidParameter('SubscriptionArn')
  const found = arn === undefined ? undefined : sns.subscriptions.find(arn)
  if (!found) throw notFound('Subscription')
  ask(sns, call, action, subscriptionArn(found), found.owner)
  return found
}

/** SNS has an error of its own for what IAM refuses. */
function ask(sns: Sns, call: Call, action: string, resource: string, owner: string, policy?: string): void {
  try {
    sns.authorize(call.caller, `SNS:${action}`, resource, {
      owner,
      ...(policy !== undefined && { policy }),
      context: { 'aws:SourceIp': call.sourceIp, 'aws:RequestedRegion': call.region },
    })
  } catch (error) {
    if (error instanceof AwsError && error.name.startsWith('AccessDenied'))
      throw new AwsError('AuthorizationErrorException', error.message)
    throw error
  }
}

/** One page of a list in the order of its keys; a hundred at a time, as SNS has it. */
export function paged<T>(
  sns: Sns,
  input: { NextToken?: string | undefined },
  read: (after: string, limit: number) => T[],
  key: (item: T) => string,
): { page: T[]; token: { NextToken?: string } } {
  const after = input.NextToken === undefined || input.NextToken === '' ? '' : sns.tokens.open(input, input.NextToken)
  if (after === undefined) throw invalidParameter('NextToken')
  const found = read(after, 101)
  const page = found.slice(0, 100)
  const last = page.at(-1)
  return { page, token: found.length > 100 && last ? { NextToken: sns.tokens.seal(input, key(last)) } : {} }
}
