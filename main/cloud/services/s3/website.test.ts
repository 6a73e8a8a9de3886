import { createHash, createHmac } from 'node:crypto'
import {
  CreateBucketCommand,
  DeleteBucketWebsiteCommand,
  GetBucketWebsiteCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startS3, type TestS3, visit } from './s3.testing.ts'

let s3: TestS3
const Bucket = 'shop-site'
const host = `${Bucket}.s3-website.localhost`

const put = (Key: string, Body: string, more: object = {}) =>
  s3.client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }))

beforeAll(async () => {
  s3 = await startS3()
  await s3.client.send(new CreateBucketCommand({ Bucket }))
  await put('index.html', '<h1>Shop</h1>', { ContentType: 'text/html', CacheControl: 'no-cache' })
  await put('about/index.html', '<h1>About</h1>', { ContentType: 'text/html' })
  await put('missing.html', '<h1>Lost?</h1>', { ContentType: 'text/html' })
  await put('old', 'x', { WebsiteRedirectLocation: '/about/' })
})
afterAll(() => s3.stop())

const get = (path: string, more: Parameters<typeof visit>[3] = {}) => visit(s3.port, host, path, more)

describe('a website', () => {
  it('is there once configured, for everybody whom the bucket policy lets in', async () => {
    expect(await get('/')).toMatchObject({ status: 404, body: expect.stringContaining('NoSuchWebsiteConfiguration') })
    const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: 'missing.html' } }
    await s3.client.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }))
    expect(await get('/')).toMatchObject({ status: 403 })
    const Statement = [
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
    ]
    await s3.client.send(
      new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
    )
    expect(await get('/')).toMatchObject({
      status: 200,
      body: '<h1>Shop</h1>',
      headers: { 'content-type': 'text/html', 'cache-control': 'no-cache', 'content-length': '13' },
    })
    expect(await s3.client.send(new GetBucketWebsiteCommand({ Bucket }))).toMatchObject(WebsiteConfiguration)
  })

  it('has index documents in folders, an error document, redirects and nothing to write', async () => {
    expect(await get('/about/')).toMatchObject({ status: 200, body: '<h1>About</h1>' })
    expect(await get('/about')).toMatchObject({ status: 302, headers: { location: '/about/' } })
    expect(await get('/nope')).toMatchObject({ status: 404, body: '<h1>Lost?</h1>' })
    expect(await get('/old')).toMatchObject({ status: 301, headers: { location: '/about/' } })
    expect(await get('/', { method: 'HEAD' })).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': '13' },
    })
    expect(await get('/', { method: 'POST' })).toMatchObject({ status: 405 })
    expect(await get('/%E0%A4%A')).toMatchObject({ status: 400 })
    expect(await visit(s3.port, 'nobodys.s3-website.localhost', '/')).toMatchObject({ status: 404 })
  })

  it('shows an edit at once, and tells a browser what it has already', async () => {
    const first = await get('/')
    const headers = { 'if-none-match': String(first.headers.etag) }
    expect(await get('/', { headers })).toMatchObject({ status: 304, body: '' })
    await put('index.html', '<h1>New shop</h1>', { ContentType: 'text/html' })
    expect(await get('/', { headers })).toMatchObject({ status: 200, body: '<h1>New shop</h1>' })
    expect(await get('/', { headers: { range: 'bytes=4-6' } })).toMatchObject({ status: 206, body: 'New' })
  })

  it('may send everybody elsewhere, and ends with its configuration', async () => {
    const RedirectAllRequestsTo = { HostName: 'example.com', Protocol: 'https' as const }
    await s3.client.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: { RedirectAllRequestsTo } }))
    expect(await get('/a/b')).toMatchObject({ status: 301, headers: { location: 'https://example.com/a/b' } })
    await s3.client.send(new DeleteBucketWebsiteCommand({ Bucket }))
    expect(await get('/')).toMatchObject({ status: 404 })
  })
})

describe('without an Authorization header', () => {
  class Sha256 {
    #hash: ReturnType<typeof createHash>
    constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
      this.#hash = (
        secret === undefined ? createHash('sha256') : createHmac('sha256', Buffer.from(secret as Uint8Array))
      ) as never
    }
    update(data: string | Uint8Array) {
      this.#hash.update(data)
    }
    digest() {
      return Promise.resolve(new Uint8Array(this.#hash.digest()))
    }
  }
  const presign = async (path: string, query: Record<string, string>, headerHost: string, signingDate = new Date()) => {
    const signer = new SignatureV4({
      credentials: s3.ann.credentials,
      region: 'us-east-1',
      service: 's3',
      sha256: Sha256,
      uriEscapePath: false,
    })
    const request = {
      protocol: 'http:',
      hostname: headerHost,
      method: 'GET',
      path,
      headers: { host: headerHost, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      query,
    }
    const signed = await signer.presign(request, { expiresIn: 60, signingDate })
    const text = new URLSearchParams(
      Object.entries(signed.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
    )
    return `${path}?${text.toString().replaceAll('+', '%20')}`
  }

  it('a presigned URL opens an object for a while, with the headers that it asks for', async () => {
    await put('secret report.txt', 'numbers')
    const signedHost = `127.0.0.1:${s3.port}`
    const path = `/${Bucket}/secret%20report.txt`
    const overrides = { 'response-content-disposition': 'attachment; filename="r.txt"' }
    const url = await presign(path, overrides, signedHost)
    expect(await visit(s3.port, '127.0.0.1', url)).toMatchObject({
      status: 200,
      body: 'numbers',
      headers: { 'content-disposition': 'attachment; filename="r.txt"' },
    })
    expect(await visit(s3.port, '127.0.0.1', url.replace('secret', 'other'))).toMatchObject({ status: 403 })
    const old = await presign(path, {}, signedHost, new Date(Date.now() - 120_000))
    expect(await visit(s3.port, '127.0.0.1', old)).toMatchObject({
      status: 403,
      body: expect.stringContaining('<Code>AccessDenied</Code>'),
    })
  })

  it('the bucket may be the first part of the host', async () => {
    const virtual = `${Bucket}.s3.us-east-1.localhost`
    const url = await presign('/secret%20report.txt', {}, `${virtual}:${s3.port}`)
    expect(await visit(s3.port, virtual, url)).toMatchObject({ status: 200, body: 'numbers' })
  })

  it('everybody may fetch what the bucket policy opens to everybody, and nothing else', async () => {
    expect(await visit(s3.port, '127.0.0.1', `/${Bucket}/index.html`)).toMatchObject({ status: 200 })
    expect(await visit(s3.port, '127.0.0.1', `/${Bucket}`)).toMatchObject({ status: 403 })
    expect(await visit(s3.port, '127.0.0.1', '/')).toMatchObject({ status: 403 })
    expect(await visit(s3.port, '127.0.0.1', `/${Bucket}/index.html`, { method: 'DELETE' })).toMatchObject({
      status: 403,
    })
  })
})
