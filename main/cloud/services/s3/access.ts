import { AwsError } from '../../server/awsError.ts'
import type { Authorize, Caller } from '../../server/operation.ts'
import type { Bucket, Buckets } from './buckets.ts'
import { accessDenied, noSuchBucket, noSuchKey, noSuchVersion, S3Error } from './errors.ts'
import { checkKey } from './names.ts'
import type { ObjectVersion, Version, Versions } from './versions.ts'

/** Who asks. Calls over the wire also say which region they were signed for. */
export interface Asking {
  caller: Caller
  region?: string
}

/** The bucket that a request names, and whom it expects to own it. */
export interface BucketInput {
  Bucket: string | undefined
  ExpectedBucketOwner?: string | undefined
}
export interface ObjectInput extends BucketInput {
  Key: string | undefined
}

export const bucketArn = (bucket: string) => `arn:aws:s3:::${bucket}`

/** Finds buckets and objects for those who may have them: the bucket's policy and the caller's own decide. */
export function createAccess(buckets: Buckets, versions: Versions, authorize: Authorize) {
  const ask = (caller: Caller, action: string, bucket: Bucket, key?: string, context?: Record<string, string>) => {
    try {
      authorize(caller, action, key === undefined ? bucketArn(bucket.name) : `${bucketArn(bucket.name)}/${key}`, {
        owner: bucket.account,
        ...(bucket.policy !== undefined && { policy: bucket.policy }),
        ...(context && { context }),
      })
    } catch (error) {
      if (error instanceof AwsError && error.name.startsWith('AccessDenied')) throw accessDenied(error.message)
      throw error
    }
  }
  const may = (...asked: Parameters<typeof ask>) => {
    try {
      ask(...asked)
      return true
    } catch (error) {
      if (error instanceof AwsError) return false
      throw error
    }
  }

  const find = (asking: Asking, input: BucketInput): Bucket => {
    const name = input.Bucket ?? ''
    const bucket = buckets.find(name)
    if (!bucket) throw noSuchBucket(name)
    if (input.ExpectedBucketOwner !== undefined && input.ExpectedBucketOwner !== bucket.account) throw accessDenied()
    if (asking.region !== undefined && asking.region !== bucket.region) throw elsewhere(bucket, asking.region)
    return bucket
  }

  const bucket = (asking: Asking, input: BucketInput, action: string, context?: Record<string, string>): Bucket => {
    const found = find(asking, input)
    ask(asking.caller, action, found, undefined, context)
    return found
  }

  /** The bucket and the checked key of an object that need not be there. */
  const key = (asking: Asking, input: ObjectInput, action: string) => {
    const found = find(asking, input)
    const name = input.Key ?? ''
    checkKey(name)
    ask(asking.caller, action, found, name)
    return { bucket: found, key: name }
  }

  /**
   * The version asked for, or the latest. Who may not list the bucket does not learn whether a key is there: S3 answers
   * 403 instead of 404.
   */
  const object = (
    asking: Asking,
    input: ObjectInput & { VersionId?: string | undefined },
    actions: Actions,
  ): ObjectVersion => {
    const asked = key(asking, input, input.VersionId === undefined ? actions.latest : actions.version)
    const hidden = () => !may(asking.caller, 's3:ListBucket', asked.bucket)
    const { VersionId } = input
    const version: Version | undefined =
      VersionId === undefined
        ? versions.latest(asked.bucket.name, asked.key)
        : versions.find(asked.bucket.name, asked.key, VersionId)
    if (version?.kind === 'object') return version
    if (hidden()) throw accessDenied()
    if (!version) throw VersionId === undefined ? noSuchKey(asked.key) : noSuchVersion(asked.key, VersionId)
    const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId }
    if (VersionId === undefined) throw noSuchKey(asked.key, headers)
    throw new S3Error('MethodNotAllowed', 405, 'The specified method is not allowed against this resource.', {
      headers: { ...headers, 'last-modified': new Date(version.modifiedAt).toUTCString(), allow: 'DELETE' },
    })
  }

  return { bucket, key, object, may }
}

/** The actions for the latest version and for one that is named. */
interface Actions {
  latest: string
  version: string
}

export const reading: Actions = { latest: 's3:GetObject', version: 's3:GetObjectVersion' }

/** S3's two ways of sending a client to the right region; the SDKs follow both. */
function elsewhere({ name, region }: Bucket, signedFor: string): S3Error {
  const headers = { 'x-amz-bucket-region': region }
  return signedFor === 'us-east-1'
    ? new S3Error(
        'PermanentRedirect',
        301,
        'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
        { members: { Bucket: name, Endpoint: `s3.${region}.amazonaws.com` }, headers },
      )
    : new S3Error(
        'AuthorizationHeaderMalformed',
        400,
        `The authorization header is malformed; the region '${signedFor}' is wrong; expecting '${region}'`,
        { members: { Region: region }, headers },
      )
}

export type Access = ReturnType<typeof createAccess>
