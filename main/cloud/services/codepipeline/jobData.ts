import type { Artifact, JobData, JobDetails, PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import type { FoundAction } from '../../execution/lookup.ts'
import type { Artifact as Made } from '../../execution/model.ts'
import type { Artifacts } from '../../providers/artifacts.ts'
import { type PipelineRef, pipelineArn } from '../../providers/provider.ts'
import type { Caller } from '../../server/operation.ts'
import { present } from './present.ts'
import type { WorkerJob } from './workerJobs.ts'

/** Makes temporary credentials of an identity, good for so many seconds. */
export type Access = (
  as: Caller,
  seconds: number,
) => { accessKeyId: string; secretAccessKey: string; sessionToken: string }

/** A job as a worker sees it, secrets and credentials included. */
export type JobContents = Required<JobDetails>

/** UNCONFIRMED: how long a job's credentials are good for. */
const credentialSeconds = 3600

/** What a worker is told of its job (fact sheet, section 3.8). Throws `ActionFailure` where no role can be assumed. */
export function jobData(
  found: FoundAction & { job: WorkerJob; pipeline: PipelineRef },
  declaration: PipelineDeclaration | undefined,
  artifacts: Artifacts,
  access: Access,
): JobContents {
  const { job, pipeline, execution, action, attempt } = found
  const outputs = action.outputArtifacts.map(name => artifacts.place(found, name))
  const policy = artifactPolicy(attempt.inputArtifacts, outputs)
  const data = present<JobData>({
    actionTypeId: { ...action.type },
    actionConfiguration: { configuration: { ...attempt.resolvedConfiguration } },
    pipelineContext: {
      pipelineName: pipeline.name,
      stage: { name: attempt.stage },
      action: { name: action.name, actionExecutionId: attempt.id },
      pipelineArn: pipelineArn(pipeline),
      pipelineExecutionId: execution.id,
    },
    inputArtifacts: attempt.inputArtifacts.map(artifact => located(artifact, revisionOf(found, artifact.name))),
    outputArtifacts: outputs.map(artifact => located(artifact)),
    artifactCredentials:
      policy === undefined
        ? undefined
        : credentials(access({ ...artifacts.identity(found), sessionPolicy: policy }, credentialSeconds)),
    continuationToken: job.continuationToken,
    encryptionKey: (declaration?.artifactStores?.[pipeline.region] ?? declaration?.artifactStore)?.encryptionKey,
  })
  return { id: job.id, data, accountId: job.account }
}

const credentials = ({ accessKeyId, secretAccessKey, sessionToken }: ReturnType<Access>) => ({
  accessKeyId,
  secretAccessKey,
  sessionToken,
})

const located = ({ name, bucket, key }: Made, revision?: string): Artifact =>
  present<Artifact>({ name, revision, location: { type: 'S3', s3Location: { bucketName: bucket, objectKey: key } } })

/** The revision of a source's own artifact. */
function revisionOf({ plan, execution }: FoundAction, artifact: string): string | undefined {
  const source = plan.stages[0]?.actions.find(action => action.outputArtifacts.includes(artifact))
  return execution.revisions.find(({ actionName }) => actionName === source?.name)?.revisionId
}

/** The credentials reach the job's own artifacts only; undefined where it has none. UNCONFIRMED: AWS's own narrowing. */
function artifactPolicy(inputs: readonly Made[], outputs: readonly Made[]): string | undefined {
  const objects = (artifacts: readonly Made[]) => artifacts.map(({ bucket, key }) => `arn:aws:s3:::${bucket}/${key}`)
  const buckets = [...new Set([...inputs, ...outputs].map(({ bucket }) => `arn:aws:s3:::${bucket}`))]
  const statements = [
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: objects(inputs) },
    { Effect: 'Allow', Action: ['s3:PutObject', 's3:AbortMultipartUpload'], Resource: objects(outputs) },
    { Effect: 'Allow', Action: ['s3:GetBucketLocation', 's3:GetBucketVersioning'], Resource: buckets },
  ].filter(({ Resource }) => Resource.length > 0)
  return statements.length > 0 ? JSON.stringify({ Version: '2012-10-17', Statement: statements }) : undefined
}
