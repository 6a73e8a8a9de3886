import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { actionsOf, badAction, badStructure, type Placed, type Problems, repeated, runsBefore } from './problem.ts'

/** The account of a role's ARN. */
const accountOf = (roleArn: string | undefined) => roleArn?.split(':')[4]

/**
 * Every output has its own name, every input is some earlier action's output (fact sheet, 2.2), and moves between two
 * accounts only where one of them is the pipeline's (3.9; UNCONFIRMED that AWS says so when the definition is saved).
 */
export function* artifactProblems(declaration: PipelineDeclaration): Problems {
  const actions = actionsOf(declaration)
  const home = accountOf(declaration.roleArn)
  const worksIn = ({ action }: Placed) => accountOf(action.roleArn) ?? home
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
      const output = outputs.find(output => output.name === name && runsBefore(output.placed, placed))
      if (!output) {
        yield badAction(
          `Input Artifact Bundle ${name} in action ${placed.action.name} is not declared as Output Artifact Bundle in any of the preceding actions`,
        )
        continue
      }
      const [from, to] = [worksIn(output.placed), worksIn(placed)]
      if (from === to || from === home || to === home) continue
      yield badAction(
        `Input Artifact Bundle ${name} in action ${placed.action.name} cannot move from account ${from} to account ${to}: one of them must be the pipeline's account ${home}`,
      )
    }
  }
}
