import { AwsError } from '../../server/awsError.ts'
import { escapeXml } from '../../server/codec/xml.ts'
import type { HttpRequest, HttpResponse, Mount } from '../../server/http.ts'
import { confirm } from './confirmSubscription.ts'
import type { Sns } from './lends.ts'

/** `SubscribeURL`: an HTTP endpoint visits it to confirm, unsigned; the token in it is the permission. */
export const confirmationMount =
  (sns: Pick<Sns, 'subscriptions'>): Mount =>
  request => {
    const parameters = asked(request)
    return parameters && Promise.resolve(answer(sns, parameters))
  }

function asked(request: HttpRequest): URLSearchParams | undefined {
  if (request.method !== 'GET' || request.path !== '/' || request.headers.authorization !== undefined) return undefined
  const parameters = new URLSearchParams(request.query)
  return parameters.get('Action') === 'ConfirmSubscription' && !parameters.has('X-Amz-Signature')
    ? parameters
    : undefined
}

function answer(sns: Pick<Sns, 'subscriptions'>, parameters: URLSearchParams): HttpResponse {
  const headers = { 'content-type': 'text/xml' }
  try {
    const arn = confirm(sns, parameters.get('TopicArn') ?? '', parameters.get('Token') ?? '')
    const result = `<ConfirmSubscriptionResult><SubscriptionArn>${escapeXml(arn)}</SubscriptionArn></ConfirmSubscriptionResult>`
    return { status: 200, headers, body: `<ConfirmSubscriptionResponse>${result}</ConfirmSubscriptionResponse>` }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    const inner = `<Code>InvalidParameter</Code><Message>${escapeXml(error.message)}</Message>`
    return { status: 400, headers, body: `<ErrorResponse><Error>${inner}</Error></ErrorResponse>` }
  }
}
