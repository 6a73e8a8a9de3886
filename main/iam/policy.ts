/** A policy document as IAM's grammar has it, every "one or many" as a list. */
export interface Policy {
  version: string
  id?: string
  statements: readonly Statement[]
}

export interface Statement {
  sid?: string
  effect: 'Allow' | 'Deny'
  /** Resource-based and trust policies only. */
  principals?: { not: boolean; of: Principals }
  actions: { not: boolean; patterns: readonly string[] }
  /** Absent in a trust policy. */
  resources?: { not: boolean; patterns: readonly string[] }
  conditions: readonly Condition[]
}

/** `'*'` is anybody; otherwise who, by kind: `AWS`, `Service`, `Federated`, `CanonicalUser`. */
type Principals = '*' | Readonly<Record<string, readonly string[]>>

/** One key under one operator: `{"StringLike": {"aws:username": ["a*"]}}`. */
export interface Condition {
  operator: string
  key: string
  values: readonly string[]
}

/** What is wrong with a policy document, in a sentence. IAM calls it MalformedPolicyDocument. */
export class MalformedPolicy extends Error {}

/** What kind of document is asked for: who may act (`identity`), on what (`resource`), or who may become the role (`trust`). */
export type PolicyKind = 'identity' | 'resource' | 'trust'

/** Reads a policy document from its JSON text. Throws {@link MalformedPolicy}. */
export function parsePolicy(text: string, kind: PolicyKind): Policy {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new MalformedPolicy('The policy is not in the valid JSON format.')
  }
  const document = objectOf(json, 'This policy contains invalid Json')
  onlyKeys(document, ['Version', 'Id', 'Statement'])
  const { Version: version = '2008-10-17', Id: id } = document
  if (version !== '2012-10-17' && version !== '2008-10-17')
    throw new MalformedPolicy('The policy must contain a valid version string.')
  if (document.Statement === undefined) throw new MalformedPolicy('Syntax errors in policy: Statement is missing.')
  const statements = listOf(document.Statement).map(one => parseStatement(one, kind))
  if (statements.length === 0) throw new MalformedPolicy('Syntax errors in policy: Statement is empty.')
  return { version, statements, ...(typeof id === 'string' && { id }) }
}

const statementKeys = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]

function parseStatement(json: unknown, kind: PolicyKind): Statement {
  const source = objectOf(json, 'Syntax errors in policy: a Statement is not an object.')
  onlyKeys(source, statementKeys)
  const { Sid: sid, Effect: effect } = source
  if (effect !== 'Allow' && effect !== 'Deny')
    throw new MalformedPolicy(`Syntax errors in policy: Effect is ${JSON.stringify(effect)}.`)
  const actions = oneOf(source, 'Action', 'NotAction')
  if (!actions) throw new MalformedPolicy('Policy statement must contain actions.')
  const bad = actions.patterns.find(pattern => pattern !== '*' && !/^[\w*?-]+:[\w*?]+$/.test(pattern))
  if (bad !== undefined)
    throw new MalformedPolicy('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
  const resources = oneOf(source, 'Resource', 'NotResource')
  const noArn = resources?.patterns.find(pattern => pattern !== '*' && !/^arn:(?:[^:]*:){4}./s.test(pattern))
  if (noArn !== undefined) throw new MalformedPolicy(`Resource ${noArn} must be in ARN format or "*".`)
  if (kind === 'trust' && resources) throw new MalformedPolicy('Has prohibited field Resource')
  if (kind !== 'trust' && !resources) throw new MalformedPolicy('Policy statement must contain resources.')
  const principals = parsePrincipals(source)
  if (kind === 'identity' && principals) throw new MalformedPolicy('Policy document should not specify a principal.')
  if (kind !== 'identity' && !principals) throw new MalformedPolicy('Missing required field Principal')
  return {
    effect,
    actions,
    conditions: parseConditions(source.Condition),
    ...(typeof sid === 'string' && { sid }),
    ...(resources && { resources }),
    ...(principals && { principals }),
  }
}

function oneOf(source: Record<string, unknown>, plain: string, negated: string) {
  if (source[plain] !== undefined && source[negated] !== undefined) {
    throw new MalformedPolicy(`Syntax errors in policy: ${plain} and ${negated} are both given.`)
  }
  const not = source[negated] !== undefined
  const given = not ? source[negated] : source[plain]
  return given === undefined ? undefined : { not, patterns: stringsOf(given, not ? negated : plain) }
}

function parsePrincipals(source: Record<string, unknown>): Statement['principals'] {
  if (source.Principal !== undefined && source.NotPrincipal !== undefined) {
    throw new MalformedPolicy('Syntax errors in policy: Principal and NotPrincipal are both given.')
  }
  const not = source.NotPrincipal !== undefined
  const given = not ? source.NotPrincipal : source.Principal
  if (given === undefined) return undefined
  if (given === '*') return { not, of: '*' }
  const byKind = Object.entries(objectOf(given, `Invalid principal in policy: ${JSON.stringify(given)}`))
  const unknown = byKind.find(([kind]) => !['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(kind))
  if (unknown) throw new MalformedPolicy(`Invalid principal in policy: "${unknown[0]}"`)
  return { not, of: Object.fromEntries(byKind.map(([kind, who]) => [kind, stringsOf(who, 'Principal')])) }
}

function parseConditions(json: unknown): Condition[] {
  if (json === undefined) return []
  return Object.entries(objectOf(json, 'Syntax errors in policy: Condition is not an object.')).flatMap(
    ([operator, keys]) =>
      Object.entries(objectOf(keys, `Syntax errors in policy: ${operator} is not an object.`)).map(([key, values]) => ({
        operator,
        key,
        values: listOf(values).map(value => {
          if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
          throw new MalformedPolicy(`Syntax errors in policy: ${operator} ${key} has a value that is no text.`)
        }),
      })),
  )
}

function objectOf(json: unknown, otherwise: string): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new MalformedPolicy(otherwise)
  return json as Record<string, unknown>
}

const listOf = (json: unknown): readonly unknown[] => (Array.isArray(json) ? json : [json])

function stringsOf(json: unknown, where: string): string[] {
  return listOf(json).map(value => {
    if (typeof value === 'string' && value !== '') return value
    throw new MalformedPolicy(`Syntax errors in policy: ${where} is ${JSON.stringify(value)}.`)
  })
}

function onlyKeys(source: Record<string, unknown>, known: readonly string[]) {
  const strange = Object.keys(source).find(key => !known.includes(key))
  if (strange !== undefined)
    throw new MalformedPolicy(`Syntax errors in policy: ${strange} is not an element of a policy.`)
}
