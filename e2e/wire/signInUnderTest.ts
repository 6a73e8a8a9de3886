import { createHash, randomBytes } from 'node:crypto'
import { SSOClient } from '@aws-sdk/client-sso'
import {
  CreateTokenCommand,
  type CreateTokenCommandInput,
  RegisterClientCommand,
  type RegisterClientCommandInput,
  SSOOIDCClient,
} from '@aws-sdk/client-sso-oidc'
import { expect } from 'vitest'
import { type Options, refusalOf, startCloudUnderTest } from './cloudUnderTest.ts'
import { signInBrowser } from './signInBrowser.ts'

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'
const callback = 'http://127.0.0.1:49213/oauth/callback'

type TokenInput = Omit<CreateTokenCommandInput, 'clientId' | 'clientSecret'>
type Browser = ReturnType<typeof signInBrowser>

/** What a client was registered as. */
export interface Registered {
  clientId: string | undefined
  clientSecret: string | undefined
}

/** A cloud, the real clients of its Identity Center, and people who sign in. */
export async function startSignInUnderTest(options: Options = {}) {
  const cloud = await startCloudUnderTest(options)
  const { region, endpoint = '', maxAttempts } = cloud.settings()
  const settings = { region, endpoint, maxAttempts, credentials: { accessKeyId: '', secretAccessKey: '' } }
  const oidc = new SSOOIDCClient(settings)
  const sso = new SSOClient(settings)
  const { startUrl, users } = cloud.local().identityCenter
  const verifier = randomBytes(32).toString('base64url')
  const passwordOf = (name: string) => users.find(({ userName }) => userName === name)?.password ?? ''

  const register = async (more: Partial<RegisterClientCommandInput> = {}): Promise<Registered> => {
    const { clientId, clientSecret } = await oidc.send(
      new RegisterClientCommand({
        clientName: 'wire test',
        clientType: 'public',
        scopes: ['sso:account:access'],
        grantTypes: ['authorization_code', deviceGrant, 'refresh_token'],
        redirectUris: ['http://127.0.0.1/oauth/callback'],
        issuerUrl: startUrl,
        ...more,
      }),
    )
    return { clientId, clientSecret }
  }
  const token = (client: Registered, input: TokenInput) => oidc.send(new CreateTokenCommand({ ...client, ...input }))
  /** `400 InvalidGrantException` */
  const refusedToken = async (client: Registered, input: TokenInput) => {
    const { name, status } = await refusalOf(token(client, input))
    return `${status} ${name}`
  }
  /** A browser in which somebody is signed in. */
  const signedIn = async (name = 'administrator') => {
    const browser = signInBrowser()
    const page = await browser.visit(startUrl)
    const home = await browser.submit(page, '/start/sign-in', { user: name, password: passwordOf(name) })
    expect(home.text).toContain('Your accounts')
    return browser
  }
  const authorizeUrl = ({ clientId = '' }: Registered, more: Record<string, string> = {}) =>
    `${endpoint}/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: callback,
      state: 'some state',
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      scopes: 'sso:account:access',
      ...more,
    })}`
  /** The code that the page sends to the client once somebody pressed Allow. */
  const codeFor = async (client: Registered, browser: Browser, more: Record<string, string> = {}) => {
    const consent = await browser.visit(authorizeUrl(client, more))
    const { leavesTo } = await browser.submit(consent, '/start/authorize', { answer: 'allow' })
    expect(leavesTo?.href.startsWith(`${callback}?`)).toBe(true)
    expect(leavesTo?.searchParams.get('state')).toBe('some state')
    return leavesTo?.searchParams.get('code') ?? ''
  }
  const byCode = (code: string) => ({
    grantType: 'authorization_code',
    code,
    redirectUri: callback,
    codeVerifier: verifier,
  })
  return {
    cloud,
    oidc,
    sso,
    startUrl,
    passwordOf,
    register,
    token,
    refusedToken,
    signedIn,
    authorizeUrl,
    codeFor,
    byCode,
    /** Everything from registering to the tokens. */
    async tokensFor(name = 'administrator') {
      const client = await register()
      const { accessToken = '', refreshToken = '' } = await token(
        client,
        byCode(await codeFor(client, await signedIn(name))),
      )
      return { client, accessToken, refreshToken }
    },
    async stop() {
      oidc.destroy()
      sso.destroy()
      await cloud.stop()
      expect(cloud.faults).toEqual([])
    },
  }
}
