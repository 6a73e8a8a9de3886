import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts'
import { readPolicy } from '../../server/authorize.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checkName, parseIamArn, validationError } from '../iam/names.ts'
import type { StsLends } from './index.ts'
import { issueCredentials } from './issueCredentials.ts'

/** Who becomes whom is the trust policy's to say, and the caller's own where it is not named there itself. */
export const assumeRole: Operation<StsLends, AssumeRoleRequest, AssumeRoleResponse> = {
  authorized: false,
  run({ identities, store, clock, secrets }, input, { caller, sourceIp }) {
    const { RoleArn = '', RoleSessionName = '', DurationSeconds: duration = 3600, Policy, ExternalId } = input
    if (RoleSessionName.length < 2) {
      throw validationError(
        `Value '${RoleSessionName}' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2`,
      )
    }
    checkName('roleSessionName', RoleSessionName)
    checkDuration(duration)
    const named = parseIamArn(RoleArn, 'role')
    if (!named) throw new AwsError('ValidationException', `${RoleArn} is invalid`)
    if (Policy !== undefined) readPolicy(Policy, 'identity')
    const context = { 'aws:SourceIp': sourceIp, ...(ExternalId !== undefined && { 'sts:ExternalId': ExternalId }) }
    const assumed = identities.assume(RoleArn, caller, RoleSessionName, { context })
    const longest = store.role(named.account, named.name)?.maxSession ?? 3600
    if (duration > longest) {
      throw new AwsError(
        'ValidationException',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      )
    }
    if (caller.kind === 'assumedRole' && duration > 3600) {
      throw new AwsError(
        'ValidationException',
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
      )
    }
    const session = { ...assumed, ...(Policy !== undefined && { sessionPolicy: Policy }) }
    return {
      Credentials: issueCredentials({ store, clock, secrets }, session, duration),
      AssumedRoleUser: { AssumedRoleId: assumed.userId, Arn: assumed.arn },
      ...(Policy !== undefined && { PackedPolicySize: Math.ceil((Policy.length * 100) / 2048) }),
    }
  },
}

export function checkDuration(seconds: number): void {
  const bound = seconds < 900 ? 'greater than or equal to 900' : seconds > 43_200 ? 'less than or equal to 43200' : ''
  if (bound === '') return
  throw validationError(
    `Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${bound}`,
  )
}
