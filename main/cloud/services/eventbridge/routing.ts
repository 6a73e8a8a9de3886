import { randomUUID } from 'node:crypto'
import type { CloudEvent } from '../../events.ts'
import type { Deliveries } from './deliveries.ts'
import { type BusName, type EventEnvelope, ruleArn } from './model.ts'
import { matchesPattern } from './pattern.ts'
import type { RuleStore } from './ruleStore.ts'

/** Holds an event against the rules of a bus and puts what matched on its way. Answers the event's id. */
export type Route = (bus: BusName, event: CloudEvent | Omit<EventEnvelope, 'id' | 'version'>) => string

export function createRoute(
  rules: RuleStore,
  deliveries: Deliveries,
  matched: (arn: string, targets: number) => void,
): Route {
  return (bus, event) => {
    const { source, account, time, region, resources, detail } = event
    const envelope: EventEnvelope = {
      version: '0',
      id: randomUUID(),
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
      const targets = rules.targets(rule)
      matched(ruleArn(rule), targets.length)
      deliveries.put(ruleArn(rule), targets, envelope)
    }
    return envelope.id
  }
}
