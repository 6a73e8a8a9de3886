import { createHmac, timingSafeEqual } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import { assertNever } from '../../../base/assertNever.ts'
import type { HttpRequest } from '../../server/http.ts'
import type { WebhookDefinition } from './webhookStore.ts'

/** The addresses of a CIDR range; undefined where the text is none. */
export function addressesOf(range: string): BlockList | undefined {
  const [address = '', prefix = '', ...rest] = range.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return undefined
  if (Number(prefix) > (family === 4 ? 32 : 128)) return undefined
  const list = new BlockList()
  list.addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6')
  return list
}

/** Whether a delivery comes from whom its webhook expects. */
export function isAuthentic(
  { authentication, authenticationConfiguration: { AllowedIPRange = '', SecretToken = '' } }: WebhookDefinition,
  { headers, sourceIp }: Pick<HttpRequest, 'headers' | 'sourceIp'>,
  body: Buffer,
): boolean {
  switch (authentication) {
    case 'UNAUTHENTICATED':
      return true
    case 'IP':
      return addressesOf(AllowedIPRange)?.check(sourceIp, isIP(sourceIp) === 6 ? 'ipv6' : 'ipv4') ?? false
    case 'GITHUB_HMAC':
      return isSigned(headers, body, SecretToken)
    default:
      return assertNever(authentication, 'authentication')
  }
}

/** GitHub's signatures: the stronger one counts where both are sent. */
function isSigned(headers: HttpRequest['headers'], body: Buffer, secret: string): boolean {
  const strong = headers['x-hub-signature-256']
  const [algorithm, given] = strong === undefined ? ['sha1', headers['x-hub-signature']] : ['sha256', strong]
  if (secret === '' || given === undefined) return false
  const expected = Buffer.from(`${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`)
  const actual = Buffer.from(given)
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}
