import type { ListWebhooksInput, ListWebhooksOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, nextToken, pageSize, structure } from './constraints.ts'
import type { CodePipeline } from './lends.ts'

const Input = structure({ NextToken: nextToken(), MaxResults: pageSize() })

/** Webhooks: none, as long as PutWebhook does not exist. The members are written with a capital, here only. */
export const listWebhooks: Operation<CodePipeline, ListWebhooksInput, ListWebhooksOutput> = {
  resources: (_input, { account, region }) => [`arn:aws:codepipeline:${region}:${account}:webhook:*`],
  run({ pageTokens }, input) {
    const { NextToken: token } = checked(Input, input)
    if (token !== undefined) pageTokens.refuse()
    return { webhooks: [] }
  },
}
