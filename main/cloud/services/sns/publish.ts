import type { PublishInput, PublishResponse } from '@aws-sdk/client-sns'
import { z } from 'zod'
import type { Operation } from '../../server/operation.ts'
import { invalidParameter, type Sns, topicOf } from './lends.ts'

const largestMessage = 262_144
const structured = z.record(z.string(), z.unknown())

/** Publishes to a topic. Text messages and mobile endpoints are not offered. */
export const publish: Operation<Sns, PublishInput, PublishResponse> = {
  authorized: false,
  run(sns, input, call) {
    const { Message: text = '', Subject: subject, MessageStructure: structure, MessageAttributes } = input
    const topic = topicOf(sns, call, input.TopicArn ?? input.TargetArn, 'Publish')
    if (text === '') throw invalidParameter('Empty message')
    if (Buffer.byteLength(text) > largestMessage) throw invalidParameter('Message too long')
    if (subject !== undefined && !/^[\x20-\x7E]{1,100}$/.test(subject)) throw invalidParameter('Subject')
    if (structure !== undefined && structure !== 'json') throw invalidParameter('MessageStructure')
    const message = structure === 'json' ? byProtocol(text) : { default: text }
    return { MessageId: sns.publisher(topic.arn, { subject, message, attributes: MessageAttributes }) }
  },
}

function byProtocol(text: string): Record<string, string> {
  const refused = (reason: string) => invalidParameter(`Message Structure - ${reason}`)
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw refused('JSON message body failed to parse')
  }
  const read = structured.safeParse(parsed)
  if (!read.success) throw refused('JSON message body failed to parse')
  const texts = Object.entries(read.data).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  if (!texts.some(([protocol]) => protocol === 'default')) throw refused('No default entry in JSON message body')
  return Object.fromEntries(texts)
}
