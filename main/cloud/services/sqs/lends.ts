import type { Clock } from '../../../base/clock.ts'
import type { Authorize, Call } from '../../server/operation.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import type { MessageStore } from './messageStore.ts'
import { type Queue, type QueueStore, queueArn } from './queueStore.ts'
import { missingParameter, noSuchQueue } from './refusals.ts'
import type { Waiting } from './waiting.ts'

/** What SQS lends its operations. */
export interface Sqs {
  queues: QueueStore
  messages: MessageStore
  waiting: Waiting
  tokens: SealedTokens
  authorize: Authorize
  clock: Clock
  /** `http://127.0.0.1:4599` */
  endpoint: () => string
}

export const queueUrl = ({ endpoint }: Pick<Sqs, 'endpoint'>, { account, name }: Pick<Queue, 'account' | 'name'>) =>
  `${endpoint()}/${account}/${name}`

/** The queue that a call names by its URL, if it is there and the caller may: its own policies or the queue's say so. */
export function queueOf(sqs: Sqs, call: Call, url: string | undefined, action: string): Queue {
  if (url === undefined || url === '') throw missingParameter('QueueUrl')
  const [, account = call.account, name = ''] = /^(?:https?:\/\/[^/]+)?\/?(\d{12})\/([\w-]+)\/?$/.exec(url) ?? []
  const queue = sqs.queues.find({ account, region: call.region, name })
  const resource = queueArn({ account, region: call.region, name })
  sqs.authorize(call.caller, `sqs:${action}`, resource, {
    owner: account,
    ...(queue?.attributes.Policy !== undefined && { policy: queue.attributes.Policy }),
    context: { 'aws:SourceIp': call.sourceIp, 'aws:RequestedRegion': call.region },
  })
  if (!queue) throw noSuchQueue()
  return queue
}
