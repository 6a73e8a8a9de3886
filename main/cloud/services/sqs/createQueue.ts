import type { CreateQueueRequest, CreateQueueResult } from '@aws-sdk/client-sqs'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { defaults, withAttributes } from './attributes.ts'
import { queueUrl, type Sqs } from './lends.ts'
import { queueArn } from './queueStore.ts'
import { invalidParameter, missingParameter } from './refusals.ts'

/** Makes a queue; for one that is there with the same attributes, tells its URL. */
export const createQueue: Operation<Sqs, CreateQueueRequest, CreateQueueResult> = {
  resources: ({ QueueName: name = '' }, call) => [queueArn({ ...call, name })],
  run(sqs, { QueueName: name, Attributes: given = {}, tags = {} }, { account, region }) {
    if (name === undefined) throw missingParameter('QueueName')
    if (name.endsWith('.fifo')) throw new AwsError('UnsupportedOperation', 'The local cloud has standard queues only.')
    if (!/^[\w-]{1,80}$/.test(name))
      throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length')
    const attributes = withAttributes(defaults, given)
    const found = sqs.queues.find({ account, region, name })
    if (found) {
      // Attributes that are not named are whatever they are.
      const asked = withAttributes(found.attributes, given)
      const differing = (Object.keys(given) as (keyof typeof asked)[]).find(
        key => JSON.stringify(asked[key]) !== JSON.stringify(found.attributes[key]),
      )
      if (differing !== undefined)
        throw new AwsError(
          'QueueNameExists',
          `A queue already exists with the same name and a different value for attribute ${differing}`,
        )
    } else sqs.queues.create({ account, region, name }, attributes, tags, sqs.clock.now())
    return { QueueUrl: queueUrl(sqs, { account, name }) }
  },
}
