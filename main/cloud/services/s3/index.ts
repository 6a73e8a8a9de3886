import type { Operation } from '../../server/operation.ts'
import { abortMultipartUpload } from './abortMultipartUpload.ts'
import { completeMultipartUpload } from './completeMultipartUpload.ts'
import { copyObject } from './copyObject.ts'
import { createBucket } from './createBucket.ts'
import { createMultipartUpload } from './createMultipartUpload.ts'
import { deleteBucket } from './deleteBucket.ts'
import { deleteBucketPolicy } from './deleteBucketPolicy.ts'
import { deleteBucketWebsite } from './deleteBucketWebsite.ts'
import { deleteObject } from './deleteObject.ts'
import { deleteObjects } from './deleteObjects.ts'
import { deleteObjectTagging } from './deleteObjectTagging.ts'
import { getBucketAcl } from './getBucketAcl.ts'
import { getBucketLocation } from './getBucketLocation.ts'
import { getBucketNotificationConfiguration } from './getBucketNotificationConfiguration.ts'
import { getBucketPolicy } from './getBucketPolicy.ts'
import { getBucketVersioning } from './getBucketVersioning.ts'
import { getBucketWebsite } from './getBucketWebsite.ts'
import { getObject } from './getObject.ts'
import { getObjectAttributes } from './getObjectAttributes.ts'
import { getObjectTagging } from './getObjectTagging.ts'
import { headBucket } from './headBucket.ts'
import { headObject } from './headObject.ts'
import { listBuckets } from './listBuckets.ts'
import { listObjects } from './listObjects.ts'
import { listObjectsV2 } from './listObjectsV2.ts'
import { listObjectVersions } from './listObjectVersions.ts'
import { listParts } from './listParts.ts'
import { putBucketNotificationConfiguration } from './putBucketNotificationConfiguration.ts'
import { putBucketPolicy } from './putBucketPolicy.ts'
import { putBucketVersioning } from './putBucketVersioning.ts'
import { putBucketWebsite } from './putBucketWebsite.ts'
import { putObject } from './putObject.ts'
import { putObjectTagging } from './putObjectTagging.ts'
import type { S3 } from './s3.ts'
import { uploadPart } from './uploadPart.ts'
import { uploadPartCopy } from './uploadPartCopy.ts'

/** S3's API, as far as the cloud has it. */
export const operations: Readonly<Record<string, Operation<S3, object, object>>> = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteBucketPolicy: deleteBucketPolicy,
  DeleteBucketWebsite: deleteBucketWebsite,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  DeleteObjectTagging: deleteObjectTagging,
  GetBucketAcl: getBucketAcl,
  GetBucketLocation: getBucketLocation,
  GetBucketNotificationConfiguration: getBucketNotificationConfiguration,
  GetBucketPolicy: getBucketPolicy,
  GetBucketVersioning: getBucketVersioning,
  GetBucketWebsite: getBucketWebsite,
  GetObject: getObject,
  GetObjectAttributes: getObjectAttributes,
  GetObjectTagging: getObjectTagging,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListObjectVersions: listObjectVersions,
  ListParts: listParts,
  PutBucketNotificationConfiguration: putBucketNotificationConfiguration,
  PutBucketPolicy: putBucketPolicy,
  PutBucketVersioning: putBucketVersioning,
  PutBucketWebsite: putBucketWebsite,
  PutObject: putObject,
  PutObjectTagging: putObjectTagging,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
}
