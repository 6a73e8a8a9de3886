import type { Clock } from '../../../base/clock.ts'
import type { Admits } from '../../server/admits.ts'
import { AwsError } from '../../server/awsError.ts'
import type { KeptAttributes, MessageStore } from './messageStore.ts'
import { parseQueueArn, type QueueStore } from './queueStore.ts'
import { noSuchQueue } from './refusals.ts'

/** A message that another service brings. */
export interface Delivery {
  queueArn: string
  /** `sns.amazonaws.com` */
  service: string
  /** For which topic or rule. */
  sourceArn: string
  body: string
  attributes?: KeptAttributes
}

/** Puts messages of other services into queues whose policies let them in. Throws AccessDenied, or that there is none. */
export type Deliver = (delivery: Delivery) => void

export function createDeliver(of: {
  queues: QueueStore
  messages: MessageStore
  admits: Admits
  clock: Pick<Clock, 'now'>
}): Deliver {
  return ({ queueArn, service, sourceArn, body, attributes = {} }) => {
    const name = parseQueueArn(queueArn)
    const queue = name && of.queues.find(name)
    if (!queue) throw noSuchQueue()
    const visit = { service, action: 'sqs:SendMessage', resource: queueArn, sourceArn }
    if (!of.admits(queue.attributes.Policy, visit)) {
      throw new AwsError(
        'AccessDeniedException',
        `${service} is not authorized to perform: sqs:SendMessage on resource: ${queueArn}`,
      )
    }
    of.messages.send(queue, [{ body, attributes, sender: service }], of.clock.now())
  }
}
