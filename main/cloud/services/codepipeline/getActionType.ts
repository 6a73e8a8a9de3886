import type { GetActionTypeInput, GetActionTypeOutput } from '@aws-sdk/client-codepipeline'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checked, structure } from './constraints.ts'
import { anyResource, type CodePipeline } from './lends.ts'
import { category, integrationOwner, providerName, typeVersion } from './typeConstraints.ts'

const Input = structure({
  category: category(),
  owner: integrationOwner(),
  provider: providerName(),
  version: typeVersion(),
})

/** Integration models of partners: there is none, so that no action type of this kind is ever found. */
export const getActionType: Operation<CodePipeline, GetActionTypeInput, GetActionTypeOutput> = {
  resources: anyResource,
  run(_service, input) {
    throw actionTypeNotFound(checked(Input, input))
  },
}

/** UNCONFIRMED wording. */
export const actionTypeNotFound = (id: Record<'category' | 'owner' | 'provider' | 'version', string>) =>
  new AwsError(
    'ActionTypeNotFoundException',
    `ActionType (Category: '${id.category}', Provider: '${id.provider}', Owner: '${id.owner}', Version: '${id.version}') could not be found`,
  )
