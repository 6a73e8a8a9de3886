import type { Band, Environment, NewAccount, PortalAccount } from '../../../preload/contract/accounts.ts'

/** What a person chose for one account of a portal. */
export interface Choice {
  role: string
  alias: string
  environment: Environment
  /** `environment`: that one's own colour. */
  band: Band | 'environment'
}

const guesses: readonly [RegExp, Environment][] = [
  [/\b(non-?prod|pre-?prod|pprd)/i, 'staging'],
  [/(^|[^a-z])(prod|prd|live)/i, 'production'],
  [/stag|(^|[^a-z])(stg|test|tst|qa|uat|int|acc)([^a-z]|$)/i, 'staging'],
  [/(^|[^a-z])(dev|sandbox|sbx|lab|tool|build|ci)/i, 'development'],
]

/** What an account is for, as far as its name says it; a person has the last word. */
export const guessEnvironment = (name: string): Environment =>
  guesses.find(([pattern]) => pattern.test(name))?.[1] ?? 'unknown'

/** The role that was last chosen where the account has it, else the one that a release desk most likely wants. */
export function likelyRole(roles: readonly string[], last: string | undefined): string | undefined {
  if (last !== undefined && roles.includes(last)) return last
  return roles.find(role => /release|deploy|operator|power/i.test(role)) ?? roles[0]
}

export function firstChoice({ name, roles = [] }: PortalAccount, last: string | undefined): Choice | undefined {
  const role = likelyRole(roles, last)
  if (role === undefined) return undefined
  return { role, alias: name.slice(0, 60), environment: guessEnvironment(name), band: 'environment' }
}

/** Whether an account is found by what was typed: each word in its name, id, mail or one of its roles. */
export function isFound({ name, id, email, roles }: PortalAccount, text: string): boolean {
  const all = [name, id, email, ...(roles ?? [])].join(' ').toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every(word => all.includes(word))
}

/** What main is asked to add. */
export const newAccounts = (
  choices: ReadonlyMap<string, Choice>,
  session: string,
  shared: { regions: string[]; readOnly: boolean },
): NewAccount[] =>
  [...choices].map(([id, { role, alias, environment, band }]) => ({
    id,
    source: { kind: 'sso', session, role },
    name: alias.trim() || id,
    environment,
    ...(band !== 'environment' && { band }),
    ...shared,
  }))

/** Account ids out of anything pasted, each once. */
export const idsIn = (text: string): string[] => [...new Set(text.match(/\b\d{12}\b/g) ?? [])]
