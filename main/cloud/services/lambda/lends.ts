import type { Clock } from '../../../base/clock.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Authorize, Call } from '../../server/operation.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import type { Identities } from '../iam/identities.ts'
import type { CodeStore } from './codeStore.ts'
import type { FunctionStore } from './functionStore.ts'
import type { Invocations } from './invocations.ts'
import { policyOf, type StoredFunction } from './model.ts'
import { functionArn, functionNotFound, latest, notOffered, readFunctionName } from './names.ts'

/** What Lambda lends its operations. */
export interface Lambda {
  functions: FunctionStore
  code: CodeStore
  invocations: Invocations
  identities: Identities
  authorize: Authorize
  tokens: SealedTokens
  clock: Pick<Clock, 'now'>
}

/**
 * The function that a call names, if it is there and the caller may: its own policies, or the function's resource
 * policy, which across accounts must both agree. `action` without its prefix.
 */
export function functionOf(
  { functions, authorize }: Lambda,
  call: Call,
  { FunctionName, Qualifier }: { FunctionName?: string | undefined; Qualifier?: string | undefined },
  action: string,
): StoredFunction {
  const { version = Qualifier, ...name } = readFunctionName(FunctionName, call)
  const stored = functions.find(name)
  const policy = stored && policyOf(stored)
  authorize(call.caller, `lambda:${action}`, functionArn(name), {
    owner: name.account,
    ...(policy !== undefined && { policy }),
    context: { 'aws:SourceIp': call.sourceIp, 'aws:RequestedRegion': call.region },
  })
  if (!stored) throw functionNotFound(name, version)
  if (version !== undefined && version !== latest) throw functionNotFound(name, version)
  return stored
}

/** An update that names the revision which it is based on is refused where that is not the present one. */
export function checkRevision(given: string | undefined, present: string): void {
  if (given === undefined || given === present) return
  throw new AwsError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    { status: 412, members: { Type: 'User' } },
  )
}

export function refusePublishing(publish: boolean | undefined): void {
  if (publish) throw notOffered('A published version')
}
