import type { RemovePermissionRequest } from '@aws-sdk/client-lambda'
import type { Operation } from '../../server/operation.ts'
import { checkRevision, functionOf, type Lambda } from './lends.ts'
import { notFound } from './names.ts'

export const removePermission: Operation<Lambda, RemovePermissionRequest, object> = {
  authorized: false,
  run(lends, input, call) {
    const stored = functionOf(lends, call, input, 'RemovePermission')
    checkRevision(input.RevisionId, stored.policyRevision)
    const left = stored.statements.filter(({ Sid }) => Sid !== input.StatementId)
    if (left.length === stored.statements.length)
      throw notFound(`Statement ${input.StatementId ?? ''} is not found in resource policy.`)
    lends.functions.setStatements(stored, left)
    return {}
  },
}
