import type { DeleteEventBusRequest } from '@aws-sdk/client-eventbridge'
import type { Operation } from '../../server/operation.ts'
import { busResource, type EventBridge, validation } from './lends.ts'

export const deleteEventBus: Operation<EventBridge, DeleteEventBusRequest, object> = {
  resources: ({ Name }, call) => busResource(call, Name),
  run({ rules }, { Name: bus = '' }, { account, region }) {
    if (bus === 'default') throw validation('Cannot delete event bus default.')
    const named = { account, region, bus }
    if (rules.list(named, { prefix: '', after: '', limit: 1 }).length > 0)
      throw validation(`Event bus ${bus} can't be deleted since it has rules.`)
    rules.removeBus(named)
    return {}
  },
}
