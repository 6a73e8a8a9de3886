import type {
  ActionDeclaration,
  Condition,
  GetPipelineOutput,
  PipelineDeclaration,
  StageDeclaration,
} from '@aws-sdk/client-codepipeline'
import type { Declaration } from '../../../preload/contract/declaration.ts'
import type { ActionDefinition, Definition, StageDefinition } from '../../../preload/contract/pipelines.ts'
import { instant, present } from './parts.ts'

/** A declaration, reduced to what the graph and the inspector show. `account` is the pipeline's own. */
export function definitionOf({ pipeline, metadata }: GetPipelineOutput, account: string): Definition {
  return {
    version: pipeline?.version ?? 1,
    // Without a type AWS means V1 (fact sheet, 10).
    type: pipeline?.pipelineType ?? 'V1',
    mode: pipeline?.executionMode ?? 'SUPERSEDED',
    roleArn: pipeline?.roleArn ?? '',
    artifactBuckets: bucketsOf(pipeline),
    stages: (pipeline?.stages ?? []).map(stage => stageOf(stage, account)),
    variables: (pipeline?.variables ?? []).map(({ name = '', defaultValue, description }) => ({
      name,
      ...present({ defaultValue, description }),
    })),
    ...present({ updatedAt: instant(metadata?.updated) }),
  }
}

/** As {@link definitionOf}, of a declaration that was kept: the same JSON, read without the SDK's types. */
export const definitionFrom = (declaration: Declaration, account: string): Definition =>
  definitionOf({ pipeline: declaration as PipelineDeclaration }, account)

const bucketsOf = (pipeline: PipelineDeclaration | undefined): string[] =>
  [pipeline?.artifactStore, ...Object.values(pipeline?.artifactStores ?? {})].flatMap(store => store?.location ?? [])

function stageOf(stage: StageDeclaration, account: string): StageDefinition {
  const kinds = [
    ['beforeEntry', stage.beforeEntry?.conditions],
    ['onSuccess', stage.onSuccess?.conditions],
    ['onFailure', stage.onFailure?.conditions],
  ] as const
  return {
    name: stage.name ?? '',
    actions: (stage.actions ?? []).map(action => actionOf(action, account)),
    conditions: kinds.flatMap(([kind, conditions]) => (conditions ?? []).map(each => ({ kind, ...conditionOf(each) }))),
  }
}

const conditionOf = ({ result, rules }: Condition) => ({
  result: result ?? 'FAIL',
  rules: (rules ?? []).map(({ name, ruleTypeId }) => ({ name: name ?? '', provider: ruleTypeId?.provider ?? '' })),
})

function actionOf(action: ActionDeclaration, account: string): ActionDefinition {
  const { actionTypeId: type, roleArn } = action
  const roleAccount = roleArn?.split(':')[4]
  return {
    name: action.name ?? '',
    category: type?.category ?? 'Invoke',
    owner: type?.owner ?? 'AWS',
    provider: type?.provider ?? '',
    version: type?.version ?? '1',
    runOrder: action.runOrder ?? 1,
    configuration: action.configuration ?? {},
    inputArtifacts: (action.inputArtifacts ?? []).flatMap(({ name }) => name ?? []),
    outputArtifacts: (action.outputArtifacts ?? []).flatMap(({ name }) => name ?? []),
    ...present({
      region: action.region,
      roleArn,
      // Named by whoever knows the accounts.
      crossAccount: roleAccount && roleAccount !== account ? { id: roleAccount, name: roleAccount } : undefined,
      namespace: action.namespace,
      timeoutInMinutes: action.timeoutInMinutes,
    }),
  }
}
