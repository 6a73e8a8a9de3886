import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startS3, type TestS3 } from './s3.testing.ts'

let s3: TestS3
const Bucket = 'shop-artifacts'
beforeAll(async () => {
  s3 = await startS3()
  await s3.client.send(new CreateBucketCommand({ Bucket }))
  await s3.client.send(new CreateBucketCommand({ Bucket: 'versioned' }))
  await s3.client.send(
    new PutBucketVersioningCommand({ Bucket: 'versioned', VersioningConfiguration: { Status: 'Enabled' } }),
  )
})
afterAll(() => s3.stop())

const put = (Key: string, body: string | Uint8Array | Readable, more: object = {}) =>
  s3.client.send(new PutObjectCommand({ Bucket, Key, Body: body === '' ? new Uint8Array() : body, ...more }))
const text = async (Key: string, more: object = {}) => {
  const { Body } = await s3.client.send(new GetObjectCommand({ Bucket, Key, ...more }))
  return Body?.transformToString()
}

describe('an object', () => {
  it('comes back with its bytes, headers, metadata and checksum', async () => {
    const given = {
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'max-age=60',
      ContentDisposition: 'inline',
      ContentLanguage: 'de',
      Metadata: { 'codepipeline-artifact-revision-summary': 'Fix the cart' },
    }
    const stored = await put('site/index.html', '<h1>Hello</h1>', given)
    expect(stored.ETag).toBe(`"${createHash('md5').update('<h1>Hello</h1>').digest('hex')}"`)
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'site/index.html' }))
    expect(got).toMatchObject({ ...given, ETag: stored.ETag, ContentLength: 14, ChecksumCRC32: stored.ChecksumCRC32 })
    expect(await got.Body?.transformToString()).toBe('<h1>Hello</h1>')
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'site/index.html' }))
    expect(head).toMatchObject({ ...given, ETag: stored.ETag, ContentLength: 14, AcceptRanges: 'bytes' })
    expect(Math.abs((head.LastModified?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
  })

  it.each(['a b+c&d=e?f#g%20', 'ünïcødé/日本/☃', "quo'te(1)!*~", 'a//b', './a', 'back\\slash', ' '])(
    'may be called %j',
    async key => {
      await put(key, key)
      expect(await text(key)).toBe(key)
    },
  )

  it('may be empty', async () => {
    await put('empty', '')
    expect(await text('empty')).toBe('')
  })

  it('streams in chunks with a trailing checksum, and out again', async () => {
    const bytes = randomBytes(20 * 1024 * 1024)
    async function* parts() {
      for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000)
    }
    await put('large', Readable.from(parts()), { ContentLength: bytes.length })
    const { Body, ContentEncoding } = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'large' }))
    expect(ContentEncoding).toBeUndefined()
    expect(Buffer.compare(Buffer.from((await Body?.transformToByteArray()) ?? []), bytes)).toBe(0)
  })

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'is checked and given back with %s',
    async algorithm => {
      const Key = `sum/${algorithm}`
      const stored = await put(Key, 'checked', { ChecksumAlgorithm: algorithm })
      const got = await s3.client.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }))
      expect(await got.Body?.transformToString()).toBe('checked')
      expect(got[`Checksum${algorithm}`]).toBe(stored[`Checksum${algorithm}`])
      expect(got[`Checksum${algorithm}`]).toBeTruthy()
    },
  )

  it('is refused when its checksum or MD5 is wrong, and nothing is stored', async () => {
    await expect(put('bad', 'x', { ChecksumSHA256: Buffer.alloc(32).toString('base64') })).rejects.toThrow(
      expect.objectContaining({ name: 'BadDigest' }),
    )
    await expect(put('bad', 'x', { ContentMD5: Buffer.alloc(16).toString('base64') })).rejects.toMatchObject({
      name: 'BadDigest',
    })
    await expect(text('bad')).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } })
  })

  it('has a key of at most 1024 bytes that does not climb out of its bucket', async () => {
    await expect(put('k'.repeat(1025), '')).rejects.toMatchObject({ name: 'KeyTooLongError' })
    await put('k'.repeat(1024), '')
    await expect(put('a/../../etc/passwd', '')).rejects.toMatchObject({ name: 'InvalidURI' })
  })
})

describe('reading a part', () => {
  beforeAll(() => put('digits', '0123456789'))

  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('of %s', async (Range, expected, ContentRange) => {
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'digits', Range }))
    expect(got).toMatchObject({ ContentRange, ContentLength: expected.length, $metadata: { httpStatusCode: 206 } })
    expect(await got.Body?.transformToString()).toBe(expected)
  })

  it('beyond the end is refused with 416, nonsense is not a range', async () => {
    await expect(text('digits', { Range: 'bytes=10-' })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    })
    expect(await text('digits', { Range: 'lines=1-2' })).toBe('0123456789')
  })
})

describe('conditions', () => {
  it('answer 304 and 412 as HTTP says', async () => {
    const { ETag } = await put('conditional', 'one')
    const status = (more: object) =>
      text('conditional', more).then(
        () => 200,
        error => error.$metadata.httpStatusCode,
      )
    const [past, future] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)]
    expect(await status({ IfMatch: ETag })).toBe(200)
    expect(await status({ IfMatch: '"other"' })).toBe(412)
    expect(await status({ IfNoneMatch: ETag })).toBe(304)
    expect(await status({ IfNoneMatch: '"other"' })).toBe(200)
    expect(await status({ IfModifiedSince: future })).toBe(304)
    expect(await status({ IfModifiedSince: past })).toBe(200)
    expect(await status({ IfUnmodifiedSince: past })).toBe(412)
    expect(await status({ IfMatch: ETag, IfUnmodifiedSince: past })).toBe(200)
  })

  it('let a writer create only what is not there, and replace only what it saw', async () => {
    const { ETag } = await put('lock', 'mine', { IfNoneMatch: '*' })
    await expect(put('lock', 'yours', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' })
    await put('lock', 'again', { IfMatch: ETag })
    await expect(put('lock', 'late', { IfMatch: ETag })).rejects.toMatchObject({ name: 'PreconditionFailed' })
    expect(await text('lock')).toBe('again')
  })
})

describe('events', () => {
  it('tell the cloud of what was created and deleted', async () => {
    s3.events.length = 0
    const stored = await s3.client.send(new PutObjectCommand({ Bucket: 'versioned', Key: 'evented', Body: 'abc' }))
    await s3.client.send(new DeleteObjectCommand({ Bucket: 'versioned', Key: 'evented' }))
    expect(s3.events).toMatchObject([
      {
        source: 'aws.s3',
        'detail-type': 'Object Created',
        account: '111122223333',
        region: 'us-east-1',
        resources: ['arn:aws:s3:::versioned'],
        detail: {
          bucket: { name: 'versioned' },
          object: { key: 'evented', size: 3, 'version-id': stored.VersionId },
          requester: '111122223333',
          reason: 'PutObject',
        },
      },
      { 'detail-type': 'Object Deleted', detail: { 'deletion-type': 'Delete Marker Created' } },
    ])
  })
})

describe('the other services of the cloud', () => {
  it('find, read and put objects with the same leave, and the same events', async () => {
    s3.events.length = 0
    const { objects, ann, pat } = s3
    const stored = await objects.put(ann.caller, 'versioned', 'built/app.zip', Readable.from([Buffer.from('zip')]), {
      contentType: 'application/zip',
      metadata: { commit: 'abc' },
    })
    expect(stored).toMatchObject({
      bucket: 'versioned',
      size: 3,
      contentType: 'application/zip',
      metadata: { commit: 'abc' },
    })
    expect(objects.head(ann.caller, 'versioned', 'built/app.zip')).toEqual(stored)
    const { file } = objects.open(ann.caller, 'versioned', 'built/app.zip', stored.versionId)
    expect(await readFile(file, 'utf8')).toBe('zip')
    const copy = await objects.put(ann.caller, 'versioned', 'built/copy.zip', { file })
    expect(copy.etag).toBe(stored.etag)
    expect(s3.events.map(event => event['detail-type'])).toEqual(['Object Created', 'Object Created'])
    await expect(objects.put(pat.caller, 'versioned', 'x', Buffer.from('x'))).rejects.toMatchObject({
      name: 'AccessDenied',
    })
    expect(() => objects.head(ann.caller, 'versioned', 'nope')).toThrow(expect.objectContaining({ name: 'NoSuchKey' }))
    expect(() => objects.open(pat.caller, 'versioned', 'built/app.zip')).toThrow(
      expect.objectContaining({ name: 'AccessDenied' }),
    )
    // Who was handed the file may still read it when the object is gone.
    await s3.client.send(
      new DeleteObjectCommand({ Bucket: 'versioned', Key: 'built/app.zip', VersionId: stored.versionId }),
    )
    expect(await readFile(file, 'utf8')).toBe('zip')
  })
})

describe('what is not there', () => {
  it('says so instead of doing something else', async () => {
    await put('acl', 'kept')
    await expect(
      s3.client.send(new PutObjectAclCommand({ Bucket, Key: 'acl', ACL: 'public-read' })),
    ).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } })
    expect(await text('acl')).toBe('kept')
    await expect(s3.client.send(new HeadObjectCommand({ Bucket, Key: 'nope' }))).rejects.toMatchObject({
      name: 'NotFound',
    })
    await expect(s3.client.send(new GetObjectCommand({ Bucket: 'nobodys', Key: 'x' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    })
  })

  it('is refused where it would be promised and not kept', async () => {
    await expect(put('public', 'x', { ACL: 'public-read' })).rejects.toMatchObject({
      name: 'AccessControlListNotSupported',
    })
    await expect(
      put('locked', 'x', { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: new Date() }),
    ).rejects.toMatchObject({ name: 'NotImplemented' })
  })

  it('leaves nothing of an object whose client goes away', async () => {
    const leaving = new AbortController()
    async function* half() {
      yield Buffer.alloc(100_000)
      leaving.abort()
      await new Promise(() => {})
    }
    const Body = Readable.from(half())
    const sent = s3.client.send(new PutObjectCommand({ Bucket, Key: 'half', Body, ContentLength: 200_000 }), {
      abortSignal: leaving.signal,
    })
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' })
    await expect(text('half')).rejects.toMatchObject({ name: 'NoSuchKey' })
  })

  it('refuses a wrong secret', async () => {
    const client = new S3Client({
      endpoint: s3.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: { ...s3.ann.credentials, secretAccessKey: 'wrong' },
    })
    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'acl' }))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      $metadata: { httpStatusCode: 403 },
    })
    client.destroy()
  })
})
