import type { SetTopicAttributesInput } from '@aws-sdk/client-sns'
import { readPolicy } from '../../server/authorize.ts'
import type { Operation } from '../../server/operation.ts'
import { invalidParameter, type Sns, topicOf } from './lends.ts'
import type { Topic } from './topicStore.ts'

export const setTopicAttributes: Operation<Sns, SetTopicAttributesInput, object> = {
  authorized: false,
  run(sns, { TopicArn, AttributeName = '', AttributeValue }, call) {
    const topic = topicOf(sns, call, TopicArn, 'SetTopicAttributes')
    sns.topics.change(withAttribute(topic, AttributeName, AttributeValue))
    return {}
  },
}

/** Told back by AWS, without effect on this machine. */
const ignored = new Set(['DeliveryPolicy', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'])

export function withAttribute(topic: Topic, name: string, value = ''): Topic {
  if (name === 'DisplayName') return { ...topic, displayName: value }
  if (name === 'Policy') return { ...topic, policy: value === '' ? undefined : policyIn(value) }
  if (ignored.has(name)) return topic
  throw invalidParameter('AttributeName')
}

function policyIn(text: string): string {
  try {
    readPolicy(text, 'resource')
  } catch {
    throw invalidParameter('Policy Error: null')
  }
  return text
}
