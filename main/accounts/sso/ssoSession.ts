import { z } from 'zod'
import type { SignInFlow, SsoSession, SsoState } from '../../../preload/contract/accounts.ts'
import type { FailureShape } from '../../../preload/contract/base.ts'
import type { Portal } from '../../aws/portalDoor.ts'
import type { RegisteredClient, SsoOidc } from '../../aws/ssoOidc.ts'
import type { Cancel, Clock, Millis } from '../../base/clock.ts'
import { Failure } from '../../base/failure.ts'
import { failureShape } from '../../base/rpc.ts'
import type { Secrets } from '../secrets.ts'
import type { CliCache } from './cliCache.ts'
import { signIn } from './signIn.ts'
import { isFresh, isLive, longer, renewal, Tokens } from './tokens.ts'

/** Which portal, and what a person chose for it. */
export interface SsoSessionFacts {
  id: string
  name: string
  startUrl: string
  portal: Portal
  from: SsoSession['from']
  /** Its key in the AWS CLI's cache. */
  cacheKey: string
  sharesWithCli: boolean
}

/** One sign-in: its tokens, renewed once for all that wait. Never opens a browser by itself. */
export interface LiveSsoSession {
  facts(): SsoSessionFacts
  /** Takes in what changed, such as another endpoint. */
  update(facts: SsoSessionFacts): void
  state(): SsoState
  failure(): FailureShape | undefined
  /**
   * An access token that the portal should take.
   *
   * @throws Failure `SignInNeeded` where only a person can help.
   */
  token(): Promise<string>
  /** The portal did not take this token: another one is got, by its refresh token or from the CLI's cache. */
  refused(token: string): void
  /** Starts a sign-in; resolves when the person has something to do. One that goes on already is given up. */
  signIn(flow: SignInFlow): Promise<void>
  cancel(): void
  /** Forgets the tokens here and, where they are shared, in the CLI's cache. Gives the token to log out with. */
  forget(): Promise<string | undefined>
  /** Gives the CLI what is held, where it is shared now. */
  share(): Promise<void>
  /** Looks whether the AWS CLI signed in or out meanwhile. */
  reread(): Promise<void>
  stop(): void
}

export interface SsoSessionOptions {
  oidc: SsoOidc
  clock: Clock
  secrets: Secrets
  cache: CliCache
  /** After each change of `state`. */
  changed: () => void
  log: (level: 'info' | 'warn', message: string, fields?: Record<string, unknown>) => void
}

const Registered = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  expiresAt: z.number(),
  authorizationEndpoint: z.string().optional(),
})
/** What outlives the desk, sealed: the tokens, and a registration for each flow. */
const Kept = z.object({
  tokens: Tokens.optional(),
  clients: z.object({ browser: Registered.optional(), device: Registered.optional() }),
})
type Kept = z.infer<typeof Kept>

/** Answers to a refresh that no later try can better (fact sheet, 7). */
const final = new Set([
  'InvalidGrantException',
  'InvalidClientException',
  'UnauthorizedClientException',
  'ExpiredTokenException',
  'AccessDeniedException',
  'InvalidRequestException',
])

export function createSsoSession(initial: SsoSessionFacts, options: SsoSessionOptions): LiveSsoSession {
  const { oidc, clock, secrets, cache, changed, log } = options
  let facts = initial
  let kept: Kept = { clients: {} }
  /** The CLI's tokens as last read. */
  let cli: Tokens | undefined
  /** What the portal would not take, though it looks alive. */
  let refusedToken: string | undefined
  let state: SsoState = { state: 'signedOut' }
  let failure: FailureShape | undefined
  let attempt: AbortController | undefined
  let asking: Promise<string> | undefined
  let cancelRenewal: Cancel = () => {}
  const secretName = () => `sso ${facts.id}`
  const loading = secrets.load(secretName()).then(text => {
    const parsed = text === undefined ? undefined : Kept.safeParse(parseJson(text))
    if (parsed?.success) kept = parsed.data
  })

  const set = (next: SsoState) => {
    if (JSON.stringify(next) === JSON.stringify(state)) return
    state = next
    changed()
  }
  const keep = () => secrets.save(secretName(), JSON.stringify(kept))
  const best = () => longer(kept.tokens, cli)
  /** The CLI's tokens are the CLI's to renew, unless the desk writes into its cache: renewing may end the old one. */
  const renewable = (tokens: Tokens) =>
    tokens === cli && !facts.sharesWithCli ? undefined : renewal(tokens, clock.now())

  /** Says how it stands, and wakes up when that will change. */
  const settle = () => {
    cancelRenewal()
    if (attempt) return
    const tokens = best()
    const now = clock.now()
    if (!tokens) return set({ state: 'signedOut' })
    if (!isLive(tokens, now) && !renewable(tokens)) return set(expired(tokens.expiresAt))
    set({
      state: 'signedIn',
      until: new Date(tokens.expiresAt).toISOString(),
      renews: renewable(tokens) !== undefined,
      by: tokens === cli ? 'cli' : 'desk',
    })
    // A failed renewal is tried again by whoever wants a token; this only keeps what is said true.
    cancelRenewal = clock.after(Math.max(tokens.expiresAt - now - renewEarly, 30_000), () => {
      void token().catch(() => {})
    })
  }
  const expired = (at: Millis): SsoState => ({
    state: 'expired',
    since: state.state === 'expired' ? state.since : new Date(Math.min(at, clock.now())).toISOString(),
    failure: failureShape(signInNeeded(facts)),
  })

  /** Tokens of a sign-in or a renewal: kept, and shared where the person chose so. */
  const take = async (tokens: Tokens): Promise<void> => {
    kept = { ...kept, tokens }
    await keep()
    await share(tokens)
  }
  const share = async (tokens: Tokens): Promise<void> => {
    if (!facts.sharesWithCli) return
    try {
      await cache.write(facts.cacheKey, { startUrl: facts.startUrl, region: facts.portal.region }, tokens)
      cli = undefined
    } catch (thrown) {
      failure = failureShape(thrown)
      log('warn', 'A sign-in could not be shared with the AWS CLI', { session: facts.id, reason: failure.message })
    }
  }

  const readCli = async () => {
    const read = await cache.read(facts.cacheKey)
    // What the desk wrote itself is its own.
    const others = read !== undefined && read.accessToken !== kept.tokens?.accessToken
    cli = others ? { ...read, ...(read.accessToken === refusedToken && { expiresAt: clock.now() }) } : undefined
  }

  const renew = async (): Promise<string> => {
    await loading
    await readCli()
    const tokens = best()
    if (tokens && isFresh(tokens, clock.now())) return tokens.accessToken
    const by = tokens && renewable(tokens)
    if (!by) {
      if (tokens && isLive(tokens, clock.now())) return tokens.accessToken
      throw signInNeeded(facts)
    }
    try {
      const grant = { grant: 'refresh', refreshToken: by.refreshToken } as const
      const issued = await oidc.createToken(facts.portal, by.client, grant, { priority: 'person' })
      const next: Tokens = {
        accessToken: issued.accessToken,
        expiresAt: clock.now() + issued.expiresIn,
        // AWS may keep the old one in force and give none.
        refreshToken: issued.refreshToken ?? by.refreshToken,
        client: by.client,
      }
      await take(next)
      log('info', 'A sign-in was renewed', { session: facts.id })
      return next.accessToken
    } catch (thrown) {
      const ended = thrown instanceof Failure && final.has(thrown.code)
      if (ended) await dropRefreshToken(tokens)
      if (isLive(tokens, clock.now())) return tokens.accessToken
      throw ended ? signInNeeded(facts, thrown) : thrown
    }
  }
  const dropRefreshToken = async (tokens: Tokens) => {
    const { refreshToken: _, ...rest } = tokens
    if (tokens === cli) cli = rest
    if (kept.tokens?.accessToken === tokens.accessToken) {
      kept = { ...kept, tokens: rest }
      await keep()
    }
  }

  const token = (): Promise<string> => {
    asking ??= renew().finally(() => {
      asking = undefined
      settle()
    })
    return asking
  }

  return {
    facts: () => facts,
    update(next) {
      facts = next
      settle()
    },
    state: () => state,
    failure: () => failure,
    token,
    refused(token) {
      refusedToken = token
      for (const tokens of [kept.tokens, cli]) if (tokens?.accessToken === token) tokens.expiresAt = clock.now()
    },
    async signIn(flow) {
      attempt?.abort()
      await loading
      const mine = new AbortController()
      attempt = mine
      failure = undefined
      set({ state: 'starting', flow })
      const told = Promise.withResolvers<void>()
      const done = signIn(flow, {
        oidc,
        clock,
        portal: facts.portal,
        startUrl: facts.startUrl,
        client: registered(kept, flow, clock.now()),
        signal: mine.signal,
        tell: next => {
          if (attempt === mine) set(next)
          told.resolve()
        },
      })
      void done
        .then(async ({ tokens, client }) => {
          kept = { ...kept, clients: { ...kept.clients, [flow]: client } }
          await take(tokens)
          log('info', 'Signed in', { session: facts.id, flow })
        })
        .catch((thrown: unknown) => {
          if (mine.signal.aborted) return
          failure = failureShape(thrown)
          // A client that the portal no longer knows is registered anew the next time.
          if (failure.code === 'InvalidClientException') kept = { ...kept, clients: {} }
          log('warn', 'A sign-in failed', { session: facts.id, flow, code: failure.code })
        })
        .finally(() => {
          told.resolve()
          if (attempt !== mine) return
          attempt = undefined
          settle()
          changed()
        })
      await told.promise
    },
    cancel() {
      attempt?.abort()
      attempt = undefined
      failure = undefined
      settle()
    },
    async forget() {
      attempt?.abort()
      attempt = undefined
      await loading
      const tokens = best()
      kept = { clients: kept.clients }
      await keep()
      if (facts.sharesWithCli || tokens === cli) await cache.remove(facts.cacheKey)
      cli = undefined
      settle()
      return tokens && isLive(tokens, clock.now()) ? tokens.accessToken : undefined
    },
    async share() {
      await loading
      if (kept.tokens && kept.tokens === best()) await share(kept.tokens)
      settle()
    },
    async reread() {
      await loading
      await readCli()
      settle()
    },
    stop() {
      cancelRenewal()
      attempt?.abort()
    },
  }
}

/** Earlier than the CLI would need it, later than the token is at its half. */
const renewEarly: Millis = 4 * 60_000

const registered = (kept: Kept, flow: SignInFlow, now: Millis): RegisteredClient | undefined => {
  const client = kept.clients[flow]
  if (!client || client.expiresAt <= now) return undefined
  const { authorizationEndpoint, ...rest } = client
  return { ...rest, ...(authorizationEndpoint !== undefined && { authorizationEndpoint }) }
}

function signInNeeded({ name }: SsoSessionFacts, cause?: unknown): Failure {
  return new Failure({
    code: 'SignInNeeded',
    message: `The sign-in to ${name} has ended.`,
    next: 'Sign in again; everything then goes on by itself.',
    ...(cause !== undefined && { cause }),
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
