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

/** What an action can be. All fit on one page, so that no token is ever given and none is accepted. */
export const listActionTypes: Operation<CodePipeline, ListActionTypesInput, ListActionTypesOutput> = {
  resources: anyResource,
  run({ pageTokens }, input) {
    const { actionOwnerFilter: owner, nextToken: token } = checked(Input, input)
    if (token !== undefined) pageTokens.refuse()
    return { actionTypes: actionTypes.filter(({ id }) => owner === undefined || id?.owner === owner) }
  },
}
