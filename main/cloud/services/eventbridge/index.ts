import type { Clock } from '../../../base/clock.ts'
import type { EventBus } from '../../events.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Authorize, Service } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import type { Identities } from '../iam/identities.ts'
import type { Functions } from '../lambda/inProcess.ts'
import type { Topics } from '../sns/inProcess.ts'
import type { Deliver } from '../sqs/delivery.ts'
import { createEventBus as createBus } from './createEventBus.ts'
import { deleteEventBus } from './deleteEventBus.ts'
import { deleteRule } from './deleteRule.ts'
import { createDeliveries, type Delivery } from './deliveries.ts'
import { describeEventBus } from './describeEventBus.ts'
import { describeRule } from './describeRule.ts'
import { disableRule } from './disableRule.ts'
import { enableRule } from './enableRule.ts'
import type { EventBridge } from './lends.ts'
import { listEventBuses } from './listEventBuses.ts'
import { listRules } from './listRules.ts'
import { listTargetsByRule } from './listTargetsByRule.ts'
import { ruleArn } from './model.ts'
import { putEvents } from './putEvents.ts'
import { putPermission } from './putPermission.ts'
import { putRule } from './putRule.ts'
import { putTargets } from './putTargets.ts'
import { removeTargets } from './removeTargets.ts'
import { createRoute, scheduledEvent } from './routing.ts'
import { createRuleStore } from './ruleStore.ts'
import { createSchedules } from './schedules.ts'
import { migrateEventBridge } from './schema.ts'
import { createTargets, type StartPipeline } from './targets.ts'
import { testEventPattern } from './testEventPattern.ts'
import { createToBus } from './toBus.ts'

const operations = {
  CreateEventBus: createBus,
  DeleteEventBus: deleteEventBus,
  DeleteRule: deleteRule,
  DescribeEventBus: describeEventBus,
  DescribeRule: describeRule,
  DisableRule: disableRule,
  EnableRule: enableRule,
  ListEventBuses: listEventBuses,
  ListRules: listRules,
  ListTargetsByRule: listTargetsByRule,
  PutEvents: putEvents,
  PutPermission: putPermission,
  PutRule: putRule,
  PutTargets: putTargets,
  RemoveTargets: removeTargets,
  TestEventPattern: testEventPattern,
}

/** What AWS/Events counts for a rule. */
export type RuleMetric = 'MatchedEvents' | 'TriggeredRules' | 'Invocations' | 'FailedInvocations'

export interface EventBridgeOptions {
  database: CloudDatabase
  clock: Clock
  bus: EventBus
  authorize: Authorize
  identities: Pick<Identities, 'assume'>
  tokens: SealedTokens
  startPipeline: StartPipeline
  toQueue: Deliver
  topics: Topics
  functions: Functions
  measure: (ruleArn: string, metric: RuleMetric) => void
  onError: (error: unknown, what: string) => void
}

/** EventBridge: rules over what the cloud's services tell and over events of one's own. */
export function createEventBridge(options: EventBridgeOptions): {
  service: Service<EventBridge>
  start(): void
  stop(): Promise<void>
} {
  const { database, bus, clock, toQueue, measure, onError } = options
  migrateEventBridge(database)
  const rules = createRuleStore(database, () => schedules.plan())
  // A bus's rules and what brings events to their targets know each other: an event may go on to another bus.
  const toBus = createToBus({ ...options, rules, route: (to, event) => route(to, event) })
  const deliver = createTargets({ ...options, toBus })
  const deliveries = createDeliveries({
    database,
    clock,
    onError,
    deliver(delivery) {
      measure(delivery.ruleArn, 'Invocations')
      return deliver(delivery)
    },
    gaveUp(delivery, error) {
      measure(delivery.ruleArn, 'FailedInvocations')
      const letters = delivery.target.DeadLetterConfig?.Arn
      const rest = letters === undefined ? error : toDeadLetters(toQueue, letters, delivery, error)
      if (rest) onError(rest, `delivery to ${delivery.target.Arn}`)
    },
  })
  const schedules = createSchedules({
    rules,
    clock,
    run(rule, at) {
      const targets = rules.targets(rule)
      if (targets.length > 0) measure(ruleArn(rule), 'TriggeredRules')
      deliveries.put(ruleArn(rule), targets, scheduledEvent(rule, at))
    },
  })
  const route = createRoute(rules, deliveries, (arn, targets) => {
    measure(arn, 'MatchedEvents')
    if (targets > 0) measure(arn, 'TriggeredRules')
  })
  // From the first moment: what a former process left to tell is told while the others start.
  const unsubscribe = bus.subscribe(event => route({ ...event, bus: 'default' }, event))
  return {
    service: { name: 'events', lends: { ...options, rules, route }, operations },
    start() {
      deliveries.start()
      schedules.start()
    },
    async stop() {
      schedules.stop()
      unsubscribe()
      await deliveries.stop()
    },
  }
}

/** Keeps what could not be delivered, as AWS does; answers why not even that could be done. */
function toDeadLetters(toQueue: Deliver, queueArn: string, delivery: Delivery, error: AwsError): AwsError | undefined {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue })
  const attributes = {
    RULE_ARN: text(delivery.ruleArn),
    TARGET_ARN: text(delivery.target.Arn),
    ERROR_CODE: text(error.name),
    ERROR_MESSAGE: text(error.message),
    RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(delivery.attempts) },
  }
  const from = { service: 'events.amazonaws.com', sourceArn: delivery.ruleArn }
  try {
    toQueue({ queueArn, ...from, body: JSON.stringify(delivery.event), attributes })
    return undefined
  } catch (refusal) {
    if (refusal instanceof AwsError) return refusal
    throw refusal
  }
}
