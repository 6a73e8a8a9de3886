import type { Clock } from '../../base/clock.ts'
import { evaluate } from '../../iam/evaluate.ts'
import { createPolicyCache, requestOf } from './authorize.ts'

/** One AWS service on its way into a resource: `sns.amazonaws.com` to a queue, for a topic. */
export interface ServiceVisit {
  /** `events.amazonaws.com` */
  service: string
  action: string
  /** The ARN that is asked for. */
  resource: string
  /** What the service works for: a rule, a topic, an alarm. */
  sourceArn: string
}

/** Whether a resource's own policy (JSON text; none admits nobody) lets a service in. */
export type Admits = (policy: string | undefined, visit: ServiceVisit) => boolean

export function createAdmits(clock: Pick<Clock, 'now'>): Admits {
  const parse = createPolicyCache()
  return (policy, { service, action, resource, sourceArn }) => {
    if (policy === undefined) return false
    const caller = { kind: 'service', account: '', arn: service, userId: service, principalArn: service } as const
    const context = { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': sourceArn.split(':')[4] ?? '' }
    const decision = evaluate(requestOf(caller, action, resource, { context }, clock), {
      identity: [],
      resource: { kind: 'resource', name: resource, policy: parse(policy, 'resource') },
      resourceMustAllow: true,
    })
    return decision.kind === 'allow'
  }
}
