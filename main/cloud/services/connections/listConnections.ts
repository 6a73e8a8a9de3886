import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { type Connections, toConnection } from './lends.ts'

interface Input {
  ProviderTypeFilter?: string
  MaxResults?: number
  NextToken?: string
}

export const listConnections: Operation<Connections, Input, object> = {
  run({ store, tokens }, input, { account, region }) {
    const { ProviderTypeFilter: provider, MaxResults: limit = 100, NextToken } = input
    const after = NextToken === undefined ? '' : tokens.open(input, NextToken)
    if (after === undefined || limit < 0 || limit > 100) {
      throw new AwsError('ValidationException', `${after === undefined ? 'NextToken' : 'MaxResults'} is not valid.`)
    }
    const found = store
      .list(account, region, after, Number.MAX_SAFE_INTEGER)
      .filter(connection => provider === undefined || connection.provider === provider)
    const page = found.slice(0, limit === 0 ? 100 : limit)
    const last = page.at(-1)
    return {
      Connections: page.map(toConnection),
      ...(found.length > page.length && last && { NextToken: tokens.seal(input, last.arn) }),
    }
  },
}
