import type { CreateBucketOutput, CreateBucketRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { bucketArn } from './access.ts'
import { notImplemented, S3Error } from './errors.ts'
import { checkBucketName } from './names.ts'
import type { S3 } from './s3.ts'
import { refuseUnsupported } from './unsupported.ts'

export const createBucket: Operation<S3, CreateBucketRequest, CreateBucketOutput> = {
  resources: ({ Bucket }) => [bucketArn(Bucket ?? '')],
  run({ buckets, clock, database }, input, call) {
    const { Bucket: name = '', CreateBucketConfiguration: configuration, ACL, ObjectLockEnabledForBucket } = input
    checkBucketName(name)
    refuseUnsupported({ ACL })
    if (ObjectLockEnabledForBucket) throw notImplemented('x-amz-bucket-object-lock-enabled')
    const wanted = configuration?.LocationConstraint ?? (call.region === 'us-east-1' ? 'us-east-1' : undefined)
    // us-east-1's endpoint makes buckets anywhere; every other one only in its own region, and wants to hear its name.
    const region: string | undefined = wanted === 'EU' ? 'eu-west-1' : wanted
    if (region === undefined || (call.region !== 'us-east-1' && region !== call.region)) {
      throw new S3Error(
        'IllegalLocationConstraintException',
        400,
        `The ${region ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
      )
    }
    database.transaction(() => {
      const taken = buckets.find(name)
      if (taken) throw taken.account === call.account ? alreadyOwned(name) : alreadyExists(name)
      buckets.create(name, call.account, region, clock.now())
    })
    return { Location: call.region === 'us-east-1' ? `/${name}` : `http://${name}.s3.amazonaws.com/` }
  },
}

const alreadyOwned = (name: string) =>
  new S3Error(
    'BucketAlreadyOwnedByYou',
    409,
    'Your previous request to create the named bucket succeeded and you already own it.',
    { members: { BucketName: name } },
  )

const alreadyExists = (name: string) =>
  new S3Error(
    'BucketAlreadyExists',
    409,
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    { members: { BucketName: name } },
  )
