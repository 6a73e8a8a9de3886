import { AwsError } from '../../server/awsError.ts'

/** A refusal of S3; some of them also say something in headers (a delete marker, the ETag of a 304). */
export class S3Error extends AwsError {
  readonly headers: Readonly<Record<string, string>>

  constructor(
    name: string,
    status: number,
    message: string,
    options: { members?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(name, message, { status, ...(options.members && { members: options.members }) })
    this.headers = options.headers ?? {}
  }
}

export const accessDenied = (message = 'Access Denied') => new S3Error('AccessDenied', 403, message)

export const noSuchBucket = (bucket: string) =>
  new S3Error('NoSuchBucket', 404, 'The specified bucket does not exist', { members: { BucketName: bucket } })

export const noSuchKey = (key: string, headers: Record<string, string> = {}) =>
  new S3Error('NoSuchKey', 404, 'The specified key does not exist.', { members: { Key: key }, headers })

export const noSuchVersion = (key: string, versionId: string) =>
  new S3Error('NoSuchVersion', 404, 'The specified version does not exist.', {
    members: { Key: key, VersionId: versionId },
  })

export const noSuchUpload = (uploadId: string) =>
  new S3Error(
    'NoSuchUpload',
    404,
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { members: { UploadId: uploadId } },
  )

export const methodNotAllowed = (method: string, headers: Record<string, string> = {}) =>
  new S3Error('MethodNotAllowed', 405, 'The specified method is not allowed against this resource.', {
    members: { Method: method },
    headers,
  })

export const invalidArgument = (message: string, members: Record<string, unknown> = {}) =>
  new S3Error('InvalidArgument', 400, message, { members })

export const invalidRequest = (message: string) => new S3Error('InvalidRequest', 400, message)

export const notImplemented = (what: string) =>
  new S3Error(
    'NotImplemented',
    501,
    `A header or operation you provided implies functionality that is not implemented: ${what}`,
  )

export const preconditionFailed = (condition: string) =>
  new S3Error('PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold', {
    members: { Condition: condition },
  })

export const notModified = (headers: Record<string, string>) =>
  new S3Error('NotModified', 304, 'Not Modified', { headers })

export const badDigest = (what: string) =>
  new S3Error('BadDigest', 400, `The ${what} you specified did not match the calculated checksum.`)

export const malformedXml = () =>
  new S3Error(
    'MalformedXML',
    400,
    'The XML you provided was not well-formed or did not validate against our published schema',
  )
