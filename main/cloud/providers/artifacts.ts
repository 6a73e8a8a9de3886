import { hash } from 'node:crypto'
import { messageOf } from '../../base/failure.ts'
import type { Artifact } from '../execution/model.ts'
import { AwsError } from '../server/awsError.ts'
import type { Caller } from '../server/operation.ts'
import type { Identities } from '../services/iam/identities.ts'
import type { Objects } from '../services/s3/objects.ts'
import { ActionFailure, type ActionJob, type PipelineRef } from './provider.ts'

export const codePipelinePrincipal = 'codepipeline.amazonaws.com'

export interface ArtifactsOptions {
  identities: Identities
  objects: Objects
  /** The bucket of a region's artifact store in one version of a pipeline's definition. */
  store: (pipeline: PipelineRef, version: number, region: string) => string | undefined
}

/** What works with artifacts: an attempt of an action, or a run of a rule. */
export interface ArtifactWork extends Pick<ActionJob, 'pipeline' | 'plan' | 'execution'> {
  action: Pick<ActionJob['action'], 'roleArn' | 'region'>
  attempt: Pick<ActionJob['attempt'], 'id' | 'inputArtifacts'>
}

/** What actions read and write in the pipeline's artifact stores, and as whom. */
export interface Artifacts {
  /** The service role, or from it the action's own role: so IAM decides what an action may do. */
  identity(job: ArtifactWork): Caller
  /** Where an output artifact of this attempt goes; the same at every try. */
  place(job: ArtifactWork, name: string): Artifact
  /** The action's input artifacts, copied first where its region has a store of its own. */
  inputs(job: ArtifactWork): Promise<readonly Artifact[]>
  /** A file to read, never to change. */
  open(as: Caller, artifact: Artifact): string
  put(as: Caller, artifact: Artifact, body: { file: string }): Promise<Artifact>
}

/** The account whose resources an action uses. */
export const accountOf = (job: Pick<ArtifactWork, 'pipeline' | 'action'>) =>
  job.action.roleArn?.split(':')[4] ?? job.pipeline.account

export const regionOf = (job: Pick<ArtifactWork, 'pipeline' | 'action'>) => job.action.region ?? job.pipeline.region

/** Runs `work`; what AWS would refuse for lack of permission fails the action with `denied`'s sentence. */
export async function permitted<T>(denied: (reason: string) => string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (!isDenial(thrown)) throw thrown
    throw new ActionFailure('PermissionError', denied(messageOf(thrown)), { cause: thrown })
  }
}

export const isDenial = (thrown: unknown): boolean =>
  thrown instanceof AwsError && /^AccessDenied(Exception)?$/.test(thrown.name)

export const isError = (thrown: unknown, ...names: string[]): boolean =>
  thrown instanceof AwsError && names.includes(thrown.name)

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The last part of an artifact's key: seven characters, drawn from the attempt so that a second try overwrites. */
function suffix(attempt: string, name: string): string {
  const bytes = Buffer.from(hash('sha256', `${attempt}/${name}`, 'hex'), 'hex')
  return [...bytes.subarray(0, 7)].map(byte => alphabet.charAt(byte % alphabet.length)).join('')
}

export function createArtifacts({ identities, objects, store }: ArtifactsOptions): Artifacts {
  const storeOf = (job: ArtifactWork, region: string) => {
    const bucket = store(job.pipeline, job.execution.version, region)
    if (bucket === undefined) {
      throw new ActionFailure('ConfigurationError', `The pipeline has no artifact store in the Region ${region}.`)
    }
    return bucket
  }
  const denied = (as: Caller, bucket: string) => () =>
    `CodePipeline service role ${as.principalArn} is getting S3 access denied for the S3 bucket ${bucket}`
  /** An artifact store that is not there is the definition's fault. */
  const storing = async <T>(as: Caller, bucket: string, work: () => T | Promise<T>): Promise<T> => {
    try {
      return await permitted(denied(as, bucket), work)
    } catch (thrown) {
      if (!isError(thrown, 'NoSuchBucket')) throw thrown
      throw new ActionFailure('ConfigurationError', `No bucket with the name ${bucket} was found`, { cause: thrown })
    }
  }

  return {
    identity(job) {
      const { plan, action, attempt } = job
      try {
        const region = { region: regionOf(job) }
        const service = identities.assume(plan.roleArn, { service: codePipelinePrincipal }, attempt.id, region)
        return action.roleArn === undefined ? service : identities.assume(action.roleArn, service, attempt.id, region)
      } catch (thrown) {
        if (!(thrown instanceof AwsError)) throw thrown
        const role = action.roleArn ?? plan.roleArn
        // UNCONFIRMED wording; the reason that follows is IAM's own.
        const message = `CodePipeline could not assume the role ${role}. Check its trust policy. ${thrown.message}`
        throw new ActionFailure('PermissionError', message, { cause: thrown })
      }
    },
    place(job, name) {
      const region = regionOf(job)
      const key = `${job.pipeline.name.slice(0, 20)}/${name.slice(0, 10)}/${suffix(job.attempt.id, name)}`
      return { name, bucket: storeOf(job, region), key, region }
    },
    async inputs(job) {
      const region = regionOf(job)
      const principal = { service: codePipelinePrincipal }
      const service = identities.assume(job.plan.roleArn, principal, job.attempt.id, { region })
      return Promise.all(
        job.attempt.inputArtifacts.map(async artifact => {
          if ((artifact.region ?? job.pipeline.region) === region) return artifact
          const bucket = storeOf(job, region)
          const { file } = await storing(service, artifact.bucket, () =>
            objects.open(service, artifact.bucket, artifact.key),
          )
          await storing(service, bucket, () => objects.put(service, bucket, artifact.key, { file }))
          return { ...artifact, bucket, region }
        }),
      )
    },
    open: (as, { bucket, key, name }) => {
      try {
        return objects.open(as, bucket, key).file
      } catch (thrown) {
        if (isDenial(thrown)) throw new ActionFailure('PermissionError', denied(as, bucket)(), { cause: thrown })
        if (!isError(thrown, 'NoSuchKey', 'NoSuchBucket')) throw thrown
        throw new ActionFailure('RevisionUnavailable', `The input artifact ${name} is no longer in ${bucket}/${key}.`, {
          cause: thrown,
        })
      }
    },
    async put(as, artifact, body) {
      await storing(as, artifact.bucket, () =>
        objects.put(as, artifact.bucket, artifact.key, body, { contentType: 'application/zip' }),
      )
      return artifact
    },
  }
}
