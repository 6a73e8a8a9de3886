import type { FunctionConfiguration, GetFunctionConfigurationRequest } from '@aws-sdk/client-lambda'
import type { Operation } from '../../server/operation.ts'
import { configurationOf } from './configuration.ts'
import { functionOf, type Lambda } from './lends.ts'

export const getFunctionConfiguration: Operation<Lambda, GetFunctionConfigurationRequest, FunctionConfiguration> = {
  authorized: false,
  run: (lends, input, call) => configurationOf(functionOf(lends, call, input, 'GetFunctionConfiguration')),
}
