import type { PutPermissionRequest } from '@aws-sdk/client-eventbridge'
import { MalformedPolicy, parsePolicy } from '../../../iam/policy.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { busOf, busResource, type EventBridge, validation } from './lends.ts'

/** Says who else may put events on a bus, as a whole policy; statements one by one and the default bus are not offered. */
export const putPermission: Operation<EventBridge, PutPermissionRequest, object> = {
  resources: ({ EventBusName }, call) => busResource(call, EventBusName),
  run(lends, { EventBusName, Policy }, call) {
    const bus = busOf(lends, call, EventBusName)
    if (bus.bus === 'default' || Policy === undefined)
      throw new AwsError(
        'OperationDisabledException',
        'The local cloud takes a whole policy, for a bus of your own: give EventBusName and Policy.',
      )
    try {
      parsePolicy(Policy, 'resource')
    } catch (error) {
      if (error instanceof MalformedPolicy) throw validation(`The policy is not valid: ${error.message}`)
      throw error
    }
    lends.rules.putPolicy(bus, Policy)
    return {}
  },
}
