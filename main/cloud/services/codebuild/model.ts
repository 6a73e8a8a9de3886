import { z } from 'zod'

/** A phase of a build, in the order of the API reference (BuildPhase). */
const phaseTypes = [
  'SUBMITTED',
  'QUEUED',
  'PROVISIONING',
  'DOWNLOAD_SOURCE',
  'INSTALL',
  'PRE_BUILD',
  'BUILD',
  'POST_BUILD',
  'UPLOAD_ARTIFACTS',
  'FINALIZING',
  'COMPLETED',
] as const
export type PhaseType = (typeof phaseTypes)[number]

const buildStatuses = ['SUCCEEDED', 'FAILED', 'FAULT', 'TIMED_OUT', 'IN_PROGRESS', 'STOPPED'] as const
type BuildStatus = (typeof buildStatuses)[number]
export type EndStatus = Exclude<BuildStatus, 'IN_PROGRESS'>

const phaseRecord = z.object({
  type: z.enum(phaseTypes),
  /** COMPLETED has none. */
  status: z.enum(buildStatuses).optional(),
  startedAt: z.number(),
  endedAt: z.number().optional(),
  contexts: z.array(z.object({ statusCode: z.string(), message: z.string() })),
})
export type PhaseRecord = z.infer<typeof phaseRecord>

const variable = z.object({
  name: z.string(),
  value: z.string(),
  type: z.enum(['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER']),
})
export type Variable = z.infer<typeof variable>

/** Where a source comes from. The primary one has no name of its own. */
const input = z.discriminatedUnion('from', [
  z.object({
    from: z.literal('s3'),
    name: z.string(),
    bucket: z.string(),
    key: z.string(),
    versionId: z.string().optional(),
  }),
  z.object({ from: z.literal('codecommit'), name: z.string(), repository: z.string(), version: z.string().optional() }),
  z.object({ from: z.literal('unsupported'), name: z.string(), type: z.string() }),
])
export type BuildInput = z.infer<typeof input>

/** Where an artifact goes. `identifier` names a secondary artifact of the buildspec; the primary one has none. */
const output = z.object({
  identifier: z.string().optional(),
  bucket: z.string(),
  /** The object's key, or with packaging NONE the prefix of all keys. */
  key: z.string(),
  packaging: z.enum(['ZIP', 'NONE']),
  /** The name comes from the buildspec: the key's last part is replaced by it. */
  overrideName: z.boolean(),
  sha256: z.string().optional(),
})
export type BuildOutput = z.infer<typeof output>

/** Everything about a build: what was asked for, and how far it came. Durable before anything of it runs. */
export const buildRecord = z.object({
  arn: z.string(),
  account: z.string(),
  region: z.string(),
  project: z.string(),
  uuid: z.string(),
  number: z.number(),
  initiator: z.string(),
  status: z.enum(buildStatuses),
  startedAt: z.number(),
  endedAt: z.number().optional(),
  phases: z.array(phaseRecord),
  sourceType: z.string(),
  sourceLocation: z.string().optional(),
  /** Inline text, a path in the source, or nothing for `buildspec.yml`. */
  buildspec: z.string().optional(),
  sourceVersion: z.string().optional(),
  resolvedSourceVersion: z.string().optional(),
  inputs: z.array(input),
  outputs: z.array(output),
  environment: z.object({
    type: z.string(),
    image: z.string(),
    computeType: z.string(),
    privilegedMode: z.boolean(),
    variables: z.array(variable),
  }),
  serviceRole: z.string(),
  /** CodePipeline's commands: the pipeline's role, from which `serviceRole` is assumed where it is another. */
  pipelineRole: z.string().optional(),
  timeoutInMinutes: z.number(),
  queuedTimeoutInMinutes: z.number(),
  /** At most so many builds of the project at once. */
  concurrentBuildLimit: z.number().optional(),
  encryptionKey: z.string(),
  logs: z.object({ group: z.string(), stream: z.string() }),
  exportedVariables: z.array(z.object({ name: z.string(), value: z.string() })),
  reportArns: z.array(z.string()),
})
export type BuildRecord = z.infer<typeof buildRecord>

/** `project:uuid`, as the API names a build. */
export const buildIdOf = (record: { project: string; uuid: string }) => `${record.project}:${record.uuid}`

/** The phase a build is in, or was last in. */
export const currentPhase = (record: BuildRecord): PhaseType => record.phases.at(-1)?.type ?? 'SUBMITTED'
