import { AwsError } from '../../server/awsError.ts'
import type { Authorize } from '../../server/operation.ts'
import { newRequestId } from '../../server/requestId.ts'
import type { Identities } from '../iam/identities.ts'
import type { Delivery } from './deliveries.ts'
import { busNamed, notFound } from './lends.ts'
import { busArn } from './model.ts'
import type { Route } from './routing.ts'
import type { RuleStore } from './ruleStore.ts'

/** Puts an event on another bus, under the rule's role; one of another account must let that role in. */
export type ToBus = (delivery: Delivery) => void

export function createToBus(of: {
  rules: RuleStore
  route: Route
  identities: Pick<Identities, 'assume'>
  authorize: Authorize
}): ToBus {
  return ({ target, event, ruleArn }) => {
    const [, , , region = '', account = ''] = ruleArn.split(':')
    const bus = busNamed({ account, region }, target.Arn)
    if (!of.rules.hasBus(bus)) throw notFound(`Event bus ${bus.bus}`)
    if (target.RoleArn === undefined)
      throw new AwsError('ValidationException', `RoleArn is required for target ${target.Arn}.`)
    const caller = of.identities.assume(
      target.RoleArn,
      { service: 'events.amazonaws.com' },
      newRequestId().replaceAll('-', ''),
    )
    const policy = of.rules.policyOf(bus)
    of.authorize(caller, 'events:PutEvents', busArn(bus), {
      owner: bus.account,
      ...(policy !== undefined && { policy }),
    })
    of.route(bus, event)
  }
}
