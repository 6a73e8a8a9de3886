import { z } from 'zod'

/**
 * A pipeline's declaration as GetPipeline gives it and UpdatePipeline takes it (PipelineDeclaration). What this desk
 * does not know of is kept, not dropped: a version must be shown, compared and restored as it was.
 */
const artifactName = z.looseObject({ name: z.string() })
const typeId = z.looseObject({
  category: z.string(),
  owner: z.string().optional(),
  provider: z.string(),
  version: z.string().optional(),
})

export const ActionDeclaration = z.looseObject({
  name: z.string(),
  actionTypeId: typeId,
  runOrder: z.number().int().optional(),
  configuration: z.record(z.string(), z.string()).optional(),
  commands: z.array(z.string()).optional(),
  inputArtifacts: z.array(artifactName).optional(),
  outputArtifacts: z.array(artifactName).optional(),
  outputVariables: z.array(z.string()).optional(),
  roleArn: z.string().optional(),
  region: z.string().optional(),
  namespace: z.string().optional(),
  timeoutInMinutes: z.number().int().optional(),
})
export type ActionDeclaration = z.infer<typeof ActionDeclaration>

export const RuleDeclaration = z.looseObject({
  name: z.string(),
  ruleTypeId: typeId,
  configuration: z.record(z.string(), z.string()).optional(),
})
export const ConditionDeclaration = z.looseObject({
  result: z.string().optional(),
  rules: z.array(RuleDeclaration).optional(),
})
export const ConditionsDeclaration = z.looseObject({
  result: z.string().optional(),
  conditions: z.array(ConditionDeclaration).optional(),
})

export const StageDeclaration = z.looseObject({
  name: z.string(),
  actions: z.array(ActionDeclaration),
  beforeEntry: ConditionsDeclaration.optional(),
  onSuccess: ConditionsDeclaration.optional(),
  onFailure: ConditionsDeclaration.optional(),
})
export type StageDeclaration = z.infer<typeof StageDeclaration>

export const ArtifactStoreDeclaration = z.looseObject({
  type: z.string(),
  location: z.string(),
  encryptionKey: z.looseObject({ id: z.string(), type: z.string() }).optional(),
})

export const VariableDeclaration = z.looseObject({
  name: z.string(),
  defaultValue: z.string().optional(),
  description: z.string().optional(),
})

export const TriggerDeclaration = z.looseObject({
  providerType: z.string(),
  gitConfiguration: z.looseObject({ sourceActionName: z.string() }).optional(),
})

export const Declaration = z.looseObject({
  name: z.string(),
  roleArn: z.string(),
  stages: z.array(StageDeclaration),
  artifactStore: ArtifactStoreDeclaration.optional(),
  artifactStores: z.record(z.string(), ArtifactStoreDeclaration).optional(),
  version: z.number().int().optional(),
  executionMode: z.string().optional(),
  pipelineType: z.string().optional(),
  variables: z.array(VariableDeclaration).optional(),
  triggers: z.array(TriggerDeclaration).optional(),
})
export type Declaration = z.infer<typeof Declaration>
