import type { ListRulesRequest, ListRulesResponse } from '@aws-sdk/client-eventbridge'
import type { Operation } from '../../server/operation.ts'
import { toRule } from './describeRule.ts'
import { busOf, type EventBridge, paged } from './lends.ts'

export const listRules: Operation<EventBridge, ListRulesRequest, ListRulesResponse> = {
  run(lends, input, call) {
    const { NamePrefix: prefix = '', EventBusName } = input
    const bus = busOf(lends, call, EventBusName)
    const read = (after: string, limit: number) => lends.rules.list(bus, { prefix, after, limit })
    const { page, token } = paged(lends, input, read, ({ name }) => name)
    return { Rules: page.map(toRule), ...token }
  },
}
