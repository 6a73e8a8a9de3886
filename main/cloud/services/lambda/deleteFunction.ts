import type { DeleteFunctionRequest, DeleteFunctionResponse } from '@aws-sdk/client-lambda'
import type { Operation } from '../../server/operation.ts'
import { functionOf, type Lambda } from './lends.ts'

export const deleteFunction: Operation<Lambda, DeleteFunctionRequest, DeleteFunctionResponse> = {
  authorized: false,
  run(lends, input, call) {
    lends.functions.remove(functionOf(lends, call, input, 'DeleteFunction'))
    return { StatusCode: 204 }
  },
}
