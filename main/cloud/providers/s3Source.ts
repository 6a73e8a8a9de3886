import type { Objects } from '../services/s3/objects.ts'
import { type Artifacts, isError, permitted, regionOf } from './artifacts.ts'
import { ActionFailure, type ActionJob, type Provider } from './provider.ts'
import { flag, required } from './settings.ts'

const summaryName = 'codepipeline-artifact-revision-summary'

/** Source, S3: one version of one object of a versioned bucket, handed on as it is. */
export function s3Source({ artifacts, objects }: { artifacts: Artifacts; objects: Objects }): Provider {
  const override = (job: ActionJob, type: 'S3_OBJECT_VERSION_ID' | 'S3_OBJECT_KEY') =>
    job.execution.overrides.find(
      ({ actionName, revisionType }) => actionName === job.action.name && revisionType === type,
    )?.revisionValue

  return {
    async start(job) {
      const bucket = required(job, 'S3Bucket')
      const keyOverride = override(job, 'S3_OBJECT_KEY')
      if (keyOverride !== undefined && !flag(job, 'AllowOverrideForS3ObjectKey')) {
        throw new ActionFailure('ConfigurationError', 'The action does not allow to override its S3 object key.')
      }
      const key = keyOverride ?? required(job, 'S3ObjectKey')
      // After a crash the attempt goes on with the version that it had reported.
      const versionId = job.attempt.report.externalExecutionId ?? override(job, 'S3_OBJECT_VERSION_ID')
      const as = artifacts.identity(job)
      const { object, file } = await found(bucket, key, () =>
        permitted(
          () => `CodePipeline service role ${as.principalArn} is getting S3 access denied for the S3 bucket ${bucket}`,
          () => objects.open(as, bucket, key, versionId),
        ),
      )
      if (object.versionId === 'null') {
        throw new ActionFailure('ConfigurationError', `The bucket ${bucket} is not versioned; enable versioning on it.`)
      }
      job.report({ externalExecutionId: object.versionId })
      const made = await Promise.all(
        job.action.outputArtifacts.map(name => artifacts.put(as, artifacts.place(job, name), { file })),
      )
      const summary = object.metadata[summaryName] ?? `Amazon S3 version id: ${object.versionId}`
      return {
        kind: 'succeeded',
        summary,
        result: {
          artifacts: made,
          variables: {
            BucketName: bucket,
            ETag: object.etag.replaceAll('"', ''),
            ObjectKey: key,
            VersionId: object.versionId,
          },
          revision: {
            actionName: job.action.name,
            revisionId: object.versionId,
            revisionSummary: summary,
            revisionUrl: `https://${regionOf(job)}.console.aws.amazon.com/s3/object/${bucket}?prefix=${encodeURIComponent(key)}&versionId=${encodeURIComponent(object.versionId)}`,
          },
        },
      }
    },
  }
}

async function found<T>(bucket: string, key: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (isError(thrown, 'NoSuchBucket')) {
      throw new ActionFailure('ConfigurationError', `No bucket with the name ${bucket} was found`, { cause: thrown })
    }
    if (isError(thrown, 'NoSuchKey', 'NoSuchVersion')) {
      // UNCONFIRMED wording.
      throw new ActionFailure(
        'ConfigurationError',
        `The object with key '${key}' does not exist in bucket '${bucket}'`,
        { cause: thrown },
      )
    }
    throw thrown
  }
}
