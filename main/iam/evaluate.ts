import { type Context, conditionsMet, substitute } from './conditions.ts'
import type { Policy, Statement } from './policy.ts'
import { arnMatches, matchesAnyCase } from './wildcard.ts'

/** Who asks to do what, and what the request is like. */
export interface Request {
  principal: Principal
  /** `codepipeline:GetPipeline` */
  action: string
  /** The ARN, or `*` where the action has no resource level. */
  resource: string
  /** The account that owns the resource. */
  resourceAccount: string
  context: Context
}

export type Principal = AwsPrincipal | { kind: 'service'; name: string } | { kind: 'anonymous' }

/** A user or role (`arn`); `sessionArn` where it is a role that was assumed. */
interface AwsPrincipal {
  kind: 'aws'
  account: string
  arn: string
  sessionArn?: string
}

/** A policy and where it came from, for whoever has to explain a decision. */
export interface Source {
  kind: 'identity' | 'resource' | 'session' | 'boundary'
  /** The policy's name or ARN. */
  name: string
  policy: Policy
}

export interface Policies {
  identity: readonly Source[]
  resource?: Source
  /** Role trust (and key) policies must allow even at home, where otherwise either side is enough. */
  resourceMustAllow?: boolean
  /** What the session was narrowed to when its role was assumed; it allows only where the role does too. */
  session?: readonly Source[]
  boundary?: Source
}

/** A statement that spoke for or against. */
interface Matched {
  source: Source
  statement: Statement
  index: number
}

export type Decision =
  | { kind: 'allow'; matched: readonly Matched[] }
  | { kind: 'explicitDeny'; matched: readonly Matched[] }
  /** `lacking` is the first kind of policy that had to allow and did not. */
  | { kind: 'implicitDeny'; matched: readonly Matched[]; lacking: Source['kind'] }

/**
 * IAM's policy evaluation: an explicit deny anywhere wins; then, within the owner's account, an allow of the identity's
 * or of the resource's own policy; across accounts both; and session policies and a permissions boundary must agree.
 */
export function evaluate(request: Request, policies: Policies): Decision {
  const { identity, resource, session, boundary } = policies
  const all = [...identity, ...(resource ? [resource] : []), ...(session ?? []), ...(boundary ? [boundary] : [])]
  const denies = all.flatMap(source => matchedIn(source, request, 'Deny'))
  if (denies.length > 0) return { kind: 'explicitDeny', matched: denies }
  const allows = (sources: readonly Source[]) => sources.flatMap(source => matchedIn(source, request, 'Allow'))
  const byIdentity = allows(identity)
  const byResource = allows(resource ? [resource] : [])
  const lack = (lacking: Source['kind']): Decision => {
    return { kind: 'implicitDeny', matched: [...byIdentity, ...byResource], lacking }
  }
  if (request.principal.kind !== 'aws') {
    return byResource.length > 0 ? { kind: 'allow', matched: byResource } : lack('resource')
  }
  const { principal } = request
  const foreign = principal.account !== request.resourceAccount
  if ((foreign || policies.resourceMustAllow) && byResource.length === 0)
    return lack(byIdentity.length === 0 ? 'identity' : 'resource')
  // A grant to the account only lets the account's own policies decide; one to the caller is enough at home.
  const granted = !foreign && byResource.some(({ statement }) => namesBeyondAccount(statement, principal))
  if (byIdentity.length === 0 && !granted) return lack('identity')
  // Only a grant that names the session itself reaches past what the session was narrowed to.
  const toSession = !foreign && byResource.some(({ statement }) => namesSession(statement, principal))
  const bySession = allows(session ?? [])
  if (session && bySession.length === 0 && !toSession) return lack('session')
  const byBoundary = allows(boundary ? [boundary] : [])
  if (boundary && byBoundary.length === 0 && !toSession) return lack('boundary')
  return { kind: 'allow', matched: [...byIdentity, ...byResource, ...bySession, ...byBoundary] }
}

function matchedIn(source: Source, request: Request, effect: Statement['effect']): Matched[] {
  return source.policy.statements.flatMap((statement, index) =>
    statement.effect === effect && applies(statement, request) ? [{ source, statement, index }] : [],
  )
}

function applies(statement: Statement, request: Request): boolean {
  if (statement.principals && !principalApplies(statement.principals, request)) return false
  const { actions, resources } = statement
  if (actions.patterns.some(pattern => matchesAnyCase(pattern, request.action)) === actions.not) return false
  if (resources && resources.patterns.some(pattern => resourceMatches(pattern, request)) === resources.not) return false
  const met = conditionsMet(statement.conditions, request.context)
  // What cannot be judged must not open anything, and must not fail to close it.
  return met === 'met' || (met === 'unknown' && statement.effect === 'Deny')
}

function resourceMatches(pattern: string, { resource, context }: Request): boolean {
  if (pattern === '*') return true
  const filled = substitute(pattern, context)
  return filled !== undefined && arnMatches(filled, resource)
}

function principalApplies({ not, of }: NonNullable<Statement['principals']>, request: Request): boolean {
  const { principal } = request
  const named =
    of === '*' || Object.entries(of).some(([kind, names]) => names.some(name => isNamed(kind, name, principal)))
  return named !== not
}

function isNamed(kind: string, name: string, principal: Principal): boolean {
  switch (principal.kind) {
    case 'anonymous':
      return kind === 'AWS' && name === '*'
    case 'service':
      return kind === 'Service' && name === principal.name
    case 'aws': {
      if (kind !== 'AWS') return false
      const { account, arn, sessionArn } = principal
      // An account, by its id or its root, stands for everybody in it whom the account itself lets.
      return [account, `arn:aws:iam::${account}:root`, arn, sessionArn, '*'].includes(name)
    }
  }
}

const awsNames = (statement: Statement): readonly string[] => {
  const of = statement.principals?.of
  return of === undefined || of === '*' ? ['*'] : (of.AWS ?? [])
}

function namesBeyondAccount(statement: Statement, { arn, sessionArn }: AwsPrincipal): boolean {
  if (statement.principals?.not) return true
  return awsNames(statement).some(name => name === '*' || name === arn || name === sessionArn)
}

function namesSession(statement: Statement, { sessionArn }: AwsPrincipal): boolean {
  return sessionArn !== undefined && awsNames(statement).includes(sessionArn)
}
