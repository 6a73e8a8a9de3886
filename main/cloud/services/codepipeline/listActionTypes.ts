import type { ListActionTypesInput, ListActionTypesOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { actionTypes } from './actionTypes.ts'
import { checked, nextToken, oneOf, structure, text } from './constraints.ts'
import { anyResource, type CodePipeline } from './lends.ts'

const Input = structure({
  actionOwnerFilter: oneOf('AWS', 'ThirdParty', 'Custom').optional(),
  nextToken: nextToken(),
  regionFilter: text(4, 30).optional(),
})

/** What an action can be, the account's own types included. All on one page: no token is ever given, none accepted. */
export const listActionTypes: Operation<CodePipeline, ListActionTypesInput, ListActionTypesOutput> = {
  resources: anyResource,
  run({ pageTokens, customTypes }, input, call) {
    const { actionOwnerFilter: owner, nextToken: token, regionFilter: region = call.region } = checked(Input, input)
    if (token !== undefined) pageTokens.refuse()
    const types = [...actionTypes, ...customTypes.list(call.account, region).map(({ actionType }) => actionType)]
    return { actionTypes: types.filter(({ id }) => owner === undefined || id?.owner === owner) }
  },
}
