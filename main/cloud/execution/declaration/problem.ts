import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from '@aws-sdk/client-codepipeline'
import { AwsError } from '../../server/awsError.ts'

/**
 * What is wrong with a declaration, first things first. UNCONFIRMED throughout: which of its errors AWS chooses for
 * which fault (fact sheet, 2.2); sentences are AWS's where a public record of one was found.
 */
export type Problems = Generator<AwsError, void, void>

/** An action with where it stands. */
export interface Placed {
  stage: StageDeclaration
  stageIndex: number
  action: ActionDeclaration
  runOrder: number
}

/** Every action, in the order in which they can run. */
export function actionsOf({ stages = [] }: PipelineDeclaration): Placed[] {
  return stages.flatMap((stage, stageIndex) =>
    (stage.actions ?? [])
      .map(action => ({ stage, stageIndex, action, runOrder: action.runOrder ?? 1 }))
      .sort((a, b) => a.runOrder - b.runOrder),
  )
}

/** Has `first` ended for sure before `then` starts? */
export function runsBefore(first: Placed, then: Placed): boolean {
  return first.stageIndex < then.stageIndex || (first.stageIndex === then.stageIndex && first.runOrder < then.runOrder)
}

export const badStructure = (sentence: string) => new AwsError('InvalidStructureException', sentence)
export const badStage = (sentence: string) => new AwsError('InvalidStageDeclarationException', sentence)
export const badAction = (sentence: string) => new AwsError('InvalidActionDeclarationException', sentence)
export const badBlocker = (sentence: string) => new AwsError('InvalidBlockerDeclarationException', sentence)

/** The values that stand more than once, each named once. */
export function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))]
}
