import type { DeleteWebhookInput, DeleteWebhookOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, structure } from './constraints.ts'
import type { CodePipeline } from './lends.ts'
import { namedWebhook } from './webhookView.ts'

const Input = structure({ name: entityName() })

/** Ends a webhook and its URL; one that is not there is no error. */
export const deleteWebhook: Operation<CodePipeline, DeleteWebhookInput, DeleteWebhookOutput> = {
  resources: ({ name }, call) => [namedWebhook(call, name ?? '')],
  run({ webhooks }, input, call) {
    webhooks.remove(call.account, call.region, checked(Input, input).name)
    return {}
  },
}
