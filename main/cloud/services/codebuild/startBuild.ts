import type { StartBuildInput, StartBuildOutput } from '@aws-sdk/client-codebuild'
import { z } from 'zod'
import type { Call, Operation } from '../../server/operation.ts'
import type { CodeBuild } from './index.ts'
import { environmentVariable, projectArtifacts, projectBody, projectSource } from './projectBody.ts'
import { checked, projectResource } from './refusals.ts'
import { type BuildRequest, submitBuild } from './submitBuild.ts'
import { toBuild } from './toBuild.ts'

/** How long StartBuild remembers a token (API reference). */
const tokenLife = 5 * 60_000

const environment = projectBody.shape.environment.shape
const startInput = z.object({
  projectName: z.string().min(1),
  sourceVersion: z.string().optional(),
  sourceTypeOverride: projectSource.shape.type.optional(),
  sourceLocationOverride: z.string().optional(),
  buildspecOverride: z.string().optional(),
  artifactsOverride: projectArtifacts.optional(),
  secondaryArtifactsOverride: z.array(projectArtifacts).optional(),
  environmentVariablesOverride: z.array(environmentVariable).optional(),
  environmentTypeOverride: environment.type.optional(),
  imageOverride: environment.image.optional(),
  computeTypeOverride: environment.computeType.optional(),
  privilegedModeOverride: z.boolean().optional(),
  serviceRoleOverride: z.string().min(1).optional(),
  timeoutInMinutesOverride: projectBody.shape.timeoutInMinutes,
  queuedTimeoutInMinutesOverride: projectBody.shape.queuedTimeoutInMinutes,
  encryptionKeyOverride: z.string().optional(),
  idempotencyToken: z.string().optional(),
})

export const startBuild: Operation<CodeBuild, StartBuildInput, StartBuildOutput> = {
  resources: (input, call) => projectResource(call, input.projectName),
  run(codeBuild, input, call) {
    const { idempotencyToken: token, projectName, ...overrides } = checked(startInput, input)
    const record = submitBuild(codeBuild, {
      account: call.account,
      region: call.region,
      project: projectName.split('/').at(-1) ?? projectName,
      initiator: initiatorOf(call),
      changes: changesOf(overrides),
      ...(token ? { token: { value: token, since: call.at - tokenLife } } : {}),
    })
    return { build: toBuild(record) }
  },
}

/** `user/name`, or `role/session`, as CodeBuild shows who began a build. */
export const initiatorOf = ({ caller }: Call) =>
  caller.arn
    .split(':')
    .at(-1)
    ?.replace(/^(assumed-role|user)\//, '') ?? caller.arn

function changesOf(
  given: Omit<z.infer<typeof startInput>, 'projectName' | 'idempotencyToken'>,
): BuildRequest['changes'] {
  return defined({
    sourceVersion: given.sourceVersion,
    source: defined({
      type: given.sourceTypeOverride,
      location: given.sourceLocationOverride,
      buildspec: given.buildspecOverride,
    }),
    artifacts: given.artifactsOverride,
    secondaryArtifacts: given.secondaryArtifactsOverride,
    variables: given.environmentVariablesOverride?.map(({ name, value, type = 'PLAINTEXT' }) => ({
      name,
      value,
      type,
    })),
    environment: defined({
      type: given.environmentTypeOverride,
      image: given.imageOverride,
      computeType: given.computeTypeOverride,
      privilegedMode: given.privilegedModeOverride,
    }),
    serviceRole: given.serviceRoleOverride,
    timeoutInMinutes: given.timeoutInMinutesOverride,
    queuedTimeoutInMinutes: given.queuedTimeoutInMinutesOverride,
    encryptionKey: given.encryptionKeyOverride,
  })
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Only the members that have a value: an absent override must not replace the project's own. */
function defined<T extends object>(members: T): Defined<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>
}
