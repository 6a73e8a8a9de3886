import { randomBytes } from 'node:crypto'
import type { CreateMultipartUploadOutput, CreateMultipartUploadRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { checksumAlgorithm } from './checksums.ts'
import { invalidRequest } from './errors.ts'
import { aboutOf } from './objectHeaders.ts'
import type { S3 } from './s3.ts'
import { refuseUnsupported } from './unsupported.ts'

export const createMultipartUpload: Operation<S3, CreateMultipartUploadRequest, CreateMultipartUploadOutput> = {
  authorized: false,
  run({ access, uploads, clock }, input, call) {
    const { bucket, key } = access.key(call, input, 's3:PutObject')
    refuseUnsupported(input)
    const chosen = input.ChecksumAlgorithm !== undefined
    const algorithm = checksumAlgorithm(input.ChecksumAlgorithm ?? 'CRC64NVME')
    const isCrc = algorithm.startsWith('CRC')
    const type = input.ChecksumType ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE')
    if (type === 'FULL_OBJECT' ? !isCrc : algorithm === 'CRC64NVME') {
      throw invalidRequest(`The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`)
    }
    const id = randomBytes(48).toString('base64url')
    uploads.begin({
      id,
      bucket: bucket.name,
      key,
      startedAt: clock.now(),
      initiator: call.caller.arn,
      about: { object: aboutOf(input), algorithm, checksumType: type, chosen },
    })
    return {
      Bucket: bucket.name,
      Key: key,
      UploadId: id,
      ServerSideEncryption: 'AES256',
      ...(input.ChecksumAlgorithm && { ChecksumAlgorithm: input.ChecksumAlgorithm, ChecksumType: type }),
    }
  },
}
