import type { CreateFunctionRequest, FunctionConfiguration } from '@aws-sdk/client-lambda'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checkSettings } from './checkSettings.ts'
import { configurationOf } from './configuration.ts'
import type { Lambda } from './lends.ts'
import { functionArn, functionNotFound, readFunctionName } from './names.ts'
import { checkRole } from './role.ts'

export const createFunction: Operation<Lambda, CreateFunctionRequest, FunctionConfiguration> = {
  resources: ({ FunctionName }, call) => [functionArn(readFunctionName(FunctionName, call))],
  async run(lends, input, call) {
    const { functions, code } = lends
    const { name } = readFunctionName(input.FunctionName, call)
    const where = { account: call.account, region: call.region, name }
    const settings = checkSettings(input)
    const refuseExisting = () => {
      if (!functions.find(where)) return
      const message = `Function already exist: ${name}`
      throw new AwsError('ResourceConflictException', message, { status: 409, members: { Type: 'User' } })
    }
    refuseExisting()
    checkRole(lends, call, settings.Role)
    const made = await code.take(call.caller, input.Code ?? {})
    // Somebody may have been quicker while the package was unpacked.
    refuseExisting()
    functions.create(where, { settings, code: made, tags: input.Tags ?? {}, at: call.at })
    const stored = functions.find(where)
    if (!stored) throw functionNotFound(where)
    return configurationOf(stored)
  },
}
