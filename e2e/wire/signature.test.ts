import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { HttpRequest } from '@smithy/core/transport'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ClientSettings,
  type CloudUnderTest,
  localOnly,
  refusalOf,
  startCloudUnderTest,
} from './cloudUnderTest.ts'
import { type RawRequest, sendRaw } from './rawRequest.ts'

let cloud: CloudUnderTest
beforeAll(async () => {
  cloud = await startCloudUnderTest()
})
afterAll(async () => {
  await cloud.stop()
})

/** The same call in the three families of protocols: JSON, query, REST with XML. */
const families = {
  json: (settings: object) => new CloudWatchLogsClient(settings).send(new DescribeLogGroupsCommand({})),
  query: (settings: object) => new STSClient(settings).send(new GetCallerIdentityCommand({})),
  s3: (settings: object) => new S3Client(settings).send(new ListBucketsCommand({})),
}
type Family = keyof typeof families

const cases: [what: string, change: (to: ClientSettings) => object, names: Record<Family, [string, number]>][] = [
  [
    'an access key that nobody has',
    to => ({ ...to, credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) } }),
    {
      json: ['UnrecognizedClientException', 400],
      query: ['InvalidClientTokenId', 403],
      s3: ['InvalidAccessKeyId', 403],
    },
  ],
  [
    'the wrong secret',
    to => ({ ...to, credentials: { ...(to.credentials as object), secretAccessKey: 'x'.repeat(40) } }),
    {
      json: ['InvalidSignatureException', 400],
      query: ['SignatureDoesNotMatch', 403],
      s3: ['SignatureDoesNotMatch', 403],
    },
  ],
  [
    'a session token with a key that has none',
    to => ({ ...to, credentials: { ...(to.credentials as object), sessionToken: 'made-up' } }),
    { json: ['UnrecognizedClientException', 400], query: ['InvalidClientTokenId', 403], s3: ['InvalidToken', 400] },
  ],
]

describe.each(Object.keys(families) as Family[])('a request in the %s family', family => {
  it.each(cases)('with %s is refused by AWS’s name for it', async (_what, change, names) => {
    const refusal = await refusalOf(families[family](change(cloud.settings())))
    const [name, status] = names[family]
    expect(refusal).toMatchObject({ name, status, requestId: expect.stringMatching(/^[\w-]{16,}$/) })
  })

  it.each([
    ['behind', -16],
    ['ahead', 16],
  ])('from a clock that is %s by too much is refused', async (_where, minutes) => {
    // The client would correct its clock and try again: it is given one attempt.
    const refusal = await refusalOf(families[family]({ ...cloud.settings(), systemClockOffset: minutes * 60_000 }))
    const names = { json: 'InvalidSignatureException', query: 'SignatureDoesNotMatch', s3: 'RequestTimeTooSkewed' }
    expect(refusal.name).toBe(names[family])
  })

  it('from a clock that is off by four minutes is served', async () => {
    for (const systemClockOffset of [-240_000, 240_000]) {
      const answer = await families[family]({ ...cloud.settings(), systemClockOffset })
      expect(answer.$metadata.httpStatusCode).toBe(200)
    }
  })

  it.skipIf(localOnly('it sends signatures that no client makes'))(
    'for a region that the cloud does not have is refused',
    async () => {
      const refusal = await refusalOf(families[family](cloud.settings({ region: 'mars-north-1' })))
      expect(refusal.message).toContain("'mars-north-1'")
    },
  )
})

const raw = (request: RawRequest) => sendRaw(cloud, request)

describe.skipIf(localOnly('it sends signatures that no client makes'))('a request written by hand', () => {
  const json = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Logs_20140328.DescribeLogGroups' }

  it('without any signature is refused', async () => {
    const { status, text } = await raw({ headers: json, body: '{}' })
    expect(status).toBe(400)
    expect(JSON.parse(text)).toEqual({
      __type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    })
  })

  it('with half a signature is told what is missing', async () => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/logs/aws4_request'
    const { status, text } = await raw({ headers: { ...json, authorization }, body: '{}' })
    expect(status).toBe(400)
    expect(text).toContain('IncompleteSignatureException')
    expect(text).toContain("Authorization header requires 'Signature' parameter.")
  })

  it.each([
    ['Basic YTpi', 'IncompleteSignatureException'],
    ['AWS4-HMAC-SHA256 Credential=a/b/c,SignedHeaders=host,Signature=x', 'IncompleteSignatureException'],
    ['AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request,SignedHeaders=date,Signature=x', 'IncompleteSignatureException'],
  ])('with the Authorization %s is refused as malformed', async (authorization, name) => {
    const { text } = await raw({ headers: { ...json, authorization }, body: '{}' })
    expect(text).toContain(name)
  })

  it('of the query protocol without a signature is refused in XML', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const { status, text } = await raw({ headers, body: 'Action=GetCallerIdentity&Version=2011-06-15' })
    expect(status).toBe(403)
    expect(text).toContain('<Code>MissingAuthenticationToken</Code>')
  })

  it('for another host is not served', async () => {
    expect((await raw({ headers: { ...json, host: 'evil.example' }, body: '{}' })).status).toBe(421)
    expect((await raw({ headers: { ...json, host: '127.0.0.1:1' }, body: '{}' })).status).toBe(421)
  })
})

describe('a signed request', () => {
  it('whose body was changed on the way is refused', async () => {
    const wire = new NodeHttpHandler()
    const altering = {
      handle: (request: HttpRequest, options?: Parameters<NodeHttpHandler['handle']>[1]) =>
        wire.handle(Object.assign(request, { body: '{"limit":1}' }), options),
    }
    const client = new CloudWatchLogsClient({ ...cloud.settings(), requestHandler: altering })
    const refusal = await refusalOf(client.send(new DescribeLogGroupsCommand({ limit: 2 })))
    expect(refusal).toMatchObject({ name: 'InvalidSignatureException', status: 400 })
  })

  it('has a request id of its own', async () => {
    const client = new STSClient(cloud.settings())
    const [one, two] = [
      await client.send(new GetCallerIdentityCommand({})),
      await client.send(new GetCallerIdentityCommand({})),
    ]
    expect(one.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(one.$metadata.requestId).not.toBe(two.$metadata.requestId)
  })
})
