import type { Buildspec } from '../buildspec/model.ts'
import { type BuildRecord, buildIdOf, type Variable } from '../model.ts'
import { PhaseFailure } from './phaseFailure.ts'
import type { Workspace } from './workspace.ts'

/** Looks up what a build may not keep in its definition. The local cloud has neither service yet. */
export interface SecretStores {
  parameter(name: string, record: BuildRecord): string
  /** `id:json-key:version-stage:version-id`. */
  secret(reference: string, record: BuildRecord): string
}

/** How commands inside a build reach the local cloud as the build's service role. */
export interface CloudAccess {
  endpoint: string
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
}

export interface Environment {
  variables: Readonly<Record<string, string>>
  /** Values that must never reach the log. */
  secrets: readonly string[]
  /** Names that may not be exported: they hold secrets. */
  secretNames: ReadonlySet<string>
  /** What was left out, and why. */
  remarks: readonly string[]
}

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/
/** A build's home is its own, whatever is asked for: CodeBuild ignores HOME as well. */
const fixed = new Set(['HOME'])

/** A build's whole environment: nothing of the cloud's own reaches it. */
export function environmentOf(around: {
  record: BuildRecord
  buildspec: Buildspec
  workspace: Workspace
  path: string
  inputs: readonly { name: string; version?: string }[]
  stores: SecretStores | undefined
  access: CloudAccess | undefined
}): Environment {
  const { record, buildspec, stores } = around
  const remarks: string[] = []
  const secrets: string[] = []
  const secretNames = new Set<string>()
  const variables: Record<string, string> = {}
  const set = (name: string, value: string) => {
    if (name.startsWith('CODEBUILD_')) remarks.push(`${name} is left out: the prefix CODEBUILD_ is reserved`)
    else if (!identifier.test(name)) remarks.push(`${name} is left out: it is no name that a shell knows`)
    else if (value.includes('\0')) remarks.push(`${name} is left out: its value holds a NUL character`)
    else if (!fixed.has(name)) variables[name] = value
  }
  const setSecret = (name: string, type: Variable['type'], reference: string) => {
    if (!stores)
      throw new PhaseFailure(
        'CLIENT_ERROR',
        `The local cloud has no ${type === 'PARAMETER_STORE' ? 'Parameter Store' : 'Secrets Manager'}: ${name} cannot be read from ${reference}`,
      )
    const value = type === 'PARAMETER_STORE' ? stores.parameter(reference, record) : stores.secret(reference, record)
    secrets.push(value)
    secretNames.add(name)
    set(name, value)
  }

  // The buildspec first, so that the project and StartBuild's overrides (already merged) win.
  for (const [name, value] of Object.entries(buildspec.env.variables)) set(name, value)
  const given = new Set(record.environment.variables.map(({ name }) => name))
  for (const [name, reference] of Object.entries(buildspec.env.parameterStore))
    if (!given.has(name)) setSecret(name, 'PARAMETER_STORE', reference)
  for (const [name, reference] of Object.entries(buildspec.env.secretsManager))
    if (!given.has(name)) setSecret(name, 'SECRETS_MANAGER', reference)
  for (const { name, type, value } of record.environment.variables)
    if (type === 'PLAINTEXT') set(name, value)
    else setSecret(name, type, value)

  if (around.access) secrets.push(around.access.secretAccessKey, around.access.sessionToken)
  return { variables: { ...base(around), ...variables, ...own(around) }, secrets, secretNames, remarks }
}

type Around = Parameters<typeof environmentOf>[0]

/** What a build may replace. */
function base({ record, path, workspace, access }: Around): Record<string, string> {
  return {
    PATH: path,
    LANG: 'C.UTF-8',
    TMPDIR: workspace.inside(workspace.temporary),
    AWS_REGION: record.region,
    AWS_DEFAULT_REGION: record.region,
    ...(access
      ? {
          AWS_ENDPOINT_URL: access.endpoint,
          AWS_ACCESS_KEY_ID: access.accessKeyId,
          AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
          AWS_SESSION_TOKEN: access.sessionToken,
        }
      : {}),
  }
}

/** What it may not: HOME, and CodeBuild's own variables (user guide, environment variables in build environments). */
function own({ record, workspace, inputs }: Around): Record<string, string> {
  const [, ...secondary] = inputs
  return {
    HOME: workspace.inside(workspace.home),
    CODEBUILD_BUILD_ARN: record.arn,
    CODEBUILD_BUILD_ID: buildIdOf(record),
    CODEBUILD_BUILD_IMAGE: record.environment.image,
    CODEBUILD_BUILD_NUMBER: String(record.number),
    CODEBUILD_BUILD_SUCCEEDING: '1',
    CODEBUILD_INITIATOR: record.initiator,
    CODEBUILD_KMS_KEY_ID: record.encryptionKey,
    CODEBUILD_LOG_PATH: record.logs.stream,
    CODEBUILD_RESOLVED_SOURCE_VERSION: record.resolvedSourceVersion ?? '',
    CODEBUILD_SOURCE_REPO_URL: record.sourceLocation ?? '',
    CODEBUILD_SOURCE_VERSION: record.sourceVersion ?? record.resolvedSourceVersion ?? '',
    CODEBUILD_SRC_DIR: workspace.inside(workspace.source),
    CODEBUILD_START_TIME: String(record.startedAt),
    ...Object.fromEntries(
      secondary.flatMap(({ name, version }) => [
        [`CODEBUILD_SRC_DIR_${name}`, workspace.inside(workspace.input(name))],
        ...(version === undefined ? [] : [[`CODEBUILD_SOURCE_VERSION_${name}`, version]]),
      ]),
    ),
  }
}
