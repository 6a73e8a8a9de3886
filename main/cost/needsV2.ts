import type { Definition } from '../../preload/contract/pipelines.ts'

/** Providers that V1 does not have (fact sheet, 4). */
const onlyV2 = new Set(['Commands', 'ECRBuildAndPublish', 'EC2', 'EKS', 'InspectorScan', 'CodePipeline'])

/** What of a definition V1 does not have, in words; empty where it could be of type V1. */
export function needsV2(definition: Definition | undefined): string[] {
  if (!definition) return []
  const actions = definition.stages.flatMap(stage => stage.actions)
  const isNew = ({ provider, category }: (typeof actions)[number]) =>
    onlyV2.has(provider) || (provider === 'Lambda' && category === 'Deploy')
  return [
    ...(definition.mode === 'SUPERSEDED' ? [] : [`execution mode ${definition.mode}`]),
    ...(definition.variables.length > 0 ? ['variables'] : []),
    ...(definition.stages.some(({ conditions }) => conditions.length > 0) ? ['conditions'] : []),
    ...new Set(actions.filter(isNew).map(({ provider }) => `action provider ${provider}`)),
  ]
}
