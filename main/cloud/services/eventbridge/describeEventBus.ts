import type { DescribeEventBusRequest, DescribeEventBusResponse } from '@aws-sdk/client-eventbridge'
import type { Operation } from '../../server/operation.ts'
import { busOf, busResource, type EventBridge } from './lends.ts'
import { busArn } from './model.ts'

export const describeEventBus: Operation<EventBridge, DescribeEventBusRequest, DescribeEventBusResponse> = {
  resources: ({ Name }, call) => busResource(call, Name),
  run(lends, { Name }, call) {
    const bus = busOf(lends, call, Name)
    const policy = lends.rules.policyOf(bus)
    return { Name: bus.bus, Arn: busArn(bus), ...(policy !== undefined && { Policy: policy }) }
  },
}
