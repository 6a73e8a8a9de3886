import { z } from 'zod'
import type { CloudEvent } from '../../events.ts'
import type { ActionPlan } from '../../execution/model.ts'
import { accountOf, regionOf } from '../../providers/artifacts.ts'
import type { PipelineRef } from '../../providers/provider.ts'

/** What a source action follows; `key` is the same in what its service tells of a change. */
export type Source =
  | { kind: 'branch'; key: string; region: string; repository: string; branch: string }
  | { kind: 'object'; key: string; bucket: string; object: string }

const branchKey = (account: string, region: string, repository: string, branch: string) =>
  `codecommit/${account}/${region}/${repository}/${branch}`
const objectKey = (bucket: string, object: string) => `s3/${bucket}/${object}`

/** What a source action follows by itself; undefined where it waits to be told (`PollForSourceChanges` is "false"). Pure. */
export function sourceOf(pipeline: PipelineRef, action: ActionPlan): Source | undefined {
  const { type, configuration } = action
  if (type.owner !== 'AWS' || configuration.PollForSourceChanges?.toLowerCase() === 'false') return undefined
  if (type.provider === 'CodeCommit') {
    const { RepositoryName: repository = '', BranchName: branch = '' } = configuration
    const region = regionOf({ pipeline, action })
    return {
      kind: 'branch',
      key: branchKey(accountOf({ pipeline, action }), region, repository, branch),
      region,
      repository,
      branch,
    }
  }
  if (type.provider === 'S3') {
    const { S3Bucket: bucket = '', S3ObjectKey: object = '' } = configuration
    return { kind: 'object', key: objectKey(bucket, object), bucket, object }
  }
  return undefined
}

const branchMoved = z.object({
  event: z.enum(['referenceCreated', 'referenceUpdated']),
  repositoryName: z.string(),
  referenceType: z.literal('branch'),
  referenceName: z.string(),
  commitId: z.string(),
})
const objectCreated = z.object({
  bucket: z.object({ name: z.string() }),
  object: z.object({ key: z.string(), 'version-id': z.string() }),
})

/** The source that an event tells of, with its new revision. Objects of unversioned buckets have none. Pure. */
export function changeOf(event: CloudEvent): { key: string; revision: string } | undefined {
  if (event.source === 'aws.codecommit' && event['detail-type'] === 'CodeCommit Repository State Change') {
    const { data } = branchMoved.safeParse(event.detail)
    return (
      data && {
        key: branchKey(event.account, event.region, data.repositoryName, data.referenceName),
        revision: data.commitId,
      }
    )
  }
  if (event.source === 'aws.s3' && event['detail-type'] === 'Object Created') {
    const { data } = objectCreated.safeParse(event.detail)
    return data && { key: objectKey(data.bucket.name, data.object.key), revision: data.object['version-id'] }
  }
  return undefined
}
