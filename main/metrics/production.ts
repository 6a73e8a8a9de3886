import type { Environment } from '../../preload/contract/accounts.ts'
import type { ActionDefinition, Definition } from '../../preload/contract/pipelines.ts'

/** Which stage is production, and why; no stage where nothing is deployed. */
export interface Production {
  stage: string | undefined
  rule: string
}

const named = /(^|[-_. ])(prod|production|live|release)([-_. ]|$)/i

/**
 * The stage whose success counts as a deployment to production. The account's environment, set by a person, goes before
 * names, names before the place in the pipeline.
 */
export function productionStage(
  definition: Definition | undefined,
  account: string,
  environmentOf: (account: string) => Environment,
): Production {
  if (!definition) return { stage: undefined, rule: 'The definition is not known yet.' }
  const deploys = definition.stages.filter(({ actions }) => actions.some(isDeployment))
  const inProduction = deploys.findLast(({ actions }) =>
    actions.some(action => isDeployment(action) && environmentOf(accountOf(action, account)) === 'production'),
  )
  if (inProduction) return { stage: inProduction.name, rule: 'The last stage that deploys into a production account.' }
  const byName = deploys.findLast(({ name }) => named.test(name))
  if (byName) return { stage: byName.name, rule: `The last stage that deploys and is named like production.` }
  const last = deploys.at(-1)
  if (last) return { stage: last.name, rule: 'The last stage that deploys: none is marked or named as production.' }
  return { stage: undefined, rule: 'No stage deploys anything: it has no deployments to count.' }
}

const isDeployment = ({ category }: ActionDefinition) => category === 'Deploy'

const accountOf = ({ roleArn }: ActionDefinition, own: string) =>
  /^arn:[^:]+:iam::(\d{12}):role\//.exec(roleArn ?? '')?.[1] ?? own
