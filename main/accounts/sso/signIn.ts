import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { SignInFlow, SsoState } from '../../../preload/contract/accounts.ts'
import type { Portal } from '../../aws/portalDoor.ts'
import type { IssuedTokens, RegisteredClient, SsoOidc } from '../../aws/ssoOidc.ts'
import type { Clock, Millis } from '../../base/clock.ts'
import { Failure } from '../../base/failure.ts'
import { pause } from '../../base/pause.ts'
import { authorizeUrl, pkce, registeredRedirect } from './pkce.ts'
import { listenForRedirect } from './redirectListener.ts'
import type { Tokens } from './tokens.ts'

export interface SignInOptions {
  oidc: SsoOidc
  clock: Clock
  portal: Portal
  startUrl: string
  /** A client that was registered before for the same flow, if there is one. */
  client: RegisteredClient | undefined
  /** What the person is to do now. */
  tell: (state: Extract<SsoState, { state: 'browser' | 'device' }>) => void
  signal: AbortSignal
}

/** What a sign-in ended with; `client` is to be kept for the next one. */
export interface SignedIn {
  tokens: Tokens
  client: RegisteredClient
}

/** How long a person has. AWS's own device codes live as long (UNCONFIRMED). */
const patience: Millis = 10 * 60_000
const ask = (signal: AbortSignal) => ({ priority: 'person', signal }) as const

/** Signs in by the flow. Rejects with a Failure where it was refused, cancelled or took too long. */
export function signIn(flow: SignInFlow, options: SignInOptions): Promise<SignedIn> {
  return flow === 'browser' ? byBrowser(options) : byDevice(options)
}

/** One registration for each flow: AWS admits only the grants that were registered. */
async function clientFor(grant: 'code' | 'device', options: SignInOptions): Promise<RegisteredClient> {
  const { oidc, clock, portal, startUrl, client, signal } = options
  // A day left, so that it outlives the sign-in's first refreshes.
  if (client && client.expiresAt > clock.now() + 24 * 3600_000) return client
  const name = `CloudPipelines on ${hostname()}`.slice(0, 100)
  return oidc.register(portal, { name, startUrl, grant, redirectUri: registeredRedirect }, ask(signal))
}

/** Authorization code with PKCE on a loopback redirect: the default of the AWS CLI. */
async function byBrowser(options: SignInOptions): Promise<SignedIn> {
  const { oidc, clock, portal, tell, signal } = options
  const client = await clientFor('code', options)
  const { verifier, challenge, state } = pkce(randomBytes)
  const listener = await listenForRedirect(state)
  const { redirectUri } = listener
  const cancel = () => listener.close(cancelled())
  signal.addEventListener('abort', cancel, { once: true })
  const tooLate = clock.after(patience, () => listener.close(tooOld()))
  try {
    const base = portal.endpoints.oidc ?? `https://oidc.${portal.region}.amazonaws.com`
    const endpoint = client.authorizationEndpoint ?? `${base}/authorize`
    tell({
      state: 'browser',
      url: authorizeUrl(endpoint, { clientId: client.clientId, redirectUri, state, challenge }),
      until: new Date(clock.now() + patience).toISOString(),
    })
    const code = await listener.code
    const grant = { grant: 'code', code, redirectUri, codeVerifier: verifier } as const
    return signedIn(await oidc.createToken(portal, client, grant, ask(signal)), client, clock)
  } finally {
    tooLate()
    signal.removeEventListener('abort', cancel)
  }
}

/** With a code that is compared on a page which any device may show. */
async function byDevice(options: SignInOptions): Promise<SignedIn> {
  const { oidc, clock, portal, startUrl, tell, signal } = options
  const client = await clientFor('device', options)
  const device = await oidc.startDevice(portal, client, startUrl, ask(signal))
  const until = clock.now() + device.expiresIn
  tell({
    state: 'device',
    url: device.verificationUriComplete,
    code: device.userCode,
    until: new Date(until).toISOString(),
  })
  let interval = device.interval
  for (;;) {
    await pause(clock, interval, signal)
    if (signal.aborted) throw cancelled()
    try {
      const grant = { grant: 'device', deviceCode: device.deviceCode } as const
      return signedIn(await oidc.createToken(portal, client, grant, ask(signal)), client, clock)
    } catch (thrown) {
      const code = thrown instanceof Failure ? thrown.code : ''
      // RFC 8628, 3.5: slower by five seconds from now on.
      if (code === 'SlowDownException') interval += 5_000
      else if (code !== 'AuthorizationPendingException' && code !== 'Unreachable') throw worded(thrown, code)
      if (clock.now() > until) throw tooOld(thrown)
    }
  }
}

function signedIn({ accessToken, refreshToken, expiresIn }: IssuedTokens, client: RegisteredClient, clock: Clock) {
  const { clientId, clientSecret, expiresAt } = client
  const tokens: Tokens = {
    accessToken,
    expiresAt: clock.now() + expiresIn,
    ...(refreshToken !== undefined && { refreshToken }),
    client: { clientId, clientSecret, expiresAt },
  }
  return { tokens, client }
}

const cancelled = () => new Failure({ code: 'SignInCancelled', message: 'The sign-in was cancelled.' })

const tooOld = (cause?: unknown) =>
  new Failure({
    code: 'SignInTooLate',
    message: 'Nobody signed in before the page or its code expired.',
    next: 'Sign in again.',
    ...(cause !== undefined && { cause }),
  })

function worded(thrown: unknown, code: string): unknown {
  if (code === 'ExpiredTokenException') return tooOld(thrown)
  if (code !== 'AccessDeniedException') return thrown
  return new Failure({
    code: 'SignInRefused',
    message: 'The sign-in was not allowed on its page.',
    next: 'Sign in again and allow the desk.',
    cause: thrown,
  })
}
