import type { GetFunctionRequest, GetFunctionResponse } from '@aws-sdk/client-lambda'
import type { Operation } from '../../server/operation.ts'
import { configurationOf } from './configuration.ts'
import { functionOf, type Lambda } from './lends.ts'

/** A function with its tags. `Code` has no `Location` here: the package itself is not kept, only what was in it. */
export const getFunction: Operation<Lambda, GetFunctionRequest, GetFunctionResponse> = {
  authorized: false,
  run(lends, input, call) {
    const stored = functionOf(lends, call, input, 'GetFunction')
    return {
      Configuration: configurationOf(stored),
      Code: { RepositoryType: 'S3' },
      ...(Object.keys(stored.tags).length > 0 && { Tags: { ...stored.tags } }),
    }
  },
}
