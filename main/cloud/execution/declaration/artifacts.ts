import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { actionsOf, badAction, badStructure, type Problems, repeated, runsBefore } from './problem.ts'

/** Every output has its own name, every input is some earlier action's output (fact sheet, 2.2). */
export function* artifactProblems(declaration: PipelineDeclaration): Problems {
  const actions = actionsOf(declaration)
  const outputs = actions.flatMap(placed =>
    (placed.action.outputArtifacts ?? []).map(artifact => ({ placed, name: artifact.name ?? '' })),
  )
  for (const name of repeated(outputs.map(output => output.name))) {
    yield badStructure(
      `Output Artifact Bundle name must be unique within the pipeline. ${name} has been used more than once.`,
    )
  }
  for (const placed of actions) {
    const inputs = (placed.action.inputArtifacts ?? []).map(artifact => artifact.name ?? '')
    for (const name of repeated(inputs)) {
      yield badAction(`Input Artifact Bundle ${name} has been used more than once in action ${placed.action.name}`)
    }
    for (const name of inputs) {
      if (outputs.some(output => output.name === name && runsBefore(output.placed, placed))) continue
      yield badAction(
        `Input Artifact Bundle ${name} in action ${placed.action.name} is not declared as Output Artifact Bundle in any of the preceding actions`,
      )
    }
  }
}
