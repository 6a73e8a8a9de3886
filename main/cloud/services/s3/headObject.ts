import type { HeadObjectOutput, HeadObjectRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import { reading } from './access.ts'
import { extent } from './extent.ts'
import { describe } from './objectHeaders.ts'
import type { S3 } from './s3.ts'

export const headObject: Operation<S3, HeadObjectRequest, HeadObjectOutput> = {
  authorized: false,
  run({ access }, input, call) {
    const version = access.object(call, input, reading)
    const { range, members } = extent(version, input)
    return { ...describe(version, { checksums: input.ChecksumMode === 'ENABLED' && !range }), ...members }
  },
}
