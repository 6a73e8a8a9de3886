import type { Caller } from '../../server/operation.ts'

/** An artifact's place in S3. */
export interface ArtifactPlace {
  name: string
  bucket: string
  key: string
}

/** A build that CodePipeline asks for: CodeBuild's source and artifact type `CODEPIPELINE`. */
export interface PipelineBuildRequest {
  project: string
  /** `codepipeline/<pipeline>`: becomes CODEBUILD_INITIATOR. */
  initiator: string
  /** The first is primary unless `primarySource` names another. */
  inputs: readonly ArtifactPlace[]
  primarySource?: string
  /** Where the build must put what it makes; with more than one, names are secondary artifact identifiers. */
  outputs: readonly ArtifactPlace[]
  environment: readonly { name: string; value: string; type: 'PLAINTEXT' | 'PARAMETER_STORE' | 'SECRETS_MANAGER' }[]
  /** Commit id or version of the primary input: CODEBUILD_RESOLVED_SOURCE_VERSION. */
  sourceVersion?: string
  timeoutInMinutes?: number
  /** So that asking again after a crash finds the build rather than starting a second: the action execution's id. */
  idempotencyToken: string
}

/** Commands that run without a project: a Commands action or rule. */
export interface CommandsRequest {
  /** Whom CodePipeline lends the build; the action's own role is assumed from it. */
  pipelineRole: string
  actionRole?: string
  /** `codepipeline/<pipeline>`. */
  initiator: string
  /** The first is primary. */
  inputs: readonly ArtifactPlace[]
  outputs: readonly (ArtifactPlace & { files: readonly string[] })[]
  environment: readonly { name: string; value: string; type: 'PLAINTEXT' | 'SECRETS_MANAGER' }[]
  commands: readonly string[]
  /** Names of the variables whose values at the end become output variables. */
  exportedVariables: readonly string[]
  computeType: string
  logGroup: string
  sourceVersion?: string
  idempotencyToken: string
}

export interface StartedBuild {
  buildId: string
  buildArn: string
  consoleUrl: string
}

export type PipelineBuildReport =
  | { kind: 'phase'; phase: string }
  | {
      kind: 'ended'
      status: 'SUCCEEDED' | 'FAILED' | 'FAULT' | 'TIMED_OUT' | 'STOPPED'
      /** As CodePipeline words it: `Build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: …`. */
      summary: string
      exportedVariables: Readonly<Record<string, string>>
    }

/** CodeBuild's builds for CodePipeline. */
export interface PipelineBuilds {
  /** Starts the build, or finds the one this token already started. Throws ResourceNotFoundException, AccessDenied. */
  start(as: { caller: Caller; account: string; region: string }, request: PipelineBuildRequest): Promise<StartedBuild>
  /** The same for commands. Throws AccessDenied where a role cannot be had. */
  startCommands(
    as: { caller: Caller; account: string; region: string },
    request: CommandsRequest,
  ): Promise<StartedBuild & { logStreamArn: string }>
  /** Tells what happens to a build from now on; one that has ended is told at once. Works after a restart too. */
  watch(buildArn: string, listener: (report: PipelineBuildReport) => void): () => void
  /** Ends a build, its whole process group with it. */
  stop(buildArn: string): Promise<void>
}
