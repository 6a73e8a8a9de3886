import type { DeleteBucketRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { S3Error } from './errors.ts'
import type { S3 } from './s3.ts'

export const deleteBucket: Operation<S3, DeleteBucketRequest, object> = {
  authorized: false,
  async run({ access, buckets, versions, uploads, blobs, database }, input, call) {
    const { name } = access.bucket(call, input, 's3:DeleteBucket')
    const freed = database.transaction(() => {
      if (!versions.isEmpty(name)) {
        throw new S3Error('BucketNotEmpty', 409, 'The bucket you tried to delete is not empty', {
          members: { BucketName: name },
        })
      }
      const parts = uploads.ofBucket(name).flatMap(({ id }) => uploads.end(id))
      buckets.remove(name)
      return parts
    })
    await blobs.release(freed)
    return {}
  },
}
