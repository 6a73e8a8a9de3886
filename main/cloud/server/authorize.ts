import type { Clock } from '../../base/clock.ts'
import { contextOf } from '../../iam/conditions.ts'
import { evaluate, type Policies, type Principal, type Request, type Source } from '../../iam/evaluate.ts'
import { denialSentence } from '../../iam/explain.ts'
import { MalformedPolicy, type Policy, type PolicyKind, parsePolicy } from '../../iam/policy.ts'
import { AwsError } from './awsError.ts'
import type { Authorize, Caller, Guard } from './operation.ts'

/** The policies that a user or role has in its own account. */
export type PoliciesOf = (caller: Caller) => readonly Source[]

/** Asks IAM for every call. What a service does on its own behalf needs no leave. */
export function createAuthorize(policiesOf: PoliciesOf, clock: Pick<Clock, 'now'>): Authorize {
  const parse = createPolicyCache()
  return (caller, action, resource, guard = {}) => {
    if (caller.kind === 'service') return
    const request = requestOf(caller, action, resource, guard, clock)
    const policies: Policies = {
      identity: caller.kind === 'anonymous' ? [] : policiesOf(caller),
      ...(guard.policy !== undefined && {
        resource: { kind: 'resource', name: resource, policy: parse(guard.policy, 'resource') },
      }),
      ...(caller.sessionPolicy !== undefined && {
        session: [{ kind: 'session', name: 'session', policy: parse(caller.sessionPolicy, 'identity') }],
      }),
    }
    const decision = evaluate(request, policies)
    if (decision.kind === 'allow') return
    throw new AwsError('AccessDeniedException', denialSentence(decision, { who: caller.arn, action, resource }))
  }
}

/** The evaluator's question for one call. */
export function requestOf(
  caller: Caller,
  action: string,
  resource: string,
  guard: Guard,
  clock: Pick<Clock, 'now'>,
): Request {
  const now = clock.now()
  return {
    principal: principalOf(caller),
    action,
    resource,
    resourceAccount: guard.owner ?? accountIn(resource) ?? caller.account,
    context: contextOf({
      'aws:PrincipalArn': caller.principalArn,
      'aws:PrincipalAccount': caller.account,
      'aws:PrincipalType': caller.kind === 'assumedRole' ? 'AssumedRole' : caller.kind === 'root' ? 'Account' : 'User',
      'aws:userid': caller.userId,
      'aws:username': caller.kind === 'user' ? caller.arn.split('/').at(-1) : undefined,
      'aws:CurrentTime': new Date(now).toISOString(),
      'aws:EpochTime': String(Math.floor(now / 1000)),
      'aws:SecureTransport': 'false',
      ...guard.context,
    }),
  }
}

/** Undefined for ARNs without an account (S3), and for what AWS itself has in everybody's (`arn:aws:iam::aws:policy/…`). */
const accountIn = (arn: string) => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1]

function principalOf(caller: Caller): Principal {
  switch (caller.kind) {
    case 'anonymous':
      return { kind: 'anonymous' }
    case 'service':
      return { kind: 'service', name: caller.principalArn }
    case 'assumedRole':
      return { kind: 'aws', account: caller.account, arn: caller.principalArn, sessionArn: caller.arn }
    case 'user':
    case 'root':
      return { kind: 'aws', account: caller.account, arn: caller.principalArn }
  }
}

/** Parses policies once for as long as they are in use. Throws MalformedPolicyDocument. */
export function createPolicyCache(capacity = 500): (text: string, kind: PolicyKind) => Policy {
  const parsed = new Map<string, Policy>()
  return (text, kind) => {
    const key = `${kind}\n${text}`
    const known = parsed.get(key)
    if (known) return known
    const policy = readPolicy(text, kind)
    const oldest = parsed.keys().next()
    if (parsed.size >= capacity && !oldest.done) parsed.delete(oldest.value)
    parsed.set(key, policy)
    return policy
  }
}

/** A policy document that somebody sent. Throws IAM's MalformedPolicyDocumentException. */
export function readPolicy(text: string, kind: PolicyKind): Policy {
  try {
    return parsePolicy(text, kind)
  } catch (error) {
    if (error instanceof MalformedPolicy) throw new AwsError('MalformedPolicyDocumentException', error.message)
    throw error
  }
}
