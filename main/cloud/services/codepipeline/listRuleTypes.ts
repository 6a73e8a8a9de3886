import type { ListRuleTypesInput, ListRuleTypesOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, oneOf, structure, text } from './constraints.ts'
import { anyResource, type CodePipeline } from './lends.ts'
import { ruleTypes } from './ruleTypes.ts'

const Input = structure({ ruleOwnerFilter: oneOf('AWS').optional(), regionFilter: text(4, 30).optional() })

/** What a condition's rule can be. */
export const listRuleTypes: Operation<CodePipeline, ListRuleTypesInput, ListRuleTypesOutput> = {
  resources: anyResource,
  run(_service, input) {
    checked(Input, input)
    return { ruleTypes: [...ruleTypes] }
  },
}
