import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CloudUnderTest, localOnly, startCloudUnderTest } from './cloudUnderTest.ts'
import { sendRaw, sendSigned } from './rawRequest.ts'

let cloud: CloudUnderTest
beforeAll(async () => {
  cloud = await startCloudUnderTest({ limits: { headers: 500, request: 1_000 } })
})
afterAll(async () => {
  await cloud.stop()
})

const json = (operation: string) => ({
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': `Logs_20140328.${operation}`,
})
/** Whether the cloud answers others as before, and did not have to say that something went wrong within it. */
async function serves() {
  const { Account } = await new STSClient(cloud.settings()).send(new GetCallerIdentityCommand({}))
  return Account === cloud.account && cloud.faults.length === 0
}

describe.skipIf(localOnly('it sends bytes that no client sends'))('a JSON request', () => {
  it.each([
    ['{', 'Unexpected token received from parser'],
    ['\u0000\u0001', 'Unexpected token received from parser'],
    ['[]', 'Start of list found where not expected'],
    ['"text"', 'STRING_VALUE cannot be converted to Structure'],
    ['{"limit":"many"}', 'STRING_VALUE cannot be converted to Number'],
    ['{"logGroupNamePrefix":5}', 'NUMBER_VALUE cannot be converted to String'],
    ['{"logGroupNamePrefix":true}', 'TRUE_VALUE cannot be converted to String'],
    ['{"logGroupNamePrefix":{}}', 'Start of structure or map found where not expected.'],
    ['{"accountIdentifiers":"one"}', 'STRING_VALUE cannot be converted to List'],
  ])('with the body %j is told what is wrong', async (body, message) => {
    const { status, text } = await sendSigned(cloud, 'logs', { headers: json('DescribeLogGroups'), body })
    expect(status).toBe(400)
    expect(JSON.parse(text)).toEqual({ __type: 'SerializationException', message })
  })

  it('with bytes that are not UTF-8 is refused', async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])
    const { text } = await sendSigned(cloud, 'logs', { headers: json('DescribeLogGroups'), body })
    expect(text).toContain('SerializationException')
  })

  it('may have no body, unknown members and members that are null', async () => {
    for (const body of ['', '{}', '{"nobodyKnows":{"this":[1]},"limit":null,"__proto__":{"limit":"x"}}']) {
      const { status } = await sendSigned(cloud, 'logs', { headers: json('DescribeLogGroups'), body })
      expect(status).toBe(200)
    }
  })

  it.each(['Nonsense', 'constructor', '__proto__', 'toString', ''])('for the operation %j is refused', async name => {
    const { status, text } = await sendSigned(cloud, 'logs', { headers: json(name), body: '{}' })
    expect(status).toBe(400)
    expect(JSON.parse(text)).toMatchObject({ __type: 'UnknownOperationException' })
  })

  it('is understood with the target that botocore sends', async () => {
    const headers = { ...json(''), 'x-amz-target': 'com.amazonaws.logs.v20140328.Logs_20140328.DescribeLogGroups' }
    expect((await sendSigned(cloud, 'logs', { headers, body: '{}' })).status).toBe(200)
  })

  it('signed for another service is refused', async () => {
    const { text } = await sendSigned(cloud, 'codebuild', { headers: json('DescribeLogGroups'), body: '{}' })
    expect(JSON.parse(text)).toEqual({
      __type: 'InvalidSignatureException',
      message: "Credential should be scoped to correct service: 'logs'. ",
    })
  })

  it('without a required member says which, as AWS does', async () => {
    const { text } = await sendSigned(cloud, 'logs', { headers: json('CreateLogGroup'), body: '{}' })
    expect(JSON.parse(text)).toEqual({
      __type: 'InvalidParameterException',
      message:
        "1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: Member must not be null",
    })
  })
})

describe.skipIf(localOnly('it sends bytes that no client sends'))('a compressed request', () => {
  const headers = { ...json('DescribeLogGroups'), 'content-encoding': 'gzip' }

  it('is decompressed', async () => {
    expect((await sendSigned(cloud, 'logs', { headers, body: gzipSync('{}') })).status).toBe(200)
  })

  it('that is no gzip is refused', async () => {
    const { text } = await sendSigned(cloud, 'logs', { headers, body: 'not gzip' })
    expect(text).toContain('SerializationException')
  })

  it('that unpacks to more than the limit is refused', async () => {
    const body = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    const { status } = await sendSigned(cloud, 'logs', { headers, body })
    expect(status).toBe(413)
  })
})

describe.skipIf(localOnly('it sends bytes that no client sends'))('a query request', () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }

  it.each([
    ['', 400, 'InvalidAction'],
    ['Action=Nonsense&Version=2011-06-15', 400, 'InvalidAction'],
    ['Action=AssumeRole&Version=2011-06-15', 400, 'ValidationError'],
    ['Action=AssumeRole&Version=2011-06-15&RoleArn=a&RoleSessionName=ab&DurationSeconds=long', 400, 'MalformedInput'],
    [`Action=GetCallerIdentity&Version=2011-06-15&${'a.'.repeat(20_000)}=1`, 200, '<Account>111122223333</Account>'],
  ])('with the form %.60s answers %i', async (body, expected, text) => {
    const answer = await sendSigned(cloud, 'sts', { headers, body })
    expect(answer.status).toBe(expected)
    expect(answer.text).toContain(text)
  })

  it('answers in XML that AWS’s own clients read', async () => {
    const { text, headers: given } = await sendSigned(cloud, 'sts', {
      headers,
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    })
    expect(given['content-type']).toBe('text/xml')
    expect(text).toMatch(
      /^<GetCallerIdentityResponse xmlns="https:\/\/sts.amazonaws.com\/doc\/2011-06-15\/"><GetCallerIdentityResult>/,
    )
    expect(text).toMatch(/<ResponseMetadata><RequestId>[0-9a-f-]{36}<\/RequestId><\/ResponseMetadata>/)
  })
})

describe.skipIf(localOnly('it sends bytes that no client sends'))('a request that is too much', () => {
  it('of bytes is refused', async () => {
    const { status, text } = await sendRaw(cloud, {
      headers: json('DescribeLogGroups'),
      body: Buffer.alloc(17_000_000),
    })
    expect(status).toBe(413)
    expect(text).toContain('RequestEntityTooLargeException')
    expect(await serves()).toBe(true)
  })

  it('of time loses its connection, and nobody else does', async () => {
    const { port } = new URL(cloud.local().endpoint)
    const socket = connect(Number(port), '127.0.0.1')
    const answered = new Promise<string>(resolve => {
      let text = ''
      socket.on('data', part => {
        text += String(part)
      })
      socket.on('close', () => resolve(text))
    })
    socket.write('POST / HTTP/1.1\r\nhost: 127.0.0.1')
    expect(await serves()).toBe(true)
    expect(await answered).toMatch(/^(HTTP\/1.1 4|$)/)
  })

  it('of time for its body loses its connection too', async () => {
    const { port, host } = new URL(cloud.local().endpoint)
    const socket = connect(Number(port), '127.0.0.1')
    const closed = new Promise(resolve => {
      socket.on('close', resolve).on('error', () => {})
      socket.resume()
    })
    socket.write(`POST / HTTP/1.1\r\nhost: ${host}\r\nx-amz-target: Logs_20140328.X\r\ncontent-length: 100\r\n\r\n{`)
    expect(await serves()).toBe(true)
    await closed
  })
})

describe.skipIf(localOnly('it sends bytes that no client sends'))('noise', () => {
  it('on the socket never stops the cloud', async () => {
    const { port } = new URL(cloud.local().endpoint)
    const shout = (bytes: Uint8Array) =>
      new Promise<void>(resolve => {
        const socket = connect(Number(port), '127.0.0.1')
        socket.on('error', () => {}).on('close', () => resolve())
        socket.resume()
        socket.end(bytes)
      })
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), shout), { numRuns: 100 })
    expect(await serves()).toBe(true)
  })

  it('in every part of a signed request gets a modelled error or an answer', async () => {
    const word = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('__proto__', 'limit', 'a.member.1', ''))
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.uint8Array(),
      fc.dictionary(word, word).map(form => new URLSearchParams(form).toString()),
    )
    const target = fc.constantFrom('Logs_20140328.DescribeLogGroups', 'Logs_20140328.PutLogEvents', 'x', '.', 'a.b.c')
    const type = fc.constantFrom('application/x-amz-json-1.1', 'application/x-www-form-urlencoded', 'text/plain')
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('logs', 'sts', 's3', 'iam'),
        body,
        target,
        type,
        async (service, body, to, kind) => {
          const headers = { 'content-type': kind, ...(service === 'logs' && { 'x-amz-target': to }) }
          const answer = await sendSigned(cloud, service, { headers, body })
          expect(answer.status).toBeLessThan(500)
        },
      ),
      { numRuns: 300 },
    )
    expect(await serves()).toBe(true)
  })
})
