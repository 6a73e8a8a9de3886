import type { DeletedObject, DeleteObjectsOutput, DeleteObjectsRequest, _Error as Refusal } from '@aws-sdk/client-s3'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { deleteObject } from './deleteObject.ts'
import { malformedXml, noSuchBucket } from './errors.ts'
import type { S3 } from './s3.ts'

/** Up to 1,000 objects; each is allowed, deleted or refused by itself. */
export const deleteObjects: Operation<S3, DeleteObjectsRequest, DeleteObjectsOutput> = {
  authorized: false,
  async run(s3, input, call) {
    const objects = input.Delete?.Objects ?? []
    if (objects.length === 0 || objects.length > 1000) throw malformedXml()
    if (!s3.buckets.find(input.Bucket ?? '')) throw noSuchBucket(input.Bucket ?? '')
    const Deleted: DeletedObject[] = []
    const Errors: Refusal[] = []
    for (const { Key, VersionId } of objects) {
      const named = { Key, ...(VersionId !== undefined && { VersionId }) }
      try {
        const gone = await deleteObject.run(
          s3,
          { Bucket: input.Bucket, ExpectedBucketOwner: input.ExpectedBucketOwner, ...named },
          call,
        )
        const marker = gone.DeleteMarker && { DeleteMarker: true, DeleteMarkerVersionId: gone.VersionId }
        Deleted.push({ ...named, ...marker })
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        Errors.push({ ...named, Code: error.name, Message: error.message })
      }
    }
    return { ...(!input.Delete?.Quiet && { Deleted }), Errors }
  },
}
