import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startS3, type TestS3 } from './s3.testing.ts'

let s3: TestS3
const Bucket = 'multipart'
const part = randomBytes(5 * 1024 * 1024)
const tail = Buffer.from('the end')

beforeAll(async () => {
  s3 = await startS3()
  await s3.client.send(new CreateBucketCommand({ Bucket }))
})
afterAll(() => s3.stop())

const begin = async (Key: string, more: Partial<CreateMultipartUploadCommandInput> = {}) => {
  const { UploadId } = await s3.client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))
  const upload = (PartNumber: number, Body: Uint8Array) =>
    s3.client.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ChecksumAlgorithm: more.ChecksumAlgorithm }),
    )
  const complete = (Parts: object[]) =>
    s3.client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }))
  return { UploadId, upload, complete }
}
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest()

describe('a multipart upload', () => {
  it('becomes one object of its parts, with the ETag of parts', async () => {
    const Key = 'big'
    const { UploadId, upload, complete } = await begin(Key, { ContentType: 'application/zip', Metadata: { a: 'b' } })
    const two = await upload(2, tail)
    const one = await upload(1, part)
    const listed = await s3.client.send(new ListPartsCommand({ Bucket, Key, UploadId }))
    expect(listed.Parts?.map(({ PartNumber, Size, ETag }) => [PartNumber, Size, ETag])).toEqual([
      [1, part.length, one.ETag],
      [2, tail.length, two.ETag],
    ])
    s3.events.length = 0
    const done = await complete([
      { PartNumber: 1, ETag: one.ETag },
      { PartNumber: 2, ETag: two.ETag },
    ])
    expect(done.ETag).toBe(`"${md5(Buffer.concat([md5(part), md5(tail)])).toString('hex')}-2"`)
    expect(s3.events).toMatchObject([{ detail: { reason: 'CompleteMultipartUpload', object: { key: Key } } }])
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key }))
    expect(got).toMatchObject({ ContentType: 'application/zip', Metadata: { a: 'b' }, ETag: done.ETag })
    const bytes = Buffer.from((await got.Body?.transformToByteArray()) ?? [])
    expect(bytes.equals(Buffer.concat([part, tail]))).toBe(true)
    const second = await s3.client.send(new HeadObjectCommand({ Bucket, Key, PartNumber: 2 }))
    expect(second).toMatchObject({ ContentLength: tail.length, PartsCount: 2 })
    await expect(complete([{ PartNumber: 1, ETag: one.ETag }])).rejects.toMatchObject({ name: 'NoSuchUpload' })
  })

  it.each([
    ['SHA256', 'COMPOSITE'],
    ['CRC32', 'FULL_OBJECT'],
  ] as const)('with %s has a %s checksum', async (ChecksumAlgorithm, ChecksumType) => {
    const Key = `sum-${ChecksumAlgorithm}`
    const { upload, complete } = await begin(Key, { ChecksumAlgorithm, ChecksumType })
    const one = await upload(1, tail)
    const done = await complete([
      { PartNumber: 1, ETag: one.ETag, [`Checksum${ChecksumAlgorithm}`]: one[`Checksum${ChecksumAlgorithm}`] },
    ])
    expect(done.ChecksumType).toBe(ChecksumType)
    const own = one[`Checksum${ChecksumAlgorithm}`] ?? ''
    const composite = `${createHash('sha256').update(Buffer.from(own, 'base64')).digest('base64')}-1`
    expect(done[`Checksum${ChecksumAlgorithm}`]).toBe(ChecksumType === 'COMPOSITE' ? composite : own)
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }))
    expect(await got.Body?.transformToString()).toBe('the end')
  })

  it('refuses parts that are wrong, out of order or too small', async () => {
    const { upload, complete } = await begin('refused')
    const [one, two] = [await upload(1, tail), await upload(2, tail)]
    await expect(complete([{ PartNumber: 1, ETag: '"0"' }])).rejects.toMatchObject({ name: 'InvalidPart' })
    await expect(
      complete([
        { PartNumber: 2, ETag: two.ETag },
        { PartNumber: 1, ETag: one.ETag },
      ]),
    ).rejects.toMatchObject({ name: 'InvalidPartOrder' })
    await expect(
      complete([
        { PartNumber: 1, ETag: one.ETag },
        { PartNumber: 2, ETag: two.ETag },
      ]),
    ).rejects.toMatchObject({ name: 'EntityTooSmall' })
    await expect(upload(0, tail)).rejects.toMatchObject({ name: 'InvalidArgument' })
  })

  it('takes parts from another object', async () => {
    const { UploadId, complete } = await begin('copied')
    const copied = await s3.client.send(
      new UploadPartCopyCommand({
        Bucket,
        Key: 'copied',
        UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/big`,
        CopySourceRange: 'bytes=0-9',
      }),
    )
    await complete([{ PartNumber: 1, ETag: copied.CopyPartResult?.ETag }])
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'copied' }))
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(part.subarray(0, 10))).toBe(true)
  })

  it('that is aborted is forgotten', async () => {
    const { UploadId, upload } = await begin('aborted')
    await upload(1, tail)
    await s3.client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'aborted', UploadId }))
    await expect(upload(2, tail)).rejects.toMatchObject({ name: 'NoSuchUpload' })
    await expect(s3.client.send(new ListPartsCommand({ Bucket, Key: 'aborted', UploadId }))).rejects.toMatchObject({
      name: 'NoSuchUpload',
    })
  })

  it('leaves no file behind that nobody names, once the cloud starts again', async () => {
    await s3.restart()
    const files = await readdir(join(s3.data, 's3', 'objects'), { recursive: true, withFileTypes: true })
    const named = ['big', 'sum-SHA256', 'sum-CRC32', 'copied']
    // Besides the objects: the two parts of the upload that was refused and not aborted.
    expect(files.filter(file => file.isFile())).toHaveLength(named.length + 2)
  })
})
