import type { ActionCategory, ActionOwner, ActionType } from '@aws-sdk/client-codepipeline'
import { everyActionType } from '../../execution/declaration/actionTypes.ts'

/** By `Owner/Category/Provider`: the keys of an action's configuration that no read may show. */
const secrets: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['ThirdParty/Source/GitHub', new Set(['OAuthToken'])],
])
const none: ReadonlySet<string> = new Set()

export const secretKeys = (type: {
  category?: string | undefined
  owner?: string | undefined
  provider?: string | undefined
  version?: string | undefined
}): ReadonlySet<string> => secrets.get(`${type.owner}/${type.category}/${type.provider}`) ?? none

/**
 * The action types of AWS and its partners as ListActionTypes gives them. That a type is listed does not mean that
 * the local cloud can run it: its provider says so when it can't.
 */
export const actionTypes: readonly ActionType[] = [...everyActionType].map(([name, rules]) => {
  const [owner = '', category = '', provider = ''] = name.split('/')
  const property = (key: string, required: boolean) => {
    const secret = secrets.get(name)?.has(key) ?? false
    return { name: key, required, key: required && !secret, secret }
  }
  const optional = rules.optional === 'any' ? [] : rules.optional
  return {
    // Every row of the table names an owner and a category of the model.
    id: { category: category as ActionCategory, owner: owner as ActionOwner, provider, version: '1' },
    settings: {},
    actionConfigurationProperties: [
      ...rules.required.map(key => property(key, true)),
      ...optional.map(key => property(key, false)),
    ],
    inputArtifactDetails: { minimumCount: rules.inputs[0], maximumCount: rules.inputs[1] },
    outputArtifactDetails: { minimumCount: rules.outputs[0], maximumCount: rules.outputs[1] },
  }
})
