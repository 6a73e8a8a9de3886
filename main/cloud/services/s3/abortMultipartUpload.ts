import type { AbortMultipartUploadOutput, AbortMultipartUploadRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { noSuchUpload } from './errors.ts'
import type { S3 } from './s3.ts'

export const abortMultipartUpload: Operation<S3, AbortMultipartUploadRequest, AbortMultipartUploadOutput> = {
  authorized: false,
  async run({ access, blobs, uploads, database }, input, call) {
    const { bucket, key } = access.key(call, input, 's3:AbortMultipartUpload')
    const id = input.UploadId ?? ''
    if (!uploads.find(id, bucket.name, key)) throw noSuchUpload(id)
    await blobs.release(database.transaction(() => uploads.end(id)))
    return {}
  },
}
