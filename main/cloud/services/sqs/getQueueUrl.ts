import type { GetQueueUrlRequest, GetQueueUrlResult } from '@aws-sdk/client-sqs'
import type { Operation } from '../../server/operation.ts'
import { queueOf, queueUrl, type Sqs } from './lends.ts'
import { missingParameter } from './refusals.ts'

export const getQueueUrl: Operation<Sqs, GetQueueUrlRequest, GetQueueUrlResult> = {
  authorized: false,
  run(sqs, { QueueName: name, QueueOwnerAWSAccountId: owner }, call) {
    if (name === undefined) throw missingParameter('QueueName')
    const queue = queueOf(sqs, call, `/${owner ?? call.account}/${name}`, 'GetQueueUrl')
    return { QueueUrl: queueUrl(sqs, queue) }
  },
}
