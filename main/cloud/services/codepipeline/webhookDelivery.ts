import type { Clock } from '../../../base/clock.ts'
import { AwsError } from '../../server/awsError.ts'
import { readBody } from '../../server/body.ts'
import type { HttpRequest, HttpResponse, Mount } from '../../server/http.ts'
import type { Definitions } from './definitions.ts'
import type { Engine } from './engine.ts'
import { isAuthentic } from './webhookAuthentication.ts'
import { passes } from './webhookFilters.ts'
import type { Webhook, Webhooks } from './webhookStore.ts'
import { webhookArn } from './webhookView.ts'

export interface WebhookDeliveryOptions {
  webhooks: Webhooks
  definitions: Definitions
  engine: Engine
  clock: Clock
}

const path = '/codepipeline/webhooks/trigger'

/** Where a webhook is called at. */
export const webhookUrl = (endpoint: string, { address }: Pick<Webhook, 'address'>) =>
  `${endpoint}${path}?t=${address}&v=1`

/**
 * `POST` to a webhook's URL: who is authentic and passes every filter starts the pipeline. UNCONFIRMED: the statuses
 * and bodies of AWS's own answers; GitHub only asks for a 2xx.
 */
export function createWebhookDelivery({ webhooks, definitions, engine, clock }: WebhookDeliveryOptions): Mount {
  const deliver = async (request: HttpRequest): Promise<HttpResponse> => {
    if (request.method !== 'POST') return answer(405, 'A webhook takes POST only.')
    const webhook = webhooks.at(new URLSearchParams(request.query).get('t') ?? '')
    if (!webhook) return answer(404, 'There is no webhook at this URL.')
    const body = await readBody(request)
    if (!isAuthentic(webhook.definition, request, body)) return answer(403, 'The request could not be authenticated.')
    const payload = payloadOf(request, body)
    if (payload === undefined) return answer(400, 'The body is not JSON.')
    const { account, region, definition } = webhook
    const pipeline = definitions.find(account, region, definition.targetPipeline)
    if (!pipeline) return answer(404, `There is no pipeline ${definition.targetPipeline}.`)
    const action = definitions
      .current(pipeline)
      .declaration.stages?.[0]?.actions?.find(({ name }) => name === definition.targetAction)
    if (!action) return answer(404, `The pipeline's first stage has no action ${definition.targetAction}.`)
    if (!definition.filters.every(filter => passes(payload, filter, action.configuration ?? {}))) {
      return answer(200, 'Ignored: the payload does not pass the filters.')
    }
    engine.trigger(pipeline, {
      trigger: { type: 'Webhook', detail: webhookArn(webhook) },
      alongside: () => webhooks.triggered(webhook, clock.now()),
    })
    return answer(200, 'The pipeline was started.')
  }
  return request =>
    request.path === path
      ? deliver(request).catch((error: unknown) => {
          if (error instanceof AwsError) return answer(error.status, error.message)
          throw error
        })
      : undefined
}

/** GitHub sends JSON, or a form whose `payload` is JSON. */
function payloadOf({ headers }: HttpRequest, body: Buffer): unknown {
  const text = body.toString('utf8')
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  try {
    return JSON.parse(form ? (new URLSearchParams(text).get('payload') ?? '') : text)
  } catch {
    return undefined
  }
}

const answer = (status: number, message: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
})
