import { Sha256 } from '@smithy/core/checksum'
import { HttpRequest } from '@smithy/core/transport'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalRequest, createSigningKeys, sameSignature, sha256Hex, signatureOf } from './sigV4.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const at = new Date('2026-01-02T03:04:05Z')
const signingKey = createSigningKeys()

const text = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 8 }))
const encode = (part: string) =>
  encodeURIComponent(part.toWellFormed()).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

describe('a signature that the SDK’s own signer made', () => {
  const requests = fc.record({
    service: fc.constantFrom('s3', 'lambda', 'codepipeline'),
    method: fc.constantFrom('GET', 'POST', 'PUT'),
    segments: fc.array(
      text.filter(segment => segment !== '.' && segment !== '..'),
      { maxLength: 4 },
    ),
    query: fc.dictionary(
      text.filter(name => name !== '__proto__'),
      text,
      { maxKeys: 4 },
    ),
    value: fc.string({ maxLength: 20 }).map(value => value.replace(/[^\x20-\x7e]/g, '')),
    body: fc.string({ maxLength: 50 }),
  })

  it('is found right, whatever the path, query, headers and body', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async ({ service, method, segments, query, value, body }) => {
        const path = `/${segments.map(encode).join('/')}`
        const wellFormed = Object.fromEntries(
          Object.entries(query).map(([k, v]) => [k.toWellFormed(), v.toWellFormed()]),
        )
        const signer = new SignatureV4({
          credentials,
          region: 'eu-west-1',
          service,
          sha256: Sha256,
          uriEscapePath: service !== 's3',
        })
        const signed = await signer.sign(
          new HttpRequest({
            method,
            hostname: '127.0.0.1',
            path,
            query: wellFormed,
            headers: { host: '127.0.0.1:80', 'x-amz-meta-note': value },
            body,
          }),
          { signingDate: at },
        )
        const [, signedHeaders = '', signature = ''] =
          /SignedHeaders=([^,]+), Signature=(\w+)/.exec(signed.headers.authorization ?? '') ?? []
        const scope = { date: '20260102', region: 'eu-west-1', service }
        const found = signatureOf(
          {
            method,
            path,
            query: Object.entries(wellFormed)
              .map(([name, value]) => `${encode(name)}=${encode(value)}`)
              .join('&'),
            headers: signed.headers,
            signedHeaders: signedHeaders.split(';'),
            payloadHash: sha256Hex(body),
            timestamp: '20260102T030405Z',
            scope,
          },
          signingKey(credentials.secretAccessKey, scope),
        )
        expect(found).toBe(signature)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the canonical request', () => {
  const request = {
    method: 'GET',
    path: '/a%20b/../c',
    query: 'b=2&a=%7E&a=1&flag&X-Amz-Signature=left-out',
    headers: { host: 'h', 'x-amz-date': ' 1   2 ' },
    signedHeaders: ['host', 'x-amz-date'],
    payloadHash: 'UNSIGNED-PAYLOAD',
    timestamp: '20260102T030405Z',
    scope: { date: '20260102', region: 'us-east-1', service: 's3' },
  }

  it('sorts and encodes the query, folds spaces in headers, and leaves an S3 path as it is', () => {
    expect(canonicalRequest(request)).toBe(
      'GET\n/a%20b/../c\na=1&a=~&b=2&flag=\nhost:h\nx-amz-date:1 2\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD',
    )
  })

  it('normalizes every other service’s path and encodes it twice', () => {
    const other = { ...request, scope: { ...request.scope, service: 'lambda' } }
    expect(canonicalRequest(other).split('\n')[1]).toBe('/c')
    expect(canonicalRequest({ ...other, path: '/a%3Ab/' }).split('\n')[1]).toBe('/a%253Ab/')
  })
})

it('compares signatures of any length', () => {
  expect(sameSignature('ab', 'ab')).toBe(true)
  expect(sameSignature('ab', 'ac')).toBe(false)
  expect(sameSignature('ab', 'abc')).toBe(false)
  expect(sameSignature('', '')).toBe(true)
})
