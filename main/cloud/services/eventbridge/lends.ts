import type { Clock } from '../../../base/clock.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Authorize, Call } from '../../server/operation.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import { type BusName, busArn, type Rule, ruleArn } from './model.ts'
import { InvalidPattern, type Pattern, parsePattern } from './pattern.ts'
import type { Route } from './routing.ts'
import type { RuleStore } from './ruleStore.ts'

/** What EventBridge lends its operations. */
export interface EventBridge {
  rules: RuleStore
  route: Route
  tokens: SealedTokens
  authorize: Authorize
  clock: Pick<Clock, 'now'>
}

export const validation = (message: string) => new AwsError('ValidationException', message)
export const notFound = (what: string) => new AwsError('ResourceNotFoundException', `${what} does not exist.`)

/** The bus that a call names, by name or ARN; its own account's default one where it names none. */
export function busNamed(call: Pick<Call, 'account' | 'region'>, name = 'default'): BusName {
  const [, region = call.region, account = call.account, bus = name] =
    /^arn:aws:events:([a-z0-9-]+):(\d{12}):event-bus\/([\w./-]+)$/.exec(name) ?? []
  return { region, account, bus }
}

export function busOf({ rules }: EventBridge, call: Call, name: string | undefined): BusName {
  const bus = busNamed(call, name)
  if (bus.account !== call.account || bus.region !== call.region || !rules.hasBus(bus))
    throw notFound(`Event bus ${bus.bus}`)
  return bus
}

export function ruleOf(lends: EventBridge, call: Call, name: string | undefined, busName: string | undefined): Rule {
  const bus = busOf(lends, call, busName)
  const rule = lends.rules.find(bus, name ?? '')
  if (!rule) throw notFound(`Rule ${name ?? ''}`)
  return rule
}

/** What a call on a rule needs permission on. */
export const ruleResource = (call: Call, name: string | undefined, busName: string | undefined) => [
  ruleArn({ ...busNamed(call, busName), name: name ?? '' }),
]
export const busResource = (call: Call, name: string | undefined) => [busArn(busNamed(call, name))]

/** A pattern that somebody sent. */
export function patternIn(text: string): Pattern {
  try {
    return parsePattern(text)
  } catch (error) {
    if (error instanceof InvalidPattern) throw new AwsError('InvalidEventPatternException', error.message)
    throw error
  }
}

/** One page of a list in the order of its keys. */
export function paged<T>(
  { tokens }: EventBridge,
  input: { NextToken?: string | undefined; Limit?: number | undefined },
  read: (after: string, limit: number) => T[],
  key: (item: T) => string,
): { page: T[]; token: { NextToken?: string } } {
  const { Limit: limit = 100, NextToken } = input
  if (limit < 1 || limit > 100)
    throw validation(
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value ${limit < 1 ? 'greater than or equal to 1' : 'less than or equal to 100'}`,
    )
  const after = NextToken === undefined ? '' : tokens.open(input, NextToken)
  if (after === undefined) throw validation('NextToken is not valid.')
  const found = read(after, limit + 1)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return { page, token: found.length > limit && last ? { NextToken: tokens.seal(input, key(last)) } : {} }
}
