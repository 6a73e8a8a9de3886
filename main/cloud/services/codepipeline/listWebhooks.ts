import type { ListWebhooksInput, ListWebhooksOutput } from '@aws-sdk/client-codepipeline'
import { z } from 'zod'
import type { Operation } from '../../server/operation.ts'
import { checked, nextToken, pageSize, structure } from './constraints.ts'
import type { CodePipeline } from './lends.ts'
import { namedWebhook, webhookView } from './webhookView.ts'

const Input = structure({ NextToken: nextToken(), MaxResults: pageSize() })
const position = z.object({ after: z.string() })

/** The account's webhooks by name, secrets left out. Its paging members have capitals, here only. */
export const listWebhooks: Operation<CodePipeline, ListWebhooksInput, ListWebhooksOutput> = {
  resources: (_input, call) => [namedWebhook(call, '*')],
  run(service, input, call) {
    const { NextToken: token, MaxResults: most = 100 } = checked(Input, input)
    const scope = { operation: 'ListWebhooks', account: call.account, region: call.region }
    const from = token === undefined ? undefined : service.pageTokens.open(scope, token, position).after
    const found = service.webhooks.list(call.account, call.region, most + 1, from)
    const page = found.slice(0, most)
    const last = page.at(-1)
    return {
      webhooks: page.map(webhook => webhookView(service, webhook)),
      ...(found.length > most &&
        last && { NextToken: service.pageTokens.seal(scope, { after: last.definition.name }) }),
    }
  },
}
