/** The phases whose commands a buildspec gives, in the order they run. */
export const commandPhases = ['INSTALL', 'PRE_BUILD', 'BUILD', 'POST_BUILD'] as const
export type CommandPhase = (typeof commandPhases)[number]

/** `on-failure` of a phase (CodeBuild user guide, build specification reference). */
export type OnFailure =
  | { kind: 'default' }
  | { kind: 'abort' }
  | { kind: 'continue' }
  /** Again up to `times`, where the failure's message matches `pattern` (any, where there is none). */
  | { kind: 'retry'; times: number; pattern?: string }

export interface PhaseSpec {
  commands: readonly string[]
  finally: readonly string[]
  onFailure: OnFailure
  runAs?: string
  /** `install` only: name and version as they were written. */
  runtimeVersions: Readonly<Record<string, string>>
}

export interface EnvSpec {
  shell?: 'bash' | 'sh'
  variables: Readonly<Record<string, string>>
  /** Variable → name in Parameter Store. */
  parameterStore: Readonly<Record<string, string>>
  /** Variable → `id:json-key:version-stage:version-id`. */
  secretsManager: Readonly<Record<string, string>>
  exportedVariables: readonly string[]
}

/** What goes into one artifact. */
export interface ArtifactSpec {
  files: readonly string[]
  baseDirectory?: string
  discardPaths: boolean
  name?: string
  excludePaths: readonly string[]
  enableSymlinks: boolean
  s3Prefix?: string
}

export const reportFormats = [
  'JUNITXML',
  'CUCUMBERJSON',
  'NUNITXML',
  'NUNIT3XML',
  'TESTNGXML',
  'VISUALSTUDIOTRX',
  'CLOVERXML',
  'COBERTURAXML',
  'JACOCOXML',
  'SIMPLECOV',
] as const
export type ReportFormat = (typeof reportFormats)[number]

export interface ReportSpec {
  /** A report group's ARN, or a name that becomes `<project>-<name>`. */
  group: string
  files: readonly string[]
  baseDirectory?: string
  discardPaths: boolean
  format: ReportFormat
}

export interface CacheSpec {
  paths: readonly string[]
  key?: string
  fallbackKeys: readonly string[]
  action?: 'save' | 'restore'
}

export interface Warning {
  line: number
  message: string
}

/** A buildspec, read and checked. */
export interface Buildspec {
  version: '0.1' | '0.2'
  runAs?: string
  env: EnvSpec
  phases: Readonly<Partial<Record<CommandPhase, PhaseSpec>>>
  reports: readonly ReportSpec[]
  artifacts?: ArtifactSpec
  secondaryArtifacts: Readonly<Record<string, ArtifactSpec>>
  cache?: CacheSpec
  /** What was written but has no meaning here: told in the build log, no failure. */
  warnings: readonly Warning[]
}
