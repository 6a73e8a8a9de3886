import type { SignInFlow, SsoSession, SsoState } from '../../../preload/contract/accounts.ts'
import type { FailureShape } from '../../../preload/contract/base.ts'
import type { Portal } from '../../aws/portalDoor.ts'
import type { SsoOidc } from '../../aws/ssoOidc.ts'
import type { Cancel, Clock, Millis } from '../../base/clock.ts'
import { Failure } from '../../base/failure.ts'
import { failureShape } from '../../base/rpc.ts'
import type { Secrets } from '../secrets.ts'
import type { CliCache } from './cliCache.ts'
import { holdTokens } from './heldTokens.ts'
import { signIn } from './signIn.ts'
import { isFresh, isLive, type Tokens } from './tokens.ts'

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
  const { oidc, clock, changed, log } = options
  let facts = initial
  const held = holdTokens(() => ({ ...facts, region: facts.portal.region }), options)
  let state: SsoState = { state: 'signedOut' }
  let failure: FailureShape | undefined
  let attempt: AbortController | undefined
  let asking: Promise<string> | undefined
  let cancelRenewal: Cancel = () => {}
  let stopped = false
  /** Grows with each sign-out: what was asked for before it is no longer wanted. */
  let era = 0

  const set = (next: SsoState) => {
    if (JSON.stringify(next) === JSON.stringify(state)) return
    state = next
    changed()
  }
  /** Says how it stands, and wakes up when that will change. */
  const settle = () => {
    cancelRenewal()
    if (attempt || stopped) return
    const tokens = held.best()
    const now = clock.now()
    if (!tokens) return set({ state: 'signedOut' })
    const renews = held.renewable(tokens) !== undefined
    if (!isLive(tokens, now) && !renews) return set(expired(tokens.expiresAt))
    const until = new Date(tokens.expiresAt).toISOString()
    set({ state: 'signedIn', until, renews, by: held.areOfCli(tokens) ? 'cli' : 'desk' })
    // A failed renewal is tried again by whoever wants a token; this only keeps what is said true.
    cancelRenewal = clock.after(Math.max(tokens.expiresAt - now - renewEarly, renewPause), () => {
      void token().catch(() => {})
    })
  }
  const expired = (at: Millis): SsoState => ({
    state: 'expired',
    since: state.state === 'expired' ? state.since : new Date(Math.min(at, clock.now())).toISOString(),
    failure: failureShape(signInNeeded(facts)),
  })

  /** Keeps tokens of a sign-in or a renewal. That the CLI can't share in them takes nothing from the desk. */
  const take = async (tokens: Tokens): Promise<void> => {
    try {
      await held.take(tokens)
    } catch (thrown) {
      failure = failureShape(thrown)
      log('warn', 'A sign-in could not be shared with the AWS CLI', { session: facts.id, reason: failure.message })
    }
  }

  const renew = async (): Promise<string> => {
    const mine = era
    await held.loaded
    await held.readCli()
    const tokens = held.best()
    if (tokens && isFresh(tokens, clock.now())) return tokens.accessToken
    const by = tokens && held.renewable(tokens)
    if (!by) {
      if (tokens && isLive(tokens, clock.now())) return tokens.accessToken
      throw signInNeeded(facts)
    }
    try {
      const grant = { grant: 'refresh', refreshToken: by.refreshToken } as const
      const issued = await oidc.createToken(facts.portal, by.client, grant, { priority: 'person' })
      if (mine !== era) throw signInNeeded(facts)
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
      if (ended) await held.endRenewal(tokens)
      if (mine === era && isLive(tokens, clock.now())) return tokens.accessToken
      throw ended ? signInNeeded(facts, thrown) : thrown
    }
  }
  const token = (): Promise<string> => {
    asking ??= renew().finally(() => {
      asking = undefined
      settle()
    })
    return asking
  }

  /** One attempt, from the question to the tokens; `told` when the person has something to do or it is over. */
  const tryIt = async (flow: SignInFlow, mine: AbortController, told: () => void): Promise<void> => {
    try {
      await held.loaded
      const { tokens, client } = await signIn(flow, {
        oidc,
        clock,
        portal: facts.portal,
        startUrl: facts.startUrl,
        client: held.client(flow),
        signal: mine.signal,
        tell: next => {
          if (attempt === mine) set(next)
          told()
        },
      })
      if (mine.signal.aborted) return
      held.keepClient(flow, client)
      await take(tokens)
      log('info', 'Signed in', { session: facts.id, flow })
    } catch (thrown) {
      if (mine.signal.aborted) return
      failure = failureShape(thrown)
      // A client that the portal no longer knows is registered anew the next time.
      if (failure.code === 'InvalidClientException') held.forgetClients()
      log('warn', 'A sign-in failed', { session: facts.id, flow, code: failure.code })
    } finally {
      told()
      if (attempt === mine) {
        attempt = undefined
        settle()
        changed()
      }
    }
  }
  const giveUp = () => {
    attempt?.abort()
    attempt = undefined
    failure = undefined
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
    refused: accessToken => held.refuse(accessToken),
    signIn(flow) {
      giveUp()
      const mine = new AbortController()
      attempt = mine
      set({ state: 'starting', flow })
      return new Promise(told => void tryIt(flow, mine, told))
    },
    cancel() {
      giveUp()
      settle()
    },
    async forget() {
      era++
      giveUp()
      await held.loaded
      const tokens = await held.forget()
      settle()
      return tokens && isLive(tokens, clock.now()) ? tokens.accessToken : undefined
    },
    async share() {
      await held.loaded
      await held.share()
      settle()
    },
    async reread() {
      await held.loaded
      await held.readCli()
      settle()
    },
    stop() {
      stopped = true
      cancelRenewal()
      attempt?.abort()
    },
  }
}

/** When a token is renewed before its end, so that nobody waits for it. */
const renewEarly: Millis = 4 * 60_000
/** Not more often than so, however short tokens live. */
const renewPause: Millis = 30_000

/** Only a person can help. What waits for it, be it by a chain of roles, says by its place for which. */
export function signInNeeded({ id, name }: Pick<SsoSessionFacts, 'id' | 'name'>, cause?: unknown): Failure {
  return new Failure({
    code: 'SignInNeeded',
    message: `The sign-in to ${name} has ended.`,
    place: { signIn: id },
    next: 'Sign in on the Accounts screen; everything then goes on by itself.',
    ...(cause !== undefined && { cause }),
  })
}
