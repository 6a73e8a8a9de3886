import { entityName, list, map, mapOf, oneOf, structure, text, whole } from './constraints.ts'

/** The constraints of PipelineDeclaration and what it is made of. Which parts fit together is `checkDeclaration`'s. */

const artifactName = () => text(1, 100, '[a-zA-Z0-9_\\-]+')
const roleArn = () => text(0, 1024, 'arn:aws(-[\\w]+)*:iam::[0-9]{12}:role/.*')
const regionName = () => text(4, 30)
const providerName = () => text(1, 35, '[0-9A-Za-z_-]+')
const version = () => text(1, 9, '[0-9A-Za-z_-]+')
const commands = () => list(text(1, 1000), 1, 50)
const inputArtifacts = () => list(structure({ name: artifactName() }))
const minutes = () => whole(5, 86_400)

const actionTypeId = structure({
  category: oneOf('Source', 'Build', 'Deploy', 'Test', 'Invoke', 'Approval', 'Compute'),
  owner: oneOf('AWS', 'ThirdParty', 'Custom'),
  provider: providerName(),
  version: version(),
})

const action = structure({
  name: entityName(),
  actionTypeId,
  runOrder: whole(1, 999).optional(),
  configuration: map([1, 50], [1, 1000]).optional(),
  commands: commands().optional(),
  outputArtifacts: list(structure({ name: artifactName(), files: list(text(1, 128), 1, 10).optional() })).optional(),
  inputArtifacts: inputArtifacts().optional(),
  outputVariables: list(text(1, 128), 1, 15).optional(),
  roleArn: roleArn().optional(),
  region: regionName().optional(),
  namespace: text(1, 100, '[A-Za-z0-9@\\-_]+').optional(),
  timeoutInMinutes: minutes().optional(),
  environmentVariables: list(
    structure({
      name: text(1, 128, '[A-Za-z0-9_]+'),
      value: text(1, 2000),
      type: oneOf('PLAINTEXT', 'SECRETS_MANAGER').optional(),
    }),
    1,
    10,
  ).optional(),
})

const rule = structure({
  name: entityName(),
  ruleTypeId: structure({
    category: oneOf('Rule'),
    owner: oneOf('AWS').optional(),
    provider: providerName(),
    version: version().optional(),
  }),
  configuration: map([1, 50], [1, 10_000], 200).optional(),
  commands: commands().optional(),
  inputArtifacts: inputArtifacts().optional(),
  roleArn: roleArn().optional(),
  region: regionName().optional(),
  timeoutInMinutes: minutes().optional(),
})

const result = () => oneOf('ROLLBACK', 'FAIL', 'RETRY', 'SKIP')
const conditions = () => list(structure({ result: result().optional(), rules: list(rule, 1, 5).optional() }), 1, 1)

const stage = structure({
  name: entityName(),
  blockers: list(structure({ name: entityName(), type: oneOf('Schedule') })).optional(),
  actions: list(action),
  onFailure: structure({
    result: result().optional(),
    retryConfiguration: structure({ retryMode: oneOf('FAILED_ACTIONS', 'ALL_ACTIONS').optional() }).optional(),
    conditions: conditions().optional(),
  }).optional(),
  onSuccess: structure({ conditions: conditions() }).optional(),
  beforeEntry: structure({ conditions: conditions() }).optional(),
})

const patterns = () => list(text(1, 255), 1, 8).optional()
const criteria = () => structure({ includes: patterns(), excludes: patterns() }).optional()

const trigger = structure({
  providerType: oneOf('CodeStarSourceConnection'),
  gitConfiguration: structure({
    sourceActionName: entityName(),
    push: list(structure({ tags: criteria(), branches: criteria(), filePaths: criteria() }), 1, 3).optional(),
    pullRequest: list(
      structure({
        events: list(oneOf('OPEN', 'UPDATED', 'CLOSED'), 1, 3).optional(),
        branches: criteria(),
        filePaths: criteria(),
      }),
      1,
      3,
    ).optional(),
  }),
})

const artifactStore = structure({
  type: oneOf('S3'),
  location: text(3, 63, '[a-zA-Z0-9\\-\\.]+'),
  encryptionKey: structure({ id: text(1, 400), type: oneOf('KMS') }).optional(),
})

export const declaration = structure({
  name: entityName(),
  roleArn: roleArn(),
  artifactStore: artifactStore.optional(),
  artifactStores: mapOf([4, 30], artifactStore).optional(),
  stages: list(stage),
  version: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  executionMode: oneOf('QUEUED', 'SUPERSEDED', 'PARALLEL').optional(),
  pipelineType: oneOf('V1', 'V2').optional(),
  variables: list(
    structure({
      name: text(1, 128, '[A-Za-z0-9@\\-_]+'),
      defaultValue: text(1, 1000).optional(),
      description: text(0, 200).optional(),
    }),
    0,
    50,
  ).optional(),
  triggers: list(trigger, 0, 50).optional(),
})

export const tags = () => list(structure({ key: text(1, 128), value: text(0, 256) })).optional()
