import type { ListEventBusesRequest, ListEventBusesResponse } from '@aws-sdk/client-eventbridge'
import type { Operation } from '../../server/operation.ts'
import { type EventBridge, paged } from './lends.ts'
import { busArn } from './model.ts'

export const listEventBuses: Operation<EventBridge, ListEventBusesRequest, ListEventBusesResponse> = {
  run(lends, input, { account, region }) {
    const own = lends.rules.buses(account, region).map(({ bus }) => bus)
    const names = ['default', ...own].filter(name => name.startsWith(input.NamePrefix ?? '')).sort()
    const read = (after: string, limit: number) => names.filter(name => name > after).slice(0, limit)
    const { page, token } = paged(lends, input, read, name => name)
    return { EventBuses: page.map(bus => ({ Name: bus, Arn: busArn({ account, region, bus }) })), ...token }
  },
}
