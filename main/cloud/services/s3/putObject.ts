import type { PutObjectCommandInput, PutObjectOutput } from '@aws-sdk/client-s3'
import type { Operation } from '../../server/operation.ts'
import type { StreamedBody } from '../../server/protocols/restBody.ts'
import { type Checksum, checksumMembers } from './checksums.ts'
import { aboutOf } from './objectHeaders.ts'
import { receiveBody } from './receiving.ts'
import type { S3 } from './s3.ts'
import { refuseUnsupported } from './unsupported.ts'

type Input = Omit<PutObjectCommandInput, 'Body'> & { Body?: StreamedBody }

export const putObject: Operation<S3, Input, PutObjectOutput> = {
  authorized: false,
  async run({ access, blobs, writing }, input, call) {
    const { bucket, key } = access.key(call, input, 's3:PutObject')
    refuseUnsupported(input)
    const about = aboutOf(input)
    const received = await receiveBody(blobs, input, 'CRC64NVME')
    const checksum: Checksum = { algorithm: received.algorithm, type: 'FULL_OBJECT', value: received.checksum }
    const object = { blob: received.id, size: received.size, etag: `"${received.md5}"`, about: { ...about, checksum } }
    const version = await writing.create({ bucket, key, object }, 'PutObject', call, input)
    return {
      ETag: version.etag,
      ...checksumMembers(checksum),
      ServerSideEncryption: 'AES256',
      ...(version.versionId !== 'null' && { VersionId: version.versionId }),
    }
  },
}
