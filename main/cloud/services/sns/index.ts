import type { Clock } from '../../../base/clock.ts'
import type { Admits } from '../../server/admits.ts'
import type { Mount } from '../../server/http.ts'
import type { Authorize, Service } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import type { Deliver } from '../sqs/delivery.ts'
import { confirmationMount } from './confirmationMount.ts'
import { confirmSubscription } from './confirmSubscription.ts'
import { createTopic } from './createTopic.ts'
import { deleteTopic } from './deleteTopic.ts'
import { getSubscriptionAttributes } from './getSubscriptionAttributes.ts'
import { getTopicAttributes } from './getTopicAttributes.ts'
import { createHttpDelivery } from './httpDelivery.ts'
import { createTopics, type Topics } from './inProcess.ts'
import type { Sns } from './lends.ts'
import { listSubscriptions } from './listSubscriptions.ts'
import { listSubscriptionsByTopic } from './listSubscriptionsByTopic.ts'
import { listTopics } from './listTopics.ts'
import { publish } from './publish.ts'
import { createPublisher } from './publisher.ts'
import { migrateSns } from './schema.ts'
import { setSubscriptionAttributes } from './setSubscriptionAttributes.ts'
import { setTopicAttributes } from './setTopicAttributes.ts'
import { subscribe } from './subscribe.ts'
import { createSubscriptionStore } from './subscriptionStore.ts'
import { createTopicStore } from './topicStore.ts'
import { unsubscribe } from './unsubscribe.ts'

const operations = {
  ConfirmSubscription: confirmSubscription,
  CreateTopic: createTopic,
  DeleteTopic: deleteTopic,
  GetSubscriptionAttributes: getSubscriptionAttributes,
  GetTopicAttributes: getTopicAttributes,
  ListSubscriptions: listSubscriptions,
  ListSubscriptionsByTopic: listSubscriptionsByTopic,
  ListTopics: listTopics,
  Publish: publish,
  SetSubscriptionAttributes: setSubscriptionAttributes,
  SetTopicAttributes: setTopicAttributes,
  Subscribe: subscribe,
  Unsubscribe: unsubscribe,
}

/** SNS, and how other services publish to its topics. */
export function createSns(options: {
  database: CloudDatabase
  clock: Clock
  authorize: Authorize
  admits: Admits
  tokens: SealedTokens
  deliver: Deliver
  endpoint: () => string
  onError: (error: unknown, what: string) => void
}): { service: Service<Sns>; topics: Topics; mount: Mount; start(): void; stop(): Promise<void> } {
  const { database } = options
  migrateSns(database)
  const topics = createTopicStore(database)
  const subscriptions = createSubscriptionStore(database)
  const http = createHttpDelivery(options)
  const publisher = createPublisher({ ...options, subscriptions, http })
  return {
    service: { name: 'sns', lends: { ...options, topics, subscriptions, publisher, http }, operations },
    topics: createTopics({ ...options, topics, publisher }),
    mount: confirmationMount({ subscriptions }),
    start: () => http.start(),
    stop: () => http.stop(),
  }
}
