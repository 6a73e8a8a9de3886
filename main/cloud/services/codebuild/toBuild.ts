import type { Build, EnvironmentVariable, ProjectEnvironment } from '@aws-sdk/client-codebuild'
import { type BuildOutput, type BuildRecord, buildIdOf, currentPhase, type PhaseRecord } from './model.ts'
import { projectBody } from './projectBody.ts'

const environmentType = projectBody.shape.environment.shape.type
const computeType = projectBody.shape.environment.shape.computeType
const sourceType = projectBody.shape.source.shape.type

/** A build as BatchGetBuilds gives it. */
export function toBuild(record: BuildRecord): Build {
  const primary = record.outputs.find(output => output.identifier === undefined)
  const secondary = record.outputs.filter(output => output.identifier !== undefined)
  return {
    id: buildIdOf(record),
    arn: record.arn,
    buildNumber: record.number,
    startTime: new Date(record.startedAt),
    ...(record.endedAt === undefined ? {} : { endTime: new Date(record.endedAt) }),
    currentPhase: currentPhase(record),
    buildStatus: record.status,
    buildComplete: record.endedAt !== undefined,
    ...(record.sourceVersion === undefined ? {} : { sourceVersion: record.sourceVersion }),
    ...(record.resolvedSourceVersion === undefined ? {} : { resolvedSourceVersion: record.resolvedSourceVersion }),
    projectName: record.project,
    phases: record.phases.map(toPhase),
    source: {
      type: sourceType.parse(record.sourceType),
      ...(record.sourceLocation === undefined ? {} : { location: record.sourceLocation }),
      ...(record.buildspec === undefined ? {} : { buildspec: record.buildspec }),
    },
    secondarySources: [],
    artifacts: primary ? toArtifacts(primary) : { location: '' },
    secondaryArtifacts: secondary.map(toArtifacts),
    cache: { type: 'NO_CACHE' },
    environment: toEnvironment(record),
    serviceRole: record.serviceRole,
    logs: toLogs(record),
    timeoutInMinutes: record.timeoutInMinutes,
    queuedTimeoutInMinutes: record.queuedTimeoutInMinutes,
    initiator: record.initiator,
    encryptionKey: record.encryptionKey,
    exportedEnvironmentVariables: record.exportedVariables,
    reportArns: record.reportArns,
  }
}

function toEnvironment({ environment }: BuildRecord): ProjectEnvironment {
  return {
    type: environmentType.parse(environment.type),
    image: environment.image,
    computeType: computeType.parse(environment.computeType),
    privilegedMode: environment.privilegedMode,
    environmentVariables: environment.variables satisfies EnvironmentVariable[],
  }
}

function toPhase({ type, status, startedAt, endedAt, contexts }: PhaseRecord) {
  return {
    phaseType: type,
    ...(status === undefined ? {} : { phaseStatus: status }),
    startTime: new Date(startedAt),
    ...(endedAt === undefined
      ? {}
      : { endTime: new Date(endedAt), durationInSeconds: Math.floor((endedAt - startedAt) / 1000) }),
    ...(contexts.length === 0 ? {} : { contexts }),
  }
}

function toArtifacts({ bucket, key, identifier, sha256, overrideName }: BuildOutput) {
  return {
    location: `arn:aws:s3:::${bucket}/${key}`,
    overrideArtifactName: overrideName,
    ...(identifier === undefined ? {} : { artifactIdentifier: identifier }),
    ...(sha256 === undefined ? {} : { sha256sum: sha256 }),
  }
}

/** Where a build's log is, as the API and the console's link name it. */
export function toLogs({ region, account, logs: { group, stream } }: BuildRecord) {
  // The console's own double escape of slashes.
  const escaped = encodeURIComponent(encodeURIComponent(group)).replaceAll('%', '$')
  return {
    groupName: group,
    streamName: stream,
    deepLink: `https://console.aws.amazon.com/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${escaped}/log-events/${stream}`,
    cloudWatchLogsArn: `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:${stream}`,
    cloudWatchLogs: { status: 'ENABLED' as const },
  }
}

/** The console's page of a build. */
export const consoleUrl = (record: BuildRecord) =>
  `https://console.aws.amazon.com/codebuild/home?region=${record.region}#/builds/${buildIdOf(record)}/view/new`
