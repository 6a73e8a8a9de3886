import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import type { AwsError } from '../server/awsError.ts'
import { actionProblems, type CustomActionTypes } from './declaration/actions.ts'
import { artifactProblems } from './declaration/artifacts.ts'
import { conditionProblems } from './declaration/conditions.ts'
import { featureProblems, pipelineTypeOf } from './declaration/features.ts'
import { storeProblems } from './declaration/stores.ts'
import { structureProblems } from './declaration/structure.ts'
import { triggerProblems } from './declaration/triggers.ts'
import { variableProblems } from './declaration/variables.ts'

export interface DeclarationContext {
  /** The pipeline's own region. */
  region: string
  /** The account's custom action types; none where left out. */
  customTypes?: CustomActionTypes
}

/**
 * Everything that is wrong with how a declaration's parts fit together, in the order in which CreatePipeline and
 * UpdatePipeline would say it. The constraints of each member by itself (lengths, patterns, enums) come before.
 */
export function* declarationProblems(
  declaration: PipelineDeclaration,
  { region, customTypes = () => undefined }: DeclarationContext,
): Generator<AwsError, void, void> {
  yield* structureProblems(declaration)
  yield* featureProblems(declaration)
  yield* actionProblems(declaration, region, customTypes)
  yield* artifactProblems(declaration)
  yield* storeProblems(declaration, region)
  yield* variableProblems(declaration)
  yield* conditionProblems(declaration)
  yield* triggerProblems(declaration)
}

/** Throws the first of {@link declarationProblems}. */
export function checkDeclaration(declaration: PipelineDeclaration, context: DeclarationContext): void {
  for (const problem of declarationProblems(declaration, context)) throw problem
}

/** The declaration as AWS keeps and shows it: with the defaults that its author left out. */
export function completeDeclaration(declaration: PipelineDeclaration, version: number): PipelineDeclaration {
  return {
    ...declaration,
    version,
    executionMode: declaration.executionMode ?? 'SUPERSEDED',
    pipelineType: pipelineTypeOf(declaration),
    stages: (declaration.stages ?? []).map(stage => ({
      ...stage,
      actions: (stage.actions ?? []).map(action => ({
        ...action,
        runOrder: action.runOrder ?? 1,
        configuration: action.configuration ?? {},
        inputArtifacts: action.inputArtifacts ?? [],
        outputArtifacts: action.outputArtifacts ?? [],
      })),
    })),
  }
}
