import type { FunctionConfiguration, UpdateFunctionCodeRequest } from '@aws-sdk/client-lambda'
import type { Operation } from '../../server/operation.ts'
import { configurationOf } from './configuration.ts'
import { checkRevision, functionOf, type Lambda, refusePublishing } from './lends.ts'

export const updateFunctionCode: Operation<Lambda, UpdateFunctionCodeRequest, FunctionConfiguration> = {
  authorized: false,
  async run(lends, input, call) {
    const { functions, code } = lends
    const before = functionOf(lends, call, input, 'UpdateFunctionCode')
    refusePublishing(input.Publish)
    checkRevision(input.RevisionId, before.revision)
    const made = await code.take(call.caller, input)
    if (input.DryRun) return configurationOf({ ...before, code: made })
    functions.setCode(before, made, call.at)
    return configurationOf(functions.find(before) ?? before)
  },
}
