import type { Clock } from '../../../base/clock.ts'
import type { Admits } from '../../server/admits.ts'
import type { Authorize, Service } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import { changeMessageVisibility } from './changeMessageVisibility.ts'
import { createQueue } from './createQueue.ts'
import { deleteMessage } from './deleteMessage.ts'
import { deleteMessageBatch } from './deleteMessageBatch.ts'
import { deleteQueue } from './deleteQueue.ts'
import { createDeliver, type Deliver } from './delivery.ts'
import { getQueueAttributes } from './getQueueAttributes.ts'
import { getQueueUrl } from './getQueueUrl.ts'
import type { Sqs } from './lends.ts'
import { listQueues } from './listQueues.ts'
import { listQueueTags } from './listQueueTags.ts'
import { createMessageStore } from './messageStore.ts'
import { purgeQueue } from './purgeQueue.ts'
import { createQueueStore } from './queueStore.ts'
import { receiveMessage } from './receiveMessage.ts'
import { migrateSqs } from './schema.ts'
import { sendMessage } from './sendMessage.ts'
import { sendMessageBatch } from './sendMessageBatch.ts'
import { setQueueAttributes } from './setQueueAttributes.ts'
import { createWaiting } from './waiting.ts'

const operations = {
  ChangeMessageVisibility: changeMessageVisibility,
  CreateQueue: createQueue,
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteMessageBatch,
  DeleteQueue: deleteQueue,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: getQueueUrl,
  ListQueues: listQueues,
  ListQueueTags: listQueueTags,
  PurgeQueue: purgeQueue,
  ReceiveMessage: receiveMessage,
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
  SetQueueAttributes: setQueueAttributes,
}

/** SQS, and how other services put messages into its queues. */
export function createSqs(options: {
  database: CloudDatabase
  clock: Clock
  authorize: Authorize
  admits: Admits
  tokens: SealedTokens
  endpoint: () => string
}): { service: Service<Sqs>; deliver: Deliver } {
  const { database, clock } = options
  migrateSqs(database)
  const queues = createQueueStore(database)
  const waiting = createWaiting(clock)
  const messages = createMessageStore(database, queues, queue => waiting.ring(queue))
  return {
    service: { name: 'sqs', lends: { ...options, queues, messages, waiting }, operations },
    deliver: createDeliver({ ...options, queues, messages }),
  }
}
