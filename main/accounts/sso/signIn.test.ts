import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { removeData, startDesk, type TestDesk, until } from '../../desk.testing.ts'
import { allow, createBrowser, type Person } from './browser.testing.ts'
import { cacheFile } from './cliCache.ts'
import {
  accountIn,
  deskWithPortal,
  moveHome,
  pageOf,
  production,
  role,
  session,
  signInByBrowser,
  stateOf,
  tooling,
  whenSignedIn,
} from './portal.testing.ts'

const before = { ...process.env }
const { home, back } = moveHome()
afterAll(back)

/** The AWS CLI of this machine; where there is none, what needs it says so by being skipped. */
const hasAwsCli = (() => {
  try {
    execFileSync('aws', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    console.log('No AWS CLI on this machine: that it is served by the desk’s sign-in is not shown here.')
    return false
  }
})()

describe('a sign-in to the portal of the local cloud', { timeout: 60_000 }, () => {
  let desk: TestDesk
  let person: Person
  let startUrl: string
  beforeAll(async () => {
    ;({ desk, person, startUrl } = await deskWithPortal())
  }, 60_000)
  afterAll(async () => {
    await desk.stop()
    removeData(desk)
  })
  afterEach(() => rmSync(join(home, '.aws'), { recursive: true, force: true }))

  it('goes by the browser: PKCE, a page that says it is done, and a token that renews', async () => {
    const { asked, end } = await signInByBrowser(desk, person)
    const url = new URL(pageOf(asked))
    expect(url.searchParams.get('code_challenge_method')).toBe('S256')
    expect(url.searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/)
    expect(end).toMatchObject({ status: 200, text: expect.stringContaining('You can close this page') })
    const snapshot = await whenSignedIn(desk)
    expect(session(snapshot)).toMatchObject({
      name: 'local',
      startUrl,
      from: 'localCloud',
      sharesWithCli: false,
      state: { state: 'signedIn', renews: true, by: 'desk' },
    })
    expect(snapshot.secrets).toEqual({ kept: 'memory' })
    // The listener is gone with its answer.
    await expect(fetch(url.searchParams.get('redirect_uri') ?? '')).rejects.toThrow('fetch failed')
    expect(existsSync(join(home, '.aws/sso/cache'))).toBe(false)
  })

  it('lists every account with its roles, and says how far it is', async () => {
    const listing = await until(desk.caller.accounts.sso.listing({ id: 'local' }), ({ done }) => done)
    expect(listing.accounts.map(({ name, roles }) => [name, roles])).toEqual(
      ['production', 'staging', 'tooling'].map(name => [name, ['Admin', 'Auditor', 'Operator', 'ReleaseManager']]),
    )
    expect(listing.listed).toBe(3)
  })

  it('adds accounts in bulk, each for itself, and becomes the role that was chosen', async () => {
    const added = await desk.caller.accounts.addMany({
      accounts: [
        role(production, 'prod', 'ReleaseManager'),
        { ...role(tooling, 'tools', 'Auditor'), environment: 'development', band: 'blue', readOnly: true },
        { ...role('444455556666', 'nobody', 'NoSuchRole'), environment: 'staging' },
      ],
    })
    expect(added.map(each => (each.state === 'added' ? each.account.session.state : each.failure.code))).toEqual([
      'valid',
      'valid',
      'unusable',
    ])
    const snapshot = desk.app.router.createCaller({}).accounts
    const now = await until(snapshot.watch(), each => accountIn(each, production)?.session.state === 'valid')
    expect(accountIn(now, production)?.session).toMatchObject({
      as: expect.stringMatching(/assumed-role\/AWSReservedSSO_ReleaseManager_[0-9a-f]{16}\/administrator$/),
      expiresAt: expect.any(String),
    })
    expect(accountIn(now, tooling)).toMatchObject({ band: 'blue', readOnly: true, name: 'tools' })
    expect(accountIn(now, '444455556666')?.session).toMatchObject({ failure: { code: 'RoleNotAssigned' } })
  })

  it('gives an account back to the local cloud when its role is removed here', async () => {
    await desk.caller.accounts.remove({ id: '444455556666' })
    const now = await until(
      desk.caller.accounts.watch(),
      each => accountIn(each, '444455556666')?.session.state === 'valid',
    )
    expect(accountIn(now, '444455556666')?.source).toEqual({ kind: 'localCloud' })
  })

  it('enters another account from a hub', async () => {
    await desk.caller.accounts.remove({ id: tooling })
    await desk.caller.accounts.addMany({ accounts: [role(tooling, 'hub', 'Admin')] })
    const [added] = await desk.caller.accounts.addMany({
      accounts: [
        {
          name: 'by hub',
          environment: 'staging',
          regions: ['us-east-1'],
          readOnly: false,
          source: { kind: 'hub', hub: tooling, roleArn: 'arn:aws:iam::444455556666:role/Operator' },
        },
      ],
    })
    expect(added).toMatchObject({
      state: 'added',
      account: {
        id: '444455556666',
        session: { state: 'valid', as: 'arn:aws:sts::444455556666:assumed-role/Operator/cloudpipelines' },
      },
    })
  })

  it('tells what a hub’s organization has', async () => {
    const accounts = await desk.caller.accounts.organization({ id: tooling })
    expect(accounts.map(({ name }) => name).sort()).toEqual(['production', 'staging', 'tooling'])
  })

  it('goes by a code on another device', async () => {
    await desk.caller.accounts.sso.signOut({ id: 'local' })
    expect(stateOf(await until(desk.caller.accounts.watch(), () => true))).toBe('signedOut')
    const asked = await desk.caller.accounts.sso.signIn({ id: 'local', flow: 'device' })
    expect(asked.state).toMatchObject({ state: 'device', code: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/) })
    await allow(createBrowser(), pageOf(asked), person)
    const snapshot = await whenSignedIn(desk)
    expect(session(snapshot)?.state).toMatchObject({ renews: true })
  })

  it('says so when it was denied on the page, and can be tried again', async () => {
    await desk.caller.accounts.sso.signOut({ id: 'local' })
    const asked = await desk.caller.accounts.sso.signIn({ id: 'local', flow: 'browser' })
    const end = await allow(createBrowser(), pageOf(asked), person, 'deny')
    expect(end.text).toContain('Nothing was allowed')
    const snapshot = await until(desk.caller.accounts.watch(), each => session(each)?.failure !== undefined)
    expect(session(snapshot)).toMatchObject({ state: { state: 'signedOut' }, failure: { code: 'SignInRefused' } })
    await signInByBrowser(desk, person)
  })

  it('is given up without a trace when the person cancels', async () => {
    await desk.caller.accounts.sso.signOut({ id: 'local' })
    const asked = await desk.caller.accounts.sso.signIn({ id: 'local', flow: 'browser' })
    const { state, failure } = await desk.caller.accounts.sso.cancel({ id: 'local' })
    expect([state.state, failure]).toEqual(['signedOut', undefined])
    await expect(allow(createBrowser(), pageOf(asked), person)).rejects.toThrow('fetch failed')
  })

  it('turns away a guessed state, another host and another path, and goes on waiting', async () => {
    const asked = await desk.caller.accounts.sso.signIn({ id: 'local', flow: 'browser' })
    const query = new URL(pageOf(asked)).searchParams
    const redirect = new URL(query.get('redirect_uri') ?? '')
    const status = async (path: string, headers = {}) => (await fetch(new URL(path, redirect), { headers })).status
    const right = `/oauth/callback?code=stolen&state=${query.get('state')}`
    expect(await status('/oauth/callback?code=stolen&state=guessed')).toBe(400)
    expect(await status(right.replace('callback', 'other'))).toBe(400)
    // Names that were rebound to loopback.
    const rebound = await new Promise<number | undefined>(done => {
      get(redirect.origin + right, { headers: { host: 'evil.example' } }, response =>
        done(response.resume().statusCode),
      )
    })
    expect(rebound).toBe(400)
    await allow(createBrowser(), pageOf(asked), person)
    await whenSignedIn(desk)
  })

  it('says that it is needed where it is not there, and resumes what waited for it by itself', async () => {
    await desk.caller.accounts.remove({ id: production })
    await desk.caller.accounts.addMany({ accounts: [role(production, 'prod', 'ReleaseManager')] })
    await desk.caller.accounts.sso.signOut({ id: 'local' })
    const expired = await desk.caller.accounts.reconnect({ id: production })
    expect(expired.session).toMatchObject({ state: 'expired', failure: { code: 'SignInNeeded' } })
    await signInByBrowser(desk, person)
    await until(desk.caller.accounts.watch(), each => accountIn(each, production)?.session.state === 'valid')
  })
})

describe('the AWS CLI’s cache', { timeout: 60_000 }, () => {
  const config = (endpoint: string, startUrl: string) => `[sso-session corp]
sso_start_url = ${startUrl}
sso_region = us-east-1
sso_registration_scopes = sso:account:access
[services local]
sso =
  endpoint_url = ${endpoint}
sso_oidc =
  endpoint_url = ${endpoint}
sts =
  endpoint_url = ${endpoint}
[profile corp-tools]
sso_session = corp
sso_account_id = ${tooling}
sso_role_name = Admin
region = us-east-1
services = local
[profile chained]
role_arn = arn:aws:iam::${production}:role/Auditor
source_profile = corp-tools
region = us-east-1
services = local
endpoint_url = ${endpoint}
`
  const cacheDirectory = () => join(home, '.aws/sso/cache')
  const file = () => join(cacheDirectory(), cacheFile('corp'))
  let desk: TestDesk
  let person: Person
  beforeAll(async () => {
    const made = await deskWithPortal()
    desk = made.desk
    person = made.person
    mkdirSync(join(home, '.aws'), { recursive: true })
    writeFileSync(join(home, '.aws/config'), config(made.endpoint, made.startUrl))
    await desk.caller.accounts.profiles()
  }, 60_000)
  afterAll(async () => {
    await desk.stop()
    removeData(desk)
  })

  it('is written in its own format where the person wants it, for nobody else to read', async () => {
    await signInByBrowser(desk, person, 'corp')
    expect(existsSync(file())).toBe(false)
    await desk.caller.accounts.sso.share({ id: 'corp', withCli: true })
    await expect.poll(() => existsSync(file())).toBe(true)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(Object.keys(JSON.parse(readFileSync(file(), 'utf8'))).sort()).toEqual(
      [
        'accessToken',
        'clientId',
        'clientSecret',
        'expiresAt',
        'refreshToken',
        'region',
        'registrationExpiresAt',
        'startUrl',
      ].sort(),
    )
    expect(readdirSync(cacheDirectory())).toEqual([cacheFile('corp')])
  })

  it.skipIf(!hasAwsCli)('serves the AWS CLI', () => {
    const answer = execFileSync('aws', ['sts', 'get-caller-identity', '--profile', 'corp-tools', '--output', 'json'], {
      env: { PATH: before['PATH'], PYENV_ROOT: before['PYENV_ROOT'] ?? `${before['HOME']}/.pyenv`, HOME: home },
      encoding: 'utf8',
    })
    expect(JSON.parse(answer)).toMatchObject({
      Account: tooling,
      Arn: expect.stringContaining('AWSReservedSSO_Admin_'),
    })
  })

  it('lets a profile of the sign-in in, and one that chains from it, in the place of the local cloud’s owner', async () => {
    const wanted = [
      { profile: 'corp-tools', account: tooling, as: 'AWSReservedSSO_Admin_' },
      { profile: 'chained', account: production, as: ':assumed-role/' },
    ]
    for (const { profile, account, as } of wanted) {
      const added = await desk.caller.accounts.add({
        profile,
        name: profile,
        environment: 'unknown',
        regions: ['us-east-1'],
      })
      expect(added).toMatchObject({
        id: account,
        source: { kind: 'profile', profile },
        session: { state: 'valid', as: expect.stringContaining(as) },
      })
    }
  })

  it('says of accounts that are reached by its profiles which sign-in they wait for', async () => {
    await desk.caller.accounts.sso.signOut({ id: 'corp' })
    for (const account of [tooling, production]) {
      const { session: now } = await desk.caller.accounts.reconnect({ id: account })
      expect(now).toMatchObject({ state: 'expired', failure: { code: 'SignInNeeded', place: { signIn: 'corp' } } })
    }
    await signInByBrowser(desk, person, 'corp')
    await until(desk.caller.accounts.watch(), each =>
      [tooling, production].every(account => accountIn(each, account)?.session.state === 'valid'),
    )
  })

  it('reads the configuration anew when a person tries again', async () => {
    const file = join(home, '.aws/config')
    const good = readFileSync(file, 'utf8')
    writeFileSync(file, good.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1:9'))
    const stopped = await desk.caller.accounts.reconnect({ id: tooling })
    expect(stopped.session).toMatchObject({ state: 'unusable', failure: { code: 'Unreachable' } })
    writeFileSync(file, good)
    expect((await desk.caller.accounts.reconnect({ id: tooling })).session.state).toBe('valid')
    for (const account of [tooling, production]) await desk.caller.accounts.remove({ id: account })
  })

  it('lets the desk in where the CLI signed in, and out where it signed out', async () => {
    const written = readFileSync(file(), 'utf8')
    await desk.caller.accounts.sso.share({ id: 'corp', withCli: false })
    await desk.stop()
    // A desk that has no vault remembers nothing of what it signed in to itself.
    desk = await startDesk({ empty: true, data: desk.data })
    const fresh = desk
    const found = await whenSignedIn(fresh, 'corp')
    expect(session(found, 'corp')?.state).toMatchObject({ by: 'cli', renews: false })
    rmSync(file())
    await until(fresh.caller.accounts.watch(), each => stateOf(each, 'corp') === 'signedOut')
    writeFileSync(file(), written, { mode: 0o600 })
    await whenSignedIn(fresh, 'corp')
  })
})
