import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageRequest,
  type SQSClient,
} from '@aws-sdk/client-sqs'

/** The policy of a queue or a topic that lets one thing of a service in. */
export const allow = (service: string, action: string, resource: string, sourceArn: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: action,
        Resource: resource,
        Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
      },
    ],
  })

/** Queues of the cloud's first account. */
export function createQueues(sqs: () => SQSClient, account: () => string) {
  return {
    async queue(QueueName: string, Attributes: Record<string, string> = {}) {
      const { QueueUrl = '' } = await sqs().send(new CreateQueueCommand({ QueueName, Attributes }))
      return { url: QueueUrl, arn: `arn:aws:sqs:us-east-1:${account()}:${QueueName}` }
    },
    receive: async (QueueUrl: string, more: Partial<ReceiveMessageRequest> = {}) =>
      (await sqs().send(new ReceiveMessageCommand({ QueueUrl, ...more }))).Messages ?? [],
  }
}
