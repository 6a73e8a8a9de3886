import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { actionsOf, badAction, badStructure, type Problems } from './problem.ts'

/** Where artifacts are kept, and actions in other regions (fact sheet, 2.2 and 3.9). */
export function* storeProblems(declaration: PipelineDeclaration, region: string): Problems {
  const { artifactStore, artifactStores } = declaration
  if (artifactStore && artifactStores) {
    yield badStructure('Pipeline should declare either artifactStore or artifactStores, not both')
  }
  if (!artifactStore && !artifactStores) yield badStructure('Pipeline should declare artifactStore or artifactStores')
  const regions = artifactStores ? Object.keys(artifactStores) : [region]
  if (!regions.includes(region))
    yield badStructure(`artifactStores has no store in the pipeline's own region ${region}`)
  for (const { action } of actionsOf(declaration)) {
    if (action.region === undefined || action.region === region) continue
    const { category, owner } = action.actionTypeId ?? {}
    if (category === 'Source' || owner !== 'AWS') {
      yield badAction(
        `Action ${action.name} cannot be in region ${action.region}: it should be in the pipeline's region`,
      )
    }
    if (!regions.includes(action.region)) {
      yield badStructure(`Action ${action.name} is in region ${action.region}, for which artifactStores has no store`)
    }
  }
}
