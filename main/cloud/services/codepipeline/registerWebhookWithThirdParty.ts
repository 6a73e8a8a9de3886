import type {
  RegisterWebhookWithThirdPartyInput,
  RegisterWebhookWithThirdPartyOutput,
} from '@aws-sdk/client-codepipeline'
import { AwsError } from '../../server/awsError.ts'
import type { Call, Operation } from '../../server/operation.ts'
import { checked, entityName, structure } from './constraints.ts'
import type { CodePipeline } from './lends.ts'
import type { Webhook } from './webhookStore.ts'
import { namedWebhook } from './webhookView.ts'

const Input = structure({ webhookName: entityName().optional() })

/** Accepts, and shows as the webhook's error that this cloud calls no third party: its URL is to be given by hand. */
export const registerWebhookWithThirdParty: Operation<
  CodePipeline,
  RegisterWebhookWithThirdPartyInput,
  RegisterWebhookWithThirdPartyOutput
> = {
  resources: ({ webhookName }, call) => [namedWebhook(call, webhookName ?? '*')],
  run(service, input, call) {
    const webhook = webhookNamed(service, call, checked(Input, input).webhookName)
    service.webhooks.setError(webhook, {
      code: 'ThirdPartyNotReachable',
      message: 'The local cloud calls no third party. Add the URL of this webhook to the repository by hand.',
    })
    return {}
  },
}

/** UNCONFIRMED: wording, and that a call without a name finds none. */
export function webhookNamed({ webhooks }: CodePipeline, call: Call, name: string | undefined): Webhook {
  const webhook = name === undefined ? undefined : webhooks.find(call.account, call.region, name)
  if (webhook) return webhook
  throw new AwsError('WebhookNotFoundException', `The webhook ${name ?? ''} cannot be found`)
}
