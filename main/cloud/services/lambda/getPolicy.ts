import type { GetPolicyRequest, GetPolicyResponse } from '@aws-sdk/client-lambda'
import type { Operation } from '../../server/operation.ts'
import { functionOf, type Lambda } from './lends.ts'
import { policyOf } from './model.ts'
import { notFound } from './names.ts'

export const getPolicy: Operation<Lambda, GetPolicyRequest, GetPolicyResponse> = {
  authorized: false,
  run(lends, input, call) {
    const stored = functionOf(lends, call, input, 'GetPolicy')
    const policy = policyOf(stored)
    if (policy === undefined) throw notFound('The resource you requested does not exist.')
    return { Policy: policy, RevisionId: stored.policyRevision }
  },
}
