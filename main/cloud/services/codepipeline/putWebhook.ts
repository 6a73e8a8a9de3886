import type { PutWebhookInput, PutWebhookOutput } from '@aws-sdk/client-codepipeline'
import { assertNever } from '../../../base/assertNever.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, list, oneOf, structure, text } from './constraints.ts'
import { tags as tagList } from './declarationConstraints.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'
import { checkTags } from './tags.ts'
import { addressesOf } from './webhookAuthentication.ts'
import { parseJsonPath, placeholdersOf } from './webhookFilters.ts'
import type { WebhookDefinition } from './webhookStore.ts'
import { namedWebhook, webhookView, withKeptSecret } from './webhookView.ts'

const Input = structure({
  webhook: structure({
    name: entityName(),
    targetPipeline: entityName(),
    targetAction: entityName(),
    filters: list(structure({ jsonPath: text(1, 150), matchEquals: text(1, 150).optional() }), 0, 5),
    authentication: oneOf('GITHUB_HMAC', 'IP', 'UNAUTHENTICATED'),
    authenticationConfiguration: structure({
      AllowedIPRange: text(1, 100).optional(),
      SecretToken: text(1, 100).optional(),
    }),
  }),
  tags: tagList(),
})
/** Per account and region (fact sheet, section 11.1). */
const mostWebhooks = 300

/** Makes or changes a webhook; its URL stays the same until the webhook is deleted. */
export const putWebhook: Operation<CodePipeline, PutWebhookInput, PutWebhookOutput> = {
  resources: ({ webhook }, call) => [
    namedWebhook(call, webhook?.name ?? ''),
    ...resource(call, webhook?.targetPipeline),
  ],
  run(service, input, call) {
    const { webhook: asked, tags } = checked(Input, input)
    const { account, region } = call
    const { webhooks } = service
    const former = webhooks.find(account, region, asked.name)
    const wanted = tags ? checkTags(new Map(), tags) : (former?.tags ?? new Map<string, string>())
    checkAuthentication(asked)
    const pipeline = pipelineOf(service, call, asked.targetPipeline)
    const action = service.definitions
      .current(pipeline)
      .declaration.stages?.[0]?.actions?.find(({ name }) => name === asked.targetAction)
    // UNCONFIRMED: the error's name; the model has none for it.
    if (!action) {
      throw new AwsError(
        'ValidationException',
        `Target action ${asked.targetAction} is not in the first stage of pipeline ${asked.targetPipeline}`,
      )
    }
    checkFilters(asked, action.configuration ?? {})
    if (!former && webhooks.count(account, region) >= mostWebhooks) {
      throw new AwsError('LimitExceededException', `The account has reached the limit of ${mostWebhooks} webhooks`)
    }
    webhooks.put(account, region, withKeptSecret(asked, former), wanted)
    const made = webhooks.find(account, region, asked.name)
    if (!made) throw new Error(`Webhook ${asked.name} was not kept`)
    return { webhook: webhookView(service, made) }
  },
}

/** Each authentication needs its own member, and takes no other (WebhookDefinition, API reference). UNCONFIRMED wording. */
function checkAuthentication({ authentication, authenticationConfiguration }: WebhookDefinition): void {
  const { AllowedIPRange: range, SecretToken: secret } = authenticationConfiguration
  const refuse = (sentence: string) => {
    throw new AwsError('InvalidWebhookAuthenticationParametersException', sentence)
  }
  switch (authentication) {
    case 'GITHUB_HMAC':
      if (secret === undefined || range !== undefined)
        refuse('For GITHUB_HMAC, only the SecretToken property must be set')
      return
    case 'IP':
      if (range === undefined || secret !== undefined) refuse('For IP, only the AllowedIPRange property must be set')
      if (!addressesOf(range ?? '')) refuse(`AllowedIPRange ${range} is not a valid CIDR range`)
      return
    case 'UNAUTHENTICATED':
      if (range !== undefined || secret !== undefined) refuse('For UNAUTHENTICATED, no properties can be set')
      return
    default:
      assertNever(authentication, 'authentication')
  }
}

/** UNCONFIRMED wording. */
function checkFilters({ filters, targetAction }: WebhookDefinition, configuration: Record<string, string>): void {
  for (const filter of filters) {
    const refuse = (sentence: string) => new AwsError('InvalidWebhookFilterPatternException', sentence)
    if (!parseJsonPath(filter.jsonPath)) throw refuse(`${filter.jsonPath} is not a valid JsonPath expression`)
    for (const key of placeholdersOf(filter)) {
      if (Object.hasOwn(configuration, key)) continue
      throw refuse(`The placeholder {${key}} is no configuration property of action ${targetAction}`)
    }
  }
}
