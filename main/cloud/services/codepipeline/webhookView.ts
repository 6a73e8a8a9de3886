import type { ListWebhookItem } from '@aws-sdk/client-codepipeline'
import type { Call } from '../../server/operation.ts'
import type { CodePipeline } from './lends.ts'
import { present } from './present.ts'
import { tagList } from './tags.ts'
import { webhookUrl } from './webhookDelivery.ts'
import type { Webhook, WebhookDefinition } from './webhookStore.ts'

const mask = '****'

/** `arn:…:webhook:NAME` (fact sheet, section 6). */
export const namedWebhook = ({ account, region }: Pick<Call, 'account' | 'region'>, name: string) =>
  `arn:aws:codepipeline:${region}:${account}:webhook:${name}`

export const webhookArn = (webhook: Webhook) => namedWebhook(webhook, webhook.definition.name)

/** A webhook as its reads show it: without its secret. */
export function webhookView({ endpoint }: CodePipeline, webhook: Webhook): ListWebhookItem {
  const { definition, tags, lastTriggered, error } = webhook
  const { SecretToken } = definition.authenticationConfiguration
  return present<ListWebhookItem>({
    definition: {
      ...definition,
      authenticationConfiguration: {
        ...definition.authenticationConfiguration,
        ...(SecretToken !== undefined && { SecretToken: mask }),
      },
    },
    url: webhookUrl(endpoint(), webhook),
    errorMessage: error?.message,
    errorCode: error?.code,
    lastTriggered: lastTriggered === undefined ? undefined : new Date(lastTriggered),
    arn: webhookArn(webhook),
    tags: tags.size > 0 ? tagList(tags) : undefined,
  })
}

/** A definition with the secret that it had, where only asterisks came back. UNCONFIRMED: AWS says so of pipelines. */
export function withKeptSecret(definition: WebhookDefinition, former: Webhook | undefined): WebhookDefinition {
  const { authenticationConfiguration: configuration } = definition
  const kept = former?.definition.authenticationConfiguration.SecretToken
  if (configuration.SecretToken !== mask || kept === undefined) return definition
  return { ...definition, authenticationConfiguration: { ...configuration, SecretToken: kept } }
}
