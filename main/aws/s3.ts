import { GetBucketWebsiteCommand } from '@aws-sdk/client-s3'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'

/** What S3 is asked. */
export interface S3 {
  /** True where the bucket serves a website. @throws Failure where it can't be known. */
  hasWebsite(at: At, bucket: string, ask: Ask): Promise<boolean>
}

export function s3(door: Door): S3 {
  return {
    hasWebsite: async (at, bucket, ask) => {
      const found = await door(
        at,
        {
          service: 's3',
          name: 'GetBucketWebsite',
          same: bucket,
          send: async client => {
            try {
              const output = await client.send(new GetBucketWebsiteCommand({ Bucket: bucket }))
              return output.IndexDocument !== undefined
            } catch (error) {
              if (error instanceof Error && error.name === 'NoSuchWebsiteConfiguration') return false
              throw error
            }
          },
        },
        ask,
      )
      return found
    },
  }
}
