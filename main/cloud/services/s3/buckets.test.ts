import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { production, tooling } from '../endpoint.testing.ts'
import { keysOf, startS3, type TestS3 } from './s3.testing.ts'

let s3: TestS3
beforeAll(async () => {
  s3 = await startS3()
})
afterAll(() => s3.stop())

const put = (Bucket: string, Key: string, Body = 'x') => s3.client.send(new PutObjectCommand({ Bucket, Key, Body }))
const nameOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'allowed',
    error => error.name,
  )

describe('a bucket', () => {
  it('has a name that is unique over all accounts', async () => {
    await s3.client.send(new CreateBucketCommand({ Bucket: 'mine' }))
    expect(await nameOf(s3.client.send(new CreateBucketCommand({ Bucket: 'mine' })))).toBe('BucketAlreadyOwnedByYou')
    expect(await nameOf(s3.stranger.send(new CreateBucketCommand({ Bucket: 'mine' })))).toBe('BucketAlreadyExists')
    const { Buckets } = await s3.client.send(new ListBucketsCommand({}))
    expect(Buckets).toMatchObject([{ Name: 'mine', BucketRegion: 'us-east-1' }])
    expect((await s3.stranger.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([])
  })

  it.each(['ab', 'Upper', 'under_score', 'a..b', '192.168.0.1', '-a-', 'x'.repeat(64), 'xn--abc'])(
    'is not called %j',
    async Bucket => {
      expect(await nameOf(s3.client.send(new CreateBucketCommand({ Bucket })))).toBe('InvalidBucketName')
    },
  )

  it('is deleted only when empty, versions and all', async () => {
    const Bucket = 'deleted'
    await s3.client.send(new CreateBucketCommand({ Bucket }))
    await s3.client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
    const { VersionId } = await put(Bucket, 'a')
    const { VersionId: marker } = await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }))
    expect(await nameOf(s3.client.send(new DeleteBucketCommand({ Bucket })))).toBe('BucketNotEmpty')
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId }))
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: marker }))
    await s3.client.send(new DeleteBucketCommand({ Bucket }))
    expect(await nameOf(s3.client.send(new HeadBucketCommand({ Bucket })))).toBe('NotFound')
  })

  it('lies in a region, and sends clients there', async () => {
    const west = s3.clientFor(s3.ann, 'eu-west-1')
    const Bucket = 'in-ireland'
    expect(
      await nameOf(
        west.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } })),
      ),
    ).toBe('IllegalLocationConstraintException')
    await west.send(new CreateBucketCommand({ Bucket }))
    expect(await west.send(new GetBucketLocationCommand({ Bucket }))).toMatchObject({ LocationConstraint: 'eu-west-1' })
    expect((await s3.client.send(new GetBucketLocationCommand({ Bucket: 'mine' }))).LocationConstraint).toBeFalsy()
    expect(await nameOf(s3.client.send(new ListObjectsV2Command({ Bucket })))).toBe('PermanentRedirect')
    expect(s3.objects.regionOf(Bucket)).toBe('eu-west-1')
    expect(s3.objects.regionOf('nobodys')).toBeUndefined()
  })

  it('keeps its versioning, notification and ACL settings', async () => {
    const Bucket = 'mine'
    expect((await s3.client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined()
    expect(
      (await s3.client.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).EventBridgeConfiguration,
    ).toBeUndefined()
    await s3.client.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: { EventBridgeConfiguration: {} },
      }),
    )
    expect(
      (await s3.client.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).EventBridgeConfiguration,
    ).toBeDefined()
    const { Grants, Owner } = await s3.client.send(new GetBucketAclCommand({ Bucket }))
    expect(Grants).toMatchObject([{ Grantee: { ID: Owner?.ID, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }])
  })
})

describe('a listing', () => {
  const Bucket = 'listed'
  const keys = ['a/1', 'a/2', 'b', 'c/d/e', 'ü & <x>', 'z']
  beforeAll(async () => {
    await s3.client.send(new CreateBucketCommand({ Bucket }))
    for (const key of keys) await put(Bucket, key)
  })

  it('goes page by page, in both versions of the API', async () => {
    const seen: (string | undefined)[] = []
    for await (const page of paginateListObjectsV2({ client: s3.client, pageSize: 2 }, { Bucket })) {
      expect(page.KeyCount).toBeLessThanOrEqual(2)
      seen.push(...keysOf(page.Contents))
    }
    expect(seen).toEqual(['a/1', 'a/2', 'b', 'c/d/e', 'z', 'ü & <x>'])
    const rolled = await s3.client.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 1 }))
    expect(rolled).toMatchObject({ IsTruncated: true, CommonPrefixes: [{ Prefix: 'a/' }], NextMarker: 'a/' })
    const next = await s3.client.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: rolled.NextMarker }))
    expect(keysOf(next.Contents)).toEqual(['b', 'z', 'ü & <x>'])
    expect(next.CommonPrefixes).toEqual([{ Prefix: 'c/' }])
  })

  it('is narrowed, begun late and encoded on demand', async () => {
    const list = (more: object) => s3.client.send(new ListObjectsV2Command({ Bucket, ...more }))
    expect(keysOf((await list({ Prefix: 'a/' })).Contents)).toEqual(['a/1', 'a/2'])
    expect(keysOf((await list({ StartAfter: 'c' })).Contents)).toEqual(['c/d/e', 'z', 'ü & <x>'])
    expect(keysOf((await list({ EncodingType: 'url', StartAfter: 'z' })).Contents)).toEqual([
      encodeURIComponent('ü & <x>'),
    ])
    expect(await nameOf(list({ ContinuationToken: 'nonsense!' }))).toBe('InvalidArgument')
    const versions = await s3.client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 1 }))
    expect(versions).toMatchObject({ IsTruncated: true, NextKeyMarker: 'a/1', NextVersionIdMarker: 'null' })
  })
})

describe('a bucket policy', () => {
  const Bucket = 'guarded'
  const policy = (...Statement: object[]) =>
    s3.client.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }))
  const allow = (Principal: unknown, Action: unknown, Resource: string, more: object = {}) => ({
    Effect: 'Allow',
    Principal,
    Action,
    Resource,
    ...more,
  })
  beforeAll(async () => {
    await s3.client.send(new CreateBucketCommand({ Bucket }))
    await put(Bucket, 'shared/app.zip')
    await put(Bucket, 'private')
  })

  it('is what lets another account in, together with that account’s own policies', async () => {
    const read = (Key: string, client = s3.stranger) => nameOf(client.send(new GetObjectCommand({ Bucket, Key })))
    expect(await read('shared/app.zip')).toBe('AccessDenied')
    await policy(
      allow({ AWS: production }, 's3:GetObject', `arn:aws:s3:::${Bucket}/shared/*`),
      allow({ AWS: `arn:aws:iam::${production}:root` }, 's3:PutObject', `arn:aws:s3:::${Bucket}/in/*`),
    )
    expect(await read('shared/app.zip')).toBe('allowed')
    expect(await read('private')).toBe('AccessDenied')
    expect(await read('shared/missing')).toBe('AccessDenied')
    expect(await nameOf(s3.stranger.send(new PutObjectCommand({ Bucket, Key: 'in/x', Body: 'y' })))).toBe('allowed')
    expect(await nameOf(s3.stranger.send(new PutObjectCommand({ Bucket, Key: 'out/x', Body: 'y' })))).toBe(
      'AccessDenied',
    )
    const limited = s3.addUser(production, 'limited', {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
    })
    expect(await read('shared/app.zip', s3.clientFor(limited))).toBe('AccessDenied')
    expect(() => s3.objects.head(s3.pat.caller, Bucket, 'shared/app.zip')).not.toThrow()
    expect(() => s3.objects.head(s3.pat.caller, Bucket, 'private')).toThrow(
      expect.objectContaining({ name: 'AccessDenied' }),
    )
  })

  it('alone suffices within the account, and its deny outweighs all', async () => {
    const nobody = s3.addUser(tooling, 'nobody', {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
    })
    const client = s3.clientFor(nobody)
    const read = (from = client) => nameOf(from.send(new GetObjectCommand({ Bucket, Key: 'private' })))
    expect(await read()).toBe('AccessDenied')
    await policy(allow({ AWS: nobody.caller.arn }, 's3:GetObject', `arn:aws:s3:::${Bucket}/*`))
    expect(await read()).toBe('allowed')
    await policy({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${Bucket}/private`,
    })
    expect(await read(s3.client)).toBe('AccessDenied')
  })

  it('may depend on the prefix that is listed', async () => {
    await policy(
      allow({ AWS: production }, 's3:ListBucket', `arn:aws:s3:::${Bucket}`, {
        Condition: { StringLike: { 's3:prefix': 'shared/*' } },
      }),
    )
    const list = (Prefix?: string) => nameOf(s3.stranger.send(new ListObjectsV2Command({ Bucket, Prefix })))
    expect(await list('shared/')).toBe('allowed')
    expect(await list()).toBe('AccessDenied')
  })

  it('is read back as it was put, refused when it is none, and removed', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [allow('*', 's3:GetObject', `arn:aws:s3:::${Bucket}/*`)],
    })
    await s3.client.send(new PutBucketPolicyCommand({ Bucket, Policy }))
    expect((await s3.client.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy)
    for (const wrong of [
      '',
      '{',
      '[]',
      JSON.stringify({ Statement: [allow('*', 's3:GetObject', 'arn:aws:s3:::other/*')] }),
    ]) {
      const sent = s3.client.send(new PutBucketPolicyCommand({ Bucket, Policy: wrong }))
      expect(await nameOf(sent)).toBe('MalformedPolicy')
    }
    await s3.client.send(new DeleteBucketPolicyCommand({ Bucket }))
    expect(await nameOf(s3.client.send(new GetBucketPolicyCommand({ Bucket })))).toBe('NoSuchBucketPolicy')
  })
})
