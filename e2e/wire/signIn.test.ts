import { ListAccountsCommand, LogoutCommand } from '@aws-sdk/client-sso'
import { RegisterClientCommand, StartDeviceAuthorizationCommand } from '@aws-sdk/client-sso-oidc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from '../../main/base/clock.ts'
import { localOnly, refusalOf } from './cloudUnderTest.ts'
import { signInBrowser } from './signInBrowser.ts'
import { deviceGrant, type Registered, startSignInUnderTest } from './signInUnderTest.ts'

const tooling = '111122223333'

// A person signs in on the page: at AWS, nobody would be there to.
describe.skipIf(localOnly('it signs in as people of the local cloud'))('signing in to the local cloud', () => {
  let on: Awaited<ReturnType<typeof startSignInUnderTest>>
  let clock: ManualClock
  beforeAll(async () => {
    clock = manualClock()
    on = await startSignInUnderTest({ clock })
  })
  afterAll(() => on.stop())

  describe('RegisterClient', () => {
    it('gives an id and a secret that is good for 90 days, and says where to go on', async () => {
      const given = await on.oidc.send(new RegisterClientCommand({ clientName: 'desk', clientType: 'public' }))
      expect(given).toMatchObject({
        authorizationEndpoint: `${on.cloud.local().endpoint}/authorize`,
        tokenEndpoint: `${on.cloud.local().endpoint}/token`,
      })
      expect((given.clientSecretExpiresAt ?? 0) - (given.clientIdIssuedAt ?? 0)).toBe(90 * 86_400)
    })

    it.each([
      [{ clientType: 'confidential' }, 'InvalidClientMetadataException'],
      [{ scopes: ['everything'] }, 'InvalidScopeException'],
      [{ grantTypes: ['password'] }, 'UnsupportedGrantTypeException'],
      [{ redirectUris: ['http://example.com/callback'] }, 'InvalidRedirectUriException'],
      [{ redirectUris: [] }, 'InvalidRedirectUriException'],
      [{ issuerUrl: 'https://example.awsapps.com/start' }, 'InvalidRequestException'],
      [{ clientName: '' }, 'InvalidRequestException'],
    ])('refuses %j', async (more, name) => {
      expect(await refusalOf(on.register(more))).toMatchObject({ name, status: 400 })
    })
  })

  describe('the authorization code grant', () => {
    it('asks for the password once; the second client needs one click', async () => {
      const client = await on.register()
      const browser = signInBrowser()
      const page = await browser.visit(on.authorizeUrl(client))
      expect(page.text).toContain('Sign in')
      const typed = { user: 'Administrator ', password: on.passwordOf('administrator') }
      const consent = await browser.submit(page, '/start/sign-in', typed)
      expect(consent.text).toContain('Allow wire test?')
      expect(consent.text).toContain(tooling)
      const other = await browser.visit(on.authorizeUrl(await on.register({ clientName: 'second' })))
      expect(other.text).toContain('Allow second?')
    })

    it('gives tokens for the code, once; a second use takes the first one’s tokens back', async () => {
      const client = await on.register()
      const code = await on.codeFor(client, await on.signedIn())
      const { accessToken, tokenType, expiresIn, refreshToken } = await on.token(client, on.byCode(code))
      expect({ tokenType, expiresIn, renewable: refreshToken !== undefined }).toEqual({
        tokenType: 'Bearer',
        expiresIn: 3600,
        renewable: true,
      })
      expect(await on.sso.send(new ListAccountsCommand({ accessToken }))).toHaveProperty('accountList.length', 3)
      expect(await on.refusedToken(client, on.byCode(code))).toBe('400 InvalidGrantException')
      expect(await refusalOf(on.sso.send(new ListAccountsCommand({ accessToken })))).toMatchObject({
        name: 'UnauthorizedException',
        status: 401,
      })
    })

    it('wants the verifier, the redirect URI and the client that the code was made for', async () => {
      const client = await on.register()
      const code = await on.codeFor(client, await on.signedIn())
      const other = await on.register()
      const wrong = 'w'.repeat(43)
      expect(await on.refusedToken(client, { ...on.byCode(code), codeVerifier: wrong })).toBe(
        '400 InvalidGrantException',
      )
      expect(
        await on.refusedToken(client, { ...on.byCode(code), redirectUri: 'http://127.0.0.1:1/oauth/callback' }),
      ).toBe('400 InvalidGrantException')
      expect(await on.refusedToken(other, on.byCode(code))).toBe('400 InvalidGrantException')
      expect(await on.refusedToken({ ...client, clientSecret: 'x' }, on.byCode(code))).toBe(
        '401 InvalidClientException',
      )
      expect(await on.refusedToken(client, { grantType: 'authorization_code' })).toBe('400 InvalidRequestException')
      expect(await on.refusedToken(client, { grantType: 'password' })).toBe('400 UnsupportedGrantTypeException')
      clock.advance(60_000)
      expect(await on.refusedToken(client, on.byCode(code))).toBe('400 InvalidGrantException')
    })

    it('tells a client that the person said no, and sends nobody to an address that was not registered', async () => {
      const client = await on.register()
      const browser = await on.signedIn()
      const consent = await browser.visit(on.authorizeUrl(client))
      const { leavesTo } = await browser.submit(consent, '/start/authorize', { answer: 'deny' })
      expect(Object.fromEntries(leavesTo?.searchParams ?? [])).toMatchObject({
        error: 'access_denied',
        state: 'some state',
      })
      for (const redirect_uri of ['http://127.0.0.1:49213/other', 'https://example.com/oauth/callback', '']) {
        const shown = await browser.visit(on.authorizeUrl(client, { redirect_uri }))
        expect([shown.status, shown.leavesTo]).toEqual([400, undefined])
      }
      expect((await browser.visit(on.authorizeUrl({ ...client, clientId: 'nobody' }))).status).toBe(400)
    })

    it.each([
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ code_challenge_method: 'plain' }, 'invalid_request'],
      [{ code_challenge: '' }, 'invalid_request'],
      [{ scopes: 'sso:account:access more' }, 'invalid_scope'],
    ])('answers the client of %j with %s', async (more, error) => {
      const { leavesTo } = await signInBrowser().visit(on.authorizeUrl(await on.register(), more))
      expect(leavesTo?.searchParams.get('error')).toBe(error)
    })
  })

  describe('the device grant', () => {
    const begin = async () => {
      const client = await on.register()
      const given = await on.oidc.send(new StartDeviceAuthorizationCommand({ ...client, startUrl: on.startUrl }))
      const { deviceCode = '', userCode = '', verificationUriComplete = '' } = given
      return { client, given, userCode, verificationUriComplete, poll: { grantType: deviceGrant, deviceCode } }
    }

    it('waits for a person who types the code, then gives tokens once', async () => {
      const { client, given, userCode, poll } = await begin()
      expect(given).toMatchObject({ expiresIn: 600, interval: 1, verificationUri: `${on.startUrl}/device` })
      expect(userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/)
      expect(await on.refusedToken(client, poll)).toBe('400 AuthorizationPendingException')
      const browser = await on.signedIn()
      const unknown = await browser.visit(`${on.startUrl}/device?user_code=AAAA-AAAA`)
      expect(unknown.text).toContain('There is no request with this code')
      const consent = await browser.visit(`${on.startUrl}/device?user_code=${userCode.toLowerCase().replace('-', ' ')}`)
      expect(consent.text).toContain(userCode)
      const done = await browser.submit(consent, '/start/device', { answer: 'allow' })
      expect(done.text).toContain('Allowed')
      clock.advance(1_000)
      expect(await on.token(client, poll)).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600 })
      clock.advance(1_000)
      expect(await on.refusedToken(client, poll)).toBe('400 InvalidGrantException')
    })

    it('says in OAuth’s own word why there is no token yet, and tells who polls too often to slow down', async () => {
      const { client, poll } = await begin()
      const body = JSON.stringify({ ...client, ...poll })
      const ask = async () => {
        const headers = { 'content-type': 'application/json' }
        const response = await fetch(`${on.cloud.local().endpoint}/token`, { method: 'POST', body, headers })
        return { status: response.status, body: await response.json() }
      }
      expect(await ask()).toMatchObject({ status: 400, body: { error: 'authorization_pending' } })
      expect(await ask()).toMatchObject({ status: 400, body: { error: 'slow_down' } })
      clock.advance(1_000)
      expect(await on.refusedToken(client, poll)).toBe('400 SlowDownException')
      clock.advance(11_000)
      expect(await on.refusedToken(client, poll)).toBe('400 AuthorizationPendingException')
    })

    it('ends when the person says no, and when nobody comes for ten minutes', async () => {
      const denied = await begin()
      const browser = await on.signedIn()
      const consent = await browser.visit(denied.verificationUriComplete)
      await browser.submit(consent, '/start/device', { answer: 'deny' })
      expect(await on.refusedToken(denied.client, denied.poll)).toBe('400 AccessDeniedException')
      const forgotten = await begin()
      clock.advance(600_000)
      expect(await on.refusedToken(forgotten.client, forgotten.poll)).toBe('400 ExpiredTokenException')
      expect((await browser.visit(forgotten.verificationUriComplete)).text).toContain('There is no request')
    })

    it('is only for clients that registered for it, and for this start URL', async () => {
      const client = await on.register({ grantTypes: ['authorization_code'] })
      const start = (of: Registered, url: string) =>
        refusalOf(on.oidc.send(new StartDeviceAuthorizationCommand({ ...of, startUrl: url })))
      expect(await start(client, on.startUrl)).toMatchObject({ name: 'UnauthorizedClientException' })
      expect(await start(await on.register(), 'https://x.awsapps.com/start')).toMatchObject({
        name: 'InvalidRequestException',
      })
      expect(await start({ clientId: 'no', clientSecret: 'no' }, on.startUrl)).toMatchObject({
        name: 'InvalidClientException',
        status: 401,
      })
    })
  })

  describe('tokens', () => {
    it('end, are renewed by a refresh token that works once, and never outlive the sign-in', async () => {
      const { client, accessToken, refreshToken } = await on.tokensFor()
      clock.advance(3_600_000)
      expect(await refusalOf(on.sso.send(new ListAccountsCommand({ accessToken })))).toMatchObject({
        name: 'UnauthorizedException',
      })
      const renewed = await on.token(client, { grantType: 'refresh_token', refreshToken })
      expect(await on.sso.send(new ListAccountsCommand({ accessToken: renewed.accessToken }))).toBeDefined()
      expect(await on.refusedToken(client, { grantType: 'refresh_token', refreshToken })).toBe(
        '400 InvalidGrantException',
      )
      clock.advance(6.5 * 3_600_000)
      const last = await on.token(client, { grantType: 'refresh_token', refreshToken: renewed.refreshToken })
      expect(last.expiresIn).toBe(1800)
      clock.advance(1_800_000)
      expect(await on.refusedToken(client, { grantType: 'refresh_token', refreshToken: last.refreshToken })).toBe(
        '400 InvalidGrantException',
      )
    })

    it('of a client without a scope last as long as the sign-in, and are not renewed', async () => {
      const client = await on.register({ scopes: [] })
      const consent = on.authorizeUrl(client, { scopes: '' })
      const browser = await on.signedIn()
      const page = await browser.visit(consent)
      const { leavesTo } = await browser.submit(page, '/start/authorize', { answer: 'allow' })
      const { expiresIn, refreshToken } = await on.token(client, on.byCode(leavesTo?.searchParams.get('code') ?? ''))
      expect({ expiresIn, refreshToken }).toEqual({ expiresIn: 8 * 3600, refreshToken: undefined })
    })

    it('all end with Logout, the browser’s session too', async () => {
      const client = await on.register()
      const browser = await on.signedIn()
      const { accessToken, refreshToken } = await on.token(client, on.byCode(await on.codeFor(client, browser)))
      await on.sso.send(new LogoutCommand({ accessToken }))
      expect(await refusalOf(on.sso.send(new ListAccountsCommand({ accessToken })))).toMatchObject({ status: 401 })
      expect(await on.refusedToken(client, { grantType: 'refresh_token', refreshToken })).toBe(
        '400 InvalidGrantException',
      )
      expect((await browser.visit(on.startUrl)).text).toContain('autocomplete="current-password"')
    })
  })
})
