import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
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

describe('versions', () => {
  const at = { Bucket: 'versioned', Key: 'app.zip' }
  const read = async (VersionId?: string) =>
    (await s3.client.send(new GetObjectCommand({ ...at, VersionId }))).Body?.transformToString()

  it('stay, are hidden by a delete marker, and come back without it', async () => {
    const one = await s3.client.send(new PutObjectCommand({ ...at, Body: 'one' }))
    const two = await s3.client.send(new PutObjectCommand({ ...at, Body: 'two' }))
    expect(one.VersionId).not.toBe(two.VersionId)
    expect([await read(), await read(one.VersionId)]).toEqual(['two', 'one'])

    const deleted = await s3.client.send(new DeleteObjectCommand(at))
    expect(deleted.DeleteMarker).toBe(true)
    await expect(read()).rejects.toMatchObject({ name: 'NoSuchKey' })
    await expect(read(deleted.VersionId)).rejects.toMatchObject({ $metadata: { httpStatusCode: 405 } })
    const listed = await s3.client.send(new ListObjectVersionsCommand({ Bucket: 'versioned' }))
    expect(listed.Versions?.map(v => [v.VersionId, v.IsLatest])).toEqual([
      [two.VersionId, false],
      [one.VersionId, false],
    ])
    expect(listed.DeleteMarkers).toMatchObject([{ VersionId: deleted.VersionId, IsLatest: true }])

    await s3.client.send(new DeleteObjectCommand({ ...at, VersionId: deleted.VersionId }))
    expect(await read()).toBe('two')
    await s3.client.send(new DeleteObjectCommand({ ...at, VersionId: two.VersionId }))
    expect(await read()).toBe('one')
    await expect(read(two.VersionId)).rejects.toMatchObject({ name: 'NoSuchVersion' })
  })

  it('of a suspended bucket are one, called null, beside the older ones', async () => {
    const Key = 'suspended'
    const first = await s3.client.send(new PutObjectCommand({ Bucket: 'versioned', Key, Body: 'kept' }))
    const set = (Status: 'Enabled' | 'Suspended') =>
      s3.client.send(new PutBucketVersioningCommand({ Bucket: 'versioned', VersioningConfiguration: { Status } }))
    await set('Suspended')
    for (const Body of ['a', 'b']) {
      const stored = await s3.client.send(new PutObjectCommand({ Bucket: 'versioned', Key, Body }))
      expect(stored.VersionId).toBeUndefined()
    }
    const listed = await s3.client.send(new ListObjectVersionsCommand({ Bucket: 'versioned', Prefix: Key }))
    expect(listed.Versions?.map(v => v.VersionId)).toEqual(['null', first.VersionId])
    await set('Enabled')
  })
})

describe('deleting', () => {
  it('succeeds where nothing is, and takes many at once', async () => {
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'never' }))
    await put('many/1', '')
    await put('many/2', '')
    const { Deleted, Errors } = await s3.client.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: 'many/1' }, { Key: 'many/2' }, { Key: 'many/3' }] },
      }),
    )
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['many/1', 'many/2', 'many/3'])
    expect(Errors ?? []).toEqual([])
    await expect(text('many/1')).rejects.toMatchObject({ name: 'NoSuchKey' })
  })
})

describe('copying', () => {
  it('keeps metadata unless told to replace it, and the bytes of the version named', async () => {
    const first = await s3.client.send(
      new PutObjectCommand({ Bucket: 'versioned', Key: 'src ü', Body: 'first', Metadata: { a: '1' } }),
    )
    await s3.client.send(new PutObjectCommand({ Bucket: 'versioned', Key: 'src ü', Body: 'second' }))
    const copied = await s3.client.send(
      new CopyObjectCommand({
        Bucket,
        Key: 'dst',
        CopySource: `versioned/${encodeURIComponent('src ü')}?versionId=${first.VersionId}`,
      }),
    )
    expect(copied).toMatchObject({ CopySourceVersionId: first.VersionId, CopyObjectResult: { ETag: first.ETag } })
    expect(await text('dst')).toBe('first')
    await s3.client.send(
      new CopyObjectCommand({
        Bucket,
        Key: 'dst',
        CopySource: `${Bucket}/dst`,
        MetadataDirective: 'REPLACE',
        Metadata: { b: '2' },
      }),
    )
    expect((await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'dst' }))).Metadata).toEqual({ b: '2' })
    await expect(
      s3.client.send(new CopyObjectCommand({ Bucket, Key: 'dst', CopySource: `${Bucket}/dst` })),
    ).rejects.toMatchObject({ name: 'InvalidRequest' })
  })
})

describe('tags and attributes', () => {
  it('are kept beside the object', async () => {
    const Key = 'tagged'
    await put(Key, 'x', { Tagging: 'stage=prod&team=a%20b' })
    const tags = async () => (await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet
    expect(await tags()).toEqual([
      { Key: 'stage', Value: 'prod' },
      { Key: 'team', Value: 'a b' },
    ])
    await s3.client.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: [{ Key: 'k', Value: 'v' }] } }))
    expect(await tags()).toEqual([{ Key: 'k', Value: 'v' }])
    await s3.client.send(new DeleteObjectTaggingCommand({ Bucket, Key }))
    expect(await tags()).toEqual([])
    const { ETag, ObjectSize } = await s3.client.send(
      new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['ETag', 'ObjectSize'] }),
    )
    expect({ ETag, ObjectSize }).toEqual({ ETag: createHash('md5').update('x').digest('hex'), ObjectSize: 1 })
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
