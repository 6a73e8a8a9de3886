import { randomUUID } from 'node:crypto'
import { posix } from 'node:path'
import type { Clock, Millis } from '../../../base/clock.ts'
import type { Identities } from '../iam/identities.ts'
import type { BuildStore } from './buildStore.ts'
import type { Builds } from './builds.ts'
import type { BuildInput, BuildOutput, BuildRecord, Variable } from './model.ts'
import type { ProjectBody } from './projectBody.ts'
import type { ProjectStore } from './projectStore.ts'
import { invalidInput, noProject } from './refusals.ts'
import { checkServiceRole } from './serviceRole.ts'

type ProjectSource = ProjectBody['source']
type ProjectArtifacts = ProjectBody['artifacts']

/** A build to be, with what it changes of its project. */
export interface BuildRequest {
  account: string
  region: string
  project: string
  initiator: string
  /** A CodePipeline build brings both; otherwise they are the project's. */
  inputs?: readonly BuildInput[]
  outputs?: readonly BuildOutput[]
  /** What differs from the project's own definition. */
  changes: {
    sourceVersion?: string
    source?: Partial<ProjectSource>
    artifacts?: ProjectArtifacts
    secondaryArtifacts?: readonly ProjectArtifacts[]
    variables?: readonly Variable[]
    environment?: Partial<Pick<ProjectBody['environment'], 'type' | 'image' | 'computeType' | 'privilegedMode'>>
    serviceRole?: string
    timeoutInMinutes?: number
    queuedTimeoutInMinutes?: number
    encryptionKey?: string
  }
  /** The same token gives the same build, where it was used since. */
  token?: { value: string; since: Millis }
}

/** Starts a build, or finds the one that this token started already. Throws AWS's refusals. */
export function submitBuild(
  around: { projects: ProjectStore; builds: BuildStore; queue: Builds; identities: Identities; clock: Clock },
  request: BuildRequest,
): BuildRecord {
  const { account, region, project: name, token } = request
  const project = around.projects.get(account, region, name)
  if (!project) throw noProject(account, region, name)
  const known = token && around.builds.byToken(account, region, name, token.value, token.since)
  if (known) return known
  const serviceRole = request.changes.serviceRole ?? project.body.serviceRole
  checkServiceRole(around.identities, serviceRole)
  const number = around.projects.nextBuildNumber(account, region, name)
  const record = recordOf(request, project.body, { serviceRole, number, now: around.clock.now() })
  around.queue.submit(record, token?.value)
  return record
}

const defaultTimeout = 60
const defaultQueuedTimeout = 480

/** A build as it is asked for, before anything of it runs. */
export function recordOf(
  { account, region, initiator, changes, ...request }: BuildRequest,
  project: ProjectBody,
  { serviceRole, number, now }: { serviceRole: string; number: number; now: Millis },
): BuildRecord {
  const uuid = randomUUID()
  const source = { ...project.source, ...changes.source }
  const sourceVersion = changes.sourceVersion ?? project.sourceVersion
  const cloudWatch = project.logsConfig?.cloudWatchLogs
  const environment = { ...project.environment, ...changes.environment }
  return {
    arn: `arn:aws:codebuild:${region}:${account}:build/${project.name}:${uuid}`,
    account,
    region,
    project: project.name,
    uuid,
    number,
    initiator,
    status: 'IN_PROGRESS',
    startedAt: now,
    phases: [
      { type: 'SUBMITTED', status: 'SUCCEEDED', startedAt: now, endedAt: now, contexts: [] },
      { type: 'QUEUED', status: 'IN_PROGRESS', startedAt: now, contexts: [] },
    ],
    sourceType: source.type,
    ...(source.location === undefined ? {} : { sourceLocation: source.location }),
    ...(source.buildspec === undefined ? {} : { buildspec: source.buildspec }),
    ...(sourceVersion === undefined ? {} : { sourceVersion }),
    // CodePipeline names the revision; anything else is resolved when it is fetched.
    ...(request.inputs && sourceVersion !== undefined ? { resolvedSourceVersion: sourceVersion } : {}),
    inputs: [...(request.inputs ?? inputsOf(source, project.secondarySources ?? [], sourceVersion))],
    outputs: [...(request.outputs ?? outputsOf(project, changes, uuid))],
    environment: {
      type: environment.type,
      image: environment.image,
      computeType: environment.computeType,
      privilegedMode: environment.privilegedMode ?? false,
      variables: mergeVariables(project, changes.variables ?? []),
    },
    serviceRole,
    timeoutInMinutes: changes.timeoutInMinutes ?? project.timeoutInMinutes ?? defaultTimeout,
    queuedTimeoutInMinutes: changes.queuedTimeoutInMinutes ?? project.queuedTimeoutInMinutes ?? defaultQueuedTimeout,
    ...(project.concurrentBuildLimit === undefined ? {} : { concurrentBuildLimit: project.concurrentBuildLimit }),
    encryptionKey: changes.encryptionKey ?? project.encryptionKey ?? `arn:aws:kms:${region}:${account}:alias/aws/s3`,
    logs: {
      group: cloudWatch?.groupName ?? `/aws/codebuild/${project.name}`,
      stream: cloudWatch?.streamName === undefined ? uuid : `${cloudWatch.streamName}/${uuid}`,
    },
    exportedVariables: [],
    reportArns: [],
  }
}

/** StartBuild's variables win over the project's, name by name. */
function mergeVariables(project: ProjectBody, overrides: readonly Variable[]): Variable[] {
  const own = (project.environment.environmentVariables ?? []).map(variable => ({
    type: 'PLAINTEXT' as const,
    ...variable,
  }))
  const merged = new Map([...own, ...overrides].map(variable => [variable.name, variable]))
  return [...merged.values()].map(({ name, value, type }) => ({ name, value, type: type ?? 'PLAINTEXT' }))
}

function inputsOf(
  source: ProjectSource,
  secondary: readonly ProjectSource[],
  version: string | undefined,
): BuildInput[] {
  if (source.type === 'CODEPIPELINE')
    throw invalidInput('Project with source type CODEPIPELINE can only be started by AWS CodePipeline')
  return [
    ...(source.type === 'NO_SOURCE' ? [] : [inputOf(source, 'source', version)]),
    ...secondary.map(other => inputOf(other, other.sourceIdentifier ?? '', undefined)),
  ]
}

function inputOf({ type, location = '' }: ProjectSource, name: string, version: string | undefined): BuildInput {
  if (type === 'S3') {
    const path = location.replace(/^arn:aws:s3:::/, '')
    const slash = path.indexOf('/')
    if (slash <= 0) throw invalidInput(`Invalid source location ${location}: it must be bucket/key`)
    const place = { from: 's3' as const, name, bucket: path.slice(0, slash), key: path.slice(slash + 1) }
    return version === undefined ? place : { ...place, versionId: version }
  }
  if (type === 'CODECOMMIT') {
    const repository = posix.basename(location)
    return { from: 'codecommit', name, repository, ...(version === undefined ? {} : { version }) }
  }
  return { from: 'unsupported', name, type }
}

function outputsOf(project: ProjectBody, changes: BuildRequest['changes'], uuid: string): BuildOutput[] {
  const primary = changes.artifacts ?? project.artifacts
  const secondary = changes.secondaryArtifacts ?? project.secondaryArtifacts ?? []
  return [
    ...outputOf(primary, undefined, project.name, uuid),
    ...secondary.flatMap(artifacts => outputOf(artifacts, artifacts.artifactIdentifier, project.name, uuid)),
  ]
}

/** `<path>/<build id, where asked for>/<name>` in the bucket (ProjectArtifacts, API reference). */
function outputOf(
  artifacts: ProjectArtifacts,
  identifier: string | undefined,
  project: string,
  uuid: string,
): BuildOutput[] {
  if (artifacts.type === 'NO_ARTIFACTS') return []
  if (artifacts.type === 'CODEPIPELINE')
    throw invalidInput('Project with artifacts type CODEPIPELINE can only be started by AWS CodePipeline')
  const { location, path = '', namespaceType, name = project, packaging = 'NONE' } = artifacts
  if (!location) throw invalidInput('Artifacts of type S3 need a location: the name of a bucket')
  const parts = [path.replace(/^\/+|\/+$/g, ''), namespaceType === 'BUILD_ID' ? uuid : '', name === '/' ? '' : name]
  return [
    {
      ...(identifier === undefined ? {} : { identifier }),
      bucket: location.replace(/^arn:aws:s3:::/, ''),
      key: parts.filter(part => part !== '').join('/'),
      packaging,
      overrideName: artifacts.overrideArtifactName ?? false,
    },
  ]
}
