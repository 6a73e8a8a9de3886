import type { AddPermissionRequest, AddPermissionResponse } from '@aws-sdk/client-lambda'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checkRevision, functionOf, type Lambda } from './lends.ts'
import type { Statement } from './model.ts'
import { functionArn, invalidParameter, validation } from './names.ts'

/** Adds a statement to a function's resource policy. */
export const addPermission: Operation<Lambda, AddPermissionRequest, AddPermissionResponse> = {
  authorized: false,
  run(lends, input, call) {
    const stored = functionOf(lends, call, input, 'AddPermission')
    checkRevision(input.RevisionId, stored.policyRevision)
    const statement = statementOf(input, functionArn(stored))
    if (stored.statements.some(({ Sid }) => Sid === statement.Sid)) {
      throw new AwsError(
        'ResourceConflictException',
        `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        { status: 409, members: { Type: 'User' } },
      )
    }
    lends.functions.setStatements(stored, [...stored.statements, statement])
    return { Statement: JSON.stringify(statement) }
  },
}

function statementOf(input: AddPermissionRequest, resource: string): Statement {
  const { StatementId: sid = '', Action: action = '', Principal: principal = '' } = input
  if (!/^[\w-]{1,100}$/.test(sid)) {
    throw validation(
      `1 validation error detected: Value '${sid}' at 'statementId' failed to satisfy constraint: Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)`,
    )
  }
  if (!/^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/.test(action)) {
    throw validation(
      `1 validation error detected: Value '${action}' at 'action' failed to satisfy constraint: Member must satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])`,
    )
  }
  const equals = {
    ...(input.SourceAccount !== undefined && { 'AWS:SourceAccount': input.SourceAccount }),
    ...(input.PrincipalOrgID !== undefined && { 'aws:PrincipalOrgID': input.PrincipalOrgID }),
  }
  const condition = {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(input.SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
  }
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: principalOf(principal),
    Action: action,
    Resource: resource,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  }
}

/** An account, an ARN of IAM's, a service, or everybody. */
function principalOf(principal: string): string | Record<string, string> {
  if (principal === '*') return '*'
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` }
  if (/^arn:aws:(iam|sts)::/.test(principal)) return { AWS: principal }
  if (/^[a-z0-9.-]+\.amazonaws\.com$/.test(principal)) return { Service: principal }
  throw invalidParameter('The provided principal was invalid. Please check the principal and try again.')
}
