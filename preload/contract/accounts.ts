import { z } from 'zod'
import { FailureShape, Instant } from './base.ts'

export const AccountId = z.string().regex(/^\d{12}$/)
export const RegionName = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/)

export const Environment = z.enum(['development', 'staging', 'production', 'unknown'])
export type Environment = z.infer<typeof Environment>

/** A colour that tells an account apart where its environment's does not. */
export const Band = z.enum(['teal', 'violet', 'red', 'blue', 'ochre', 'rose', 'slate'])
export type Band = z.infer<typeof Band>

/** As IAM has it (RoleName). */
export const RoleName = z.string().regex(/^[\w+=,.@-]{1,64}$/)
export const RoleArn = z.string().regex(/^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/)

/** How the desk becomes this account. */
export const AccountSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('localCloud') }),
  z.object({ kind: z.literal('profile'), profile: z.string().min(1).max(200) }),
  /** A role that a sign-in to IAM Identity Center has in the account. `session` is an {@link SsoSession}'s id. */
  z.object({ kind: z.literal('sso'), session: z.string().min(1).max(300), role: RoleName }),
  /** A role that is assumed from another account of the desk: the hub. */
  z.object({
    kind: z.literal('hub'),
    hub: AccountId,
    roleArn: RoleArn,
    externalId: z.string().min(2).max(1224).optional(),
  }),
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

/** What IAM lets the desk do in an account, kind by kind. `limited`: not everywhere; each pipeline is asked when open. */
export const Right = z.enum(['yes', 'limited', 'no', 'unknown'])
export type Right = z.infer<typeof Right>

export const Rights = z.object({
  read: Right,
  approve: Right,
  operate: Right,
  /** `simulated`: IAM told it beforehand; `learned`: it may not tell, so the desk remembers what AWS refused. */
  known: z.enum(['simulated', 'learned', 'no']),
})
export type Rights = z.infer<typeof Rights>

export const Account = z.object({
  id: AccountId,
  name: z.string(),
  environment: Environment,
  regions: z.array(RegionName),
  source: AccountSource,
  /** Set by a person: the desk refuses every write to this account. */
  readOnly: z.boolean(),
  /** Where a person has chosen one; otherwise the environment's own. */
  band: Band.optional(),
  session: Session,
  rights: Rights,
})
export type Account = z.infer<typeof Account>

/** An account that is to be added, and what a person says of it. */
export const NewAccount = z.object({
  /** Known beforehand for all but profiles, whose account only AWS can tell. */
  id: AccountId.optional(),
  source: AccountSource,
  name: z.string().trim().min(1).max(60),
  environment: Environment,
  regions: z.array(RegionName).min(1).max(40),
  readOnly: z.boolean(),
  band: Band.optional(),
})
export type NewAccount = z.infer<typeof NewAccount>

/** How it went with one of several. */
export const Added = z.discriminatedUnion('state', [
  z.object({ state: z.literal('added'), account: Account }),
  z.object({ state: z.literal('refused'), name: z.string(), failure: FailureShape }),
])
export type Added = z.infer<typeof Added>

/** How a person signs in: in a browser that comes back by itself, or with a code on any device. */
export const SignInFlow = z.enum(['browser', 'device'])
export type SignInFlow = z.infer<typeof SignInFlow>

/** Where it stands with a sign-in to IAM Identity Center. */
export const SsoState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('signedOut') }),
  z.object({ state: z.literal('starting'), flow: SignInFlow }),
  /** A person is to open the page. */
  z.object({ state: z.literal('browser'), url: z.string(), until: Instant }),
  /** A person is to open the page and compare the code there with this one. */
  z.object({ state: z.literal('device'), url: z.string(), code: z.string(), until: Instant }),
  z.object({
    state: z.literal('signedIn'),
    until: Instant,
    /** Renewed by itself for as long as the portal allows; otherwise `until` is the end. */
    renews: z.boolean(),
    /** Who signed in: the desk, or the AWS CLI by its cache. */
    by: z.enum(['desk', 'cli']),
  }),
  z.object({ state: z.literal('expired'), since: Instant, failure: FailureShape }),
])
export type SsoState = z.infer<typeof SsoState>

/** One access portal of IAM Identity Center, and whether it lets the desk in. Holds no token. */
export const SsoSession = z.object({
  id: z.string(),
  name: z.string(),
  startUrl: z.string(),
  region: z.string(),
  /** `config`: of the AWS CLI's configuration; `desk`: a person named it here. */
  from: z.enum(['config', 'desk', 'localCloud']),
  /** Whether the desk writes its tokens where the AWS CLI keeps its own, as the CLI does: a plain file. */
  sharesWithCli: z.boolean(),
  state: SsoState,
  /** Why the last attempt to sign in did not end well. */
  failure: FailureShape.optional(),
})
export type SsoSession = z.infer<typeof SsoSession>

/** Where the desk keeps what must outlive it. */
export const SecretsPlace = z.discriminatedUnion('kept', [
  z.object({ kept: z.literal('vault'), backend: z.string() }),
  z.object({ kept: z.literal('memory') }),
])
export type SecretsPlace = z.infer<typeof SecretsPlace>

/** One account of a portal. */
export const PortalAccount = z.object({
  id: AccountId,
  name: z.string(),
  email: z.string().optional(),
  /** Absent until they are listed. */
  roles: z.array(z.string()).optional(),
  problem: FailureShape.optional(),
})
export type PortalAccount = z.infer<typeof PortalAccount>

/** What a portal offers, as far as it is listed: each time the whole. */
export const PortalListing = z.object({
  accounts: z.array(PortalAccount),
  /** How many accounts have told their roles. */
  listed: z.number().int(),
  done: z.boolean(),
})
export type PortalListing = z.infer<typeof PortalListing>

/** A profile wants the code of an MFA device. */
export const MfaPrompt = z.object({ id: z.string(), profile: z.string(), serial: z.string() })
export type MfaPrompt = z.infer<typeof MfaPrompt>

export const OrganizationAccount = z.object({ id: AccountId, name: z.string(), email: z.string().optional() })
export type OrganizationAccount = z.infer<typeof OrganizationAccount>

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

export const AccountsSnapshot = z.object({
  accounts: z.array(Account),
  localCloud: LocalCloud,
  ssoSessions: z.array(SsoSession),
  secrets: SecretsPlace,
  mfaPrompts: z.array(MfaPrompt),
  /** How far this machine's clock is ahead of AWS's, where it is enough to matter. ms, negative where behind */
  clockAheadMs: z.number().optional(),
})
export type AccountsSnapshot = z.infer<typeof AccountsSnapshot>
