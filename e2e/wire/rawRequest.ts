import { request } from 'node:http'
import { Sha256 } from '@smithy/core/checksum'
import { HttpRequest } from '@smithy/core/transport'
import { SignatureV4 } from '@smithy/signature-v4'
import type { CloudUnderTest } from './cloudUnderTest.ts'

export interface RawRequest {
  method?: string
  path?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
}

export interface RawResponse {
  status: number
  headers: NodeJS.Dict<string | string[]>
  text: string
}

/** A request as no SDK would send it. */
export function sendRaw(cloud: CloudUnderTest, { method = 'POST', path = '/', headers = {}, body }: RawRequest) {
  const { port } = new URL(cloud.local().endpoint)
  return new Promise<RawResponse>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** A request that is odd in everything but its signature, which the SDK's own signer makes. */
export async function sendSigned(cloud: CloudUnderTest, service: string, raw: RawRequest): Promise<RawResponse> {
  const { host, hostname, port } = new URL(cloud.local().endpoint)
  const [account] = cloud.local().accounts
  if (!account) throw new Error('no account')
  const { method = 'POST', path = '/', headers = {}, body } = raw
  const signer = new SignatureV4({ credentials: account, region: 'us-east-1', service, sha256: Sha256 })
  const signed = await signer.sign(
    new HttpRequest({
      method,
      protocol: 'http:',
      hostname,
      port: Number(port),
      path,
      headers: { host, ...headers },
      body,
    }),
  )
  return sendRaw(cloud, { method, path, headers: signed.headers, ...(body !== undefined && { body }) })
}
