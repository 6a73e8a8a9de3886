import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'

/** The files that a trail delivers to a bucket. */
export interface TrailFiles {
  /** Keys under a prefix, a thousand at a time; those of CloudTrail: by their ending, and not larger than its files are. */
  keys(at: At, bucket: string, prefix: string, ask: Ask): AsyncGenerator<string, void, void>
  /** A file's bytes, as they lie in the bucket. */
  read(at: At, bucket: string, key: string, ask: Ask): Promise<Uint8Array>
}

/** CloudTrail's own files stay below 50 MB. */
const largest = 64 * 2 ** 20

export function trailFiles(door: Door): TrailFiles {
  return {
    async *keys(at, bucket, prefix, ask) {
      let token: string | undefined
      do {
        const ContinuationToken = token
        const output = await door(
          at,
          {
            service: 's3',
            name: 'ListObjectsV2',
            same: JSON.stringify([bucket, prefix, ContinuationToken, 'keys']),
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
        for (const { Key, Size = 0 } of output.Contents ?? [])
          if (Key !== undefined && Size <= largest && /\.json(\.gz)?$/.test(Key)) yield Key
        token = output.NextContinuationToken
      } while (token !== undefined)
    },
    read: (at, bucket, key, ask) =>
      door(
        at,
        {
          service: 's3',
          name: 'GetObject',
          same: JSON.stringify([bucket, key]),
          send: async client => {
            const output = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
            return output.Body?.transformToByteArray() ?? new Uint8Array()
          },
        },
        ask,
      ),
  }
}
