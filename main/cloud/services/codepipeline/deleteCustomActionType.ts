import type { DeleteCustomActionTypeInput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, structure } from './constraints.ts'
import type { CodePipeline } from './lends.ts'
import { actionTypeArn, category, providerName, typeVersion } from './typeConstraints.ts'

const Input = structure({ category: category(), provider: providerName(), version: typeVersion() })

/** Marks a custom action type as deleted; one that is not there is no error. */
export const deleteCustomActionType: Operation<CodePipeline, DeleteCustomActionTypeInput, object> = {
  resources: (input, call) => [actionTypeArn(call, { ...input, owner: 'Custom' })],
  run({ customTypes }, input, call) {
    customTypes.remove(call.account, call.region, checked(Input, input))
    return {}
  },
}
