import type {
  DeregisterWebhookWithThirdPartyInput,
  DeregisterWebhookWithThirdPartyOutput,
} from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, structure } from './constraints.ts'
import type { CodePipeline } from './lends.ts'
import { webhookNamed } from './registerWebhookWithThirdParty.ts'
import { namedWebhook } from './webhookView.ts'

const Input = structure({ webhookName: entityName().optional() })

/** Takes back what RegisterWebhookWithThirdParty left at the webhook; its URL goes on to work. */
export const deregisterWebhookWithThirdParty: Operation<
  CodePipeline,
  DeregisterWebhookWithThirdPartyInput,
  DeregisterWebhookWithThirdPartyOutput
> = {
  resources: ({ webhookName }, call) => [namedWebhook(call, webhookName ?? '*')],
  run(service, input, call) {
    service.webhooks.setError(webhookNamed(service, call, checked(Input, input).webhookName), undefined)
    return {}
  },
}
