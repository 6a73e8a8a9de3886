import { z } from 'zod'
import { FailureShape, Instant } from './base.ts'

export const AccountId = z.string().regex(/^\d{12}$/)
export const RegionName = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/)

export const Environment = z.enum(['development', 'staging', 'production', 'unknown'])
export type Environment = z.infer<typeof Environment>

/** How the desk becomes this account. */
export const AccountSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('localCloud') }),
  z.object({ kind: z.literal('profile'), profile: z.string() }),
])
export type AccountSource = z.infer<typeof AccountSource>

/** Whether calls can be made now. `as` is the caller's ARN as GetCallerIdentity gives it. */
export const Session = z.discriminatedUnion('state', [
  z.object({ state: z.literal('connecting') }),
  z.object({ state: z.literal('valid'), as: z.string(), expiresAt: Instant.optional() }),
  z.object({ state: z.literal('expired'), since: Instant, failure: FailureShape }),
  z.object({ state: z.literal('unusable'), failure: FailureShape }),
])
export type Session = z.infer<typeof Session>

export const Account = z.object({
  id: AccountId,
  name: z.string(),
  environment: Environment,
  regions: z.array(RegionName),
  source: AccountSource,
  /** Set by a person: the desk refuses every write to this account. */
  readOnly: z.boolean(),
  session: Session,
})
export type Account = z.infer<typeof Account>

/** A profile of `~/.aws/config` that could be added as an account. */
export const Profile = z.object({
  name: z.string(),
  region: z.string().optional(),
  accountId: AccountId.optional(),
  kind: z.enum(['keys', 'role', 'process', 'sso', 'unusable']),
  added: z.boolean(),
  problem: z.string().optional(),
})
export type Profile = z.infer<typeof Profile>

/** What a person needs to use the local cloud from a terminal. Holds no secret: files are named, not quoted. */
export const LocalCloud = z.discriminatedUnion('state', [
  z.object({ state: z.literal('off') }),
  z.object({ state: z.literal('starting') }),
  z.object({
    state: z.literal('ready'),
    endpoint: z.string(),
    region: z.string(),
    configFile: z.string(),
    credentialsFile: z.string(),
    gitCredentialsFile: z.string(),
    repositories: z.array(z.object({ account: AccountId, region: z.string(), name: z.string(), cloneUrl: z.string() })),
  }),
  z.object({ state: z.literal('failed'), failure: FailureShape, restarting: z.boolean() }),
])
export type LocalCloud = z.infer<typeof LocalCloud>

export const AccountsSnapshot = z.object({ accounts: z.array(Account), localCloud: LocalCloud })
export type AccountsSnapshot = z.infer<typeof AccountsSnapshot>
