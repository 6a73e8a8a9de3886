import { randomUUID } from 'node:crypto'
import type { Millis } from '../../../base/clock.ts'
import type { CloudEvent } from '../../events.ts'
import type { Deliveries } from './deliveries.ts'
import { type BusName, type EventEnvelope, type Rule, ruleArn } from './model.ts'
import { matchesPattern } from './pattern.ts'
import type { RuleStore } from './ruleStore.ts'

/**
 * Holds an event against the rules of a bus and puts what matched on its way. Answers the event's id. One that comes
 * from another bus keeps its id, and goes on to no third one.
 */
export type Route = (bus: BusName, event: CloudEvent | Omit<EventEnvelope, 'id' | 'version'> | EventEnvelope) => string

export function createRoute(
  rules: RuleStore,
  deliveries: Deliveries,
  matched: (arn: string, targets: number) => void,
): Route {
  return (bus, event) => {
    const forwarded = 'id' in event
    const { source, account, time, region, resources, detail } = event
    const envelope: EventEnvelope = {
      version: '0',
      id: forwarded ? event.id : randomUUID(),
      'detail-type': event['detail-type'],
      source,
      account,
      time,
      region,
      resources,
      detail,
    }
    for (const rule of rules.live(bus)) {
      if (!matchesPattern(rule.match, envelope)) continue
      const targets = rules.targets(rule).filter(({ Arn }) => !(forwarded && isBus(Arn)))
      matched(ruleArn(rule), targets.length)
      deliveries.put(ruleArn(rule), targets, envelope)
    }
    return envelope.id
  }
}

const isBus = (arn: string) => arn.startsWith('arn:aws:events:')

/** What the targets of a rule get that runs on a schedule. */
export function scheduledEvent(rule: Rule, at: Millis): EventEnvelope {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: rule.account,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: rule.region,
    resources: [ruleArn(rule)],
    detail: {},
  }
}
