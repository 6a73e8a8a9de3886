import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'

/** What lies under a prefix of a bucket. */
export interface Stored {
  bytes: number
  objects: number
  /** False where there is more than was counted. */
  complete: boolean
}

export interface ArtifactSizes {
  /** Counts 10,000 objects at most: each 1,000 are one request that is paid for. */
  stored(at: At, bucket: string, prefix: string, ask: Ask): Promise<Stored>
}

const mostPages = 10

export function artifactSizes(door: Door): ArtifactSizes {
  return {
    async stored(at, bucket, prefix, ask) {
      let bytes = 0
      let objects = 0
      let token: string | undefined
      for (let page = 0; page < mostPages; page++) {
        const ContinuationToken = token
        const output = await door(
          at,
          {
            service: 's3',
            name: 'ListObjectsV2',
            same: JSON.stringify([bucket, prefix, ContinuationToken]),
            send: client =>
              client.send(
                new ListObjectsV2Command({
                  Bucket: bucket,
                  Prefix: prefix,
                  ...(ContinuationToken !== undefined && { ContinuationToken }),
                }),
              ),
          },
          ask,
        )
        for (const { Size = 0 } of output.Contents ?? []) {
          bytes += Size
          objects++
        }
        token = output.NextContinuationToken
        if (token === undefined) return { bytes, objects, complete: true }
      }
      return { bytes, objects, complete: false }
    },
  }
}
