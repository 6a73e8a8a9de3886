import type { CreateEventBusRequest, CreateEventBusResponse } from '@aws-sdk/client-eventbridge'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { busResource, type EventBridge, validation } from './lends.ts'
import { busArn } from './model.ts'

export const createEventBus: Operation<EventBridge, CreateEventBusRequest, CreateEventBusResponse> = {
  resources: ({ Name }, call) => busResource(call, Name),
  run({ rules, clock }, { Name: bus = '' }, { account, region }) {
    if (!/^[.\-_A-Za-z0-9]{1,256}$/.test(bus)) throw validation(`Event bus name ${bus} is not valid.`)
    const named = { account, region, bus }
    if (rules.hasBus(named)) throw new AwsError('ResourceAlreadyExistsException', `Event bus ${bus} already exists.`)
    rules.createBus(named, clock.now())
    return { EventBusArn: busArn(named) }
  },
}
