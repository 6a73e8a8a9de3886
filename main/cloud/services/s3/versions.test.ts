import { createHash } from 'node:crypto'
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
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startS3, type TestS3 } from './s3.testing.ts'

let s3: TestS3
const Bucket = 'shop-artifacts'
beforeAll(async () => {
  s3 = await startS3()
  for (const name of [Bucket, 'versioned']) await s3.client.send(new CreateBucketCommand({ Bucket: name }))
  await s3.client.send(
    new PutBucketVersioningCommand({ Bucket: 'versioned', VersioningConfiguration: { Status: 'Enabled' } }),
  )
})
afterAll(() => s3.stop())

const put = (Key: string, more: object = {}) =>
  s3.client.send(new PutObjectCommand({ Bucket, Key, Body: new Uint8Array(), ...more }))
const text = async (Key: string) =>
  (await s3.client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()

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
    await put('many/1')
    await put('many/2')
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
    await put(Key, { Body: 'x', Tagging: 'stage=prod&team=a%20b' })
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
