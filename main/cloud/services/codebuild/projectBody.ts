import { z } from 'zod'

const nonEmpty = z.string().min(1)
const variableTypes = z.enum(['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER'])
/** 5 minutes to 36 hours (API reference). */
const timeout = z.number().int().min(5).max(2160)

export const environmentVariable = z.object({
  name: nonEmpty,
  value: z.string(),
  type: variableTypes.optional(),
})

export const projectSource = z.looseObject({
  type: z.enum([
    'CODECOMMIT',
    'CODEPIPELINE',
    'GITHUB',
    'S3',
    'BITBUCKET',
    'GITHUB_ENTERPRISE',
    'NO_SOURCE',
    'GITLAB',
    'GITLAB_SELF_MANAGED',
  ]),
  location: z.string().optional(),
  buildspec: z.string().optional(),
  sourceIdentifier: z.string().optional(),
})

export const projectArtifacts = z.looseObject({
  type: z.enum(['CODEPIPELINE', 'S3', 'NO_ARTIFACTS']),
  location: z.string().optional(),
  path: z.string().optional(),
  namespaceType: z.enum(['NONE', 'BUILD_ID']).optional(),
  name: z.string().optional(),
  packaging: z.enum(['NONE', 'ZIP']).optional(),
  overrideArtifactName: z.boolean().optional(),
  artifactIdentifier: z.string().optional(),
})

/** A project as CreateProject takes it, checked. What the local cloud does not use is kept as it came. */
export const projectBody = z.looseObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9\-_]{1,149}$/),
  description: z.string().max(255).optional(),
  source: projectSource,
  secondarySources: z.array(projectSource).max(12).optional(),
  sourceVersion: z.string().optional(),
  artifacts: projectArtifacts,
  secondaryArtifacts: z.array(projectArtifacts).max(12).optional(),
  environment: z.looseObject({
    type: z.enum([
      'WINDOWS_CONTAINER',
      'LINUX_CONTAINER',
      'LINUX_GPU_CONTAINER',
      'ARM_CONTAINER',
      'WINDOWS_SERVER_2019_CONTAINER',
      'WINDOWS_SERVER_2022_CONTAINER',
      'LINUX_LAMBDA_CONTAINER',
      'ARM_LAMBDA_CONTAINER',
      'LINUX_EC2',
      'ARM_EC2',
      'WINDOWS_EC2',
      'MAC_ARM',
    ]),
    image: nonEmpty,
    computeType: z.enum([
      'BUILD_GENERAL1_SMALL',
      'BUILD_GENERAL1_MEDIUM',
      'BUILD_GENERAL1_LARGE',
      'BUILD_GENERAL1_XLARGE',
      'BUILD_GENERAL1_2XLARGE',
      'BUILD_LAMBDA_1GB',
      'BUILD_LAMBDA_2GB',
      'BUILD_LAMBDA_4GB',
      'BUILD_LAMBDA_8GB',
      'BUILD_LAMBDA_10GB',
      'ATTRIBUTE_BASED_COMPUTE',
      'CUSTOM_INSTANCE_TYPE',
    ]),
    environmentVariables: z.array(environmentVariable).optional(),
    privilegedMode: z.boolean().optional(),
  }),
  serviceRole: nonEmpty,
  timeoutInMinutes: timeout.optional(),
  queuedTimeoutInMinutes: z.number().int().min(5).max(480).optional(),
  concurrentBuildLimit: z.number().int().min(1).optional(),
  encryptionKey: z.string().optional(),
  tags: z
    .array(z.looseObject({ key: z.string(), value: z.string() }))
    .max(50)
    .optional(),
  logsConfig: z
    .looseObject({
      cloudWatchLogs: z
        .looseObject({ status: z.string(), groupName: z.string().optional(), streamName: z.string().optional() })
        .optional(),
    })
    .optional(),
})
export type ProjectBody = z.infer<typeof projectBody>
