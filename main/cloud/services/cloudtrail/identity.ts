import type { Caller } from '../../server/operation.ts'

/** `userIdentity` of an event ("CloudTrail userIdentity element", user guide). */
export function userIdentity(caller: Caller, invokedBy?: string): Record<string, unknown> {
  const identity = identityOf(caller)
  return invokedBy === undefined ? identity : { ...identity, invokedBy }
}

function identityOf(caller: Caller): Record<string, unknown> {
  const { kind, account, arn, userId, principalArn, accessKeyId } = caller
  const named = { principalId: userId, arn, accountId: account, ...(accessKeyId !== undefined && { accessKeyId }) }
  switch (kind) {
    case 'user':
      return { type: 'IAMUser', ...named, userName: lastOf(arn) }
    case 'assumedRole':
      return {
        type: 'AssumedRole',
        ...named,
        sessionContext: {
          sessionIssuer: {
            type: 'Role',
            principalId: userId.split(':')[0],
            arn: principalArn,
            accountId: account,
            userName: lastOf(principalArn),
          },
          attributes: {
            ...(caller.since !== undefined && {
              creationDate: new Date(caller.since).toISOString().replace(/\.\d+Z$/, 'Z'),
            }),
            mfaAuthenticated: 'false',
          },
        },
      }
    case 'root':
      return { type: 'Root', ...named }
    case 'service':
      return { type: 'AWSService', invokedBy: principalArn }
    case 'anonymous':
      return { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' }
  }
}

/** What `Username` of LookupEvents finds: a user's name, a role session's name. */
export function usernameOf({ kind, arn }: Caller): string | undefined {
  if (kind === 'user' || kind === 'assumedRole') return lastOf(arn)
  return kind === 'root' ? 'root' : undefined
}

const lastOf = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)
