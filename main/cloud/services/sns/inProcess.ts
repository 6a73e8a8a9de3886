import type { Admits } from '../../server/admits.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Authorize, Caller } from '../../server/operation.ts'
import { notFound } from './lends.ts'
import type { Outgoing, Publisher } from './publisher.ts'
import type { TopicStore } from './topicStore.ts'

/** How the cloud's other services publish. */
export interface Topics {
  /** Under a role, which must be allowed to. Throws AccessDenied, or that there is no such topic. */
  publishAs(caller: Caller, topicArn: string, outgoing: Outgoing): string
  /** On a service's own behalf, which the topic's policy must let in. */
  publishFor(visit: { service: string; sourceArn: string }, topicArn: string, outgoing: Outgoing): string
}

/** Services that say for whom they work, so that a topic's default policy lets them in at home. */
const ownersKnown = new Set(['cloudwatch.amazonaws.com'])

export function createTopics(of: {
  topics: TopicStore
  publisher: Publisher
  authorize: Authorize
  admits: Admits
}): Topics {
  const { topics, publisher, authorize, admits } = of
  const found = (arn: string) => {
    const topic = topics.find(arn)
    if (!topic) throw notFound('Topic')
    return topic
  }
  return {
    publishAs(caller, topicArn, outgoing) {
      const policy = topics.find(topicArn)?.policy
      const owner = topicArn.split(':')[4] ?? ''
      authorize(caller, 'SNS:Publish', topicArn, { owner, ...(policy !== undefined && { policy }) })
      return publisher(found(topicArn).arn, outgoing)
    },
    publishFor({ service, sourceArn }, topicArn, outgoing) {
      const { policy, account } = found(topicArn)
      const atHome = policy === undefined && ownersKnown.has(service) && sourceArn.split(':')[4] === account
      if (!atHome && !admits(policy, { service, sourceArn, action: 'SNS:Publish', resource: topicArn })) {
        throw new AwsError(
          'AuthorizationErrorException',
          `${service} is not authorized to perform: SNS:Publish on resource: ${topicArn}`,
        )
      }
      return publisher(topicArn, outgoing)
    },
  }
}
