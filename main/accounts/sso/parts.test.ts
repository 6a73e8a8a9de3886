import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../base/clock.ts'
import { cacheFile, cliCache } from './cliCache.ts'
import { configuredSso } from './discover.ts'
import { authorizeUrl, pkce } from './pkce.ts'
import { listPortal } from './portal.ts'
import { isFresh, isLive, longer, renewal, type Tokens } from './tokens.ts'

describe('the AWS CLI’s cache', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'cache-'))
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  it('names its files as botocore does', () => {
    expect(cacheFile('https://d-92671207e4.awsapps.com/start')).toBe('13f9d35043871d073ab260e020f0ffde092cb14b.json')
  })

  it('gives back what was written, to the second', async () => {
    const cache = cliCache(join(directory, 'sso/cache'))
    const text = fc.string({ minLength: 1, maxLength: 200 })
    const second = fc.integer({ min: 0, max: 4_000_000_000 }).map(seconds => seconds * 1000)
    const tokens = fc.record(
      {
        accessToken: text,
        expiresAt: second,
        refreshToken: text,
        client: fc.record({ clientId: text, clientSecret: text, expiresAt: second }),
      },
      { requiredKeys: ['accessToken', 'expiresAt'] },
    )
    await fc.assert(
      fc.asyncProperty(tokens, async given => {
        await cache.write('corp', { startUrl: 'https://corp.awsapps.com/start', region: 'eu-west-1' }, given)
        expect(await cache.read('corp')).toEqual(given)
      }),
      { numRuns: 25 },
    )
  })

  it('reads what old versions of the CLI wrote, and nothing out of a file that is none', async () => {
    const cache = cliCache(directory)
    const file = join(directory, cacheFile('corp'))
    writeFileSync(file, '{"startUrl":"s","region":"r","accessToken":"t","expiresAt":"2019-11-14T04:05:45UTC"}')
    expect(await cache.read('corp')).toEqual({ accessToken: 't', expiresAt: Date.UTC(2019, 10, 14, 4, 5, 45) })
    for (const text of ['', '{', '[]', '{"accessToken":"t"}', '{"accessToken":"t","expiresAt":"soon"}']) {
      writeFileSync(file, text)
      expect(await cache.read('corp')).toBeUndefined()
    }
    expect(await cache.read('other')).toBeUndefined()
  })

  it('tells of a first sign-in ever, which makes its directory, and of the next', async () => {
    const cache = cliCache(join(directory, '.aws/sso/cache'))
    const portal = { startUrl: 'https://corp.awsapps.com/start', region: 'eu-west-1' }
    const tokens = { accessToken: 't', expiresAt: 0 }
    let told = 0
    const stop = cache.watch(() => told++)
    await cache.write('corp', portal, tokens)
    await expect.poll(() => told).toBeGreaterThan(0)
    told = 0
    await expect
      .poll(async () => {
        await cache.write('corp', portal, tokens)
        return told
      })
      .toBeGreaterThan(0)
    stop()
  })

  it('says where it can’t be written', async () => {
    mkdirSync(join(directory, 'file'))
    writeFileSync(join(directory, 'taken'), '')
    const cache = cliCache(join(directory, 'taken'))
    await expect(
      cache.write('corp', { startUrl: 's', region: 'r' }, { accessToken: 't', expiresAt: 0 }),
    ).rejects.toMatchObject({ code: 'CliCacheNotWritten' })
  })
})

describe('the sign-ins of a configuration', () => {
  it('are its sso-sessions and its legacy profiles, each once, with the addresses that profiles give them', () => {
    expect(
      configuredSso({
        'sso-session.corp': { sso_start_url: 'https://corp.awsapps.com/start', sso_region: 'eu-west-1' },
        'sso-session.half': { sso_start_url: 'https://half.awsapps.com/start' },
        dev: { sso_session: 'corp', services: 'local' },
        'services.local': { 'sso.endpoint_url': 'http://127.0.0.1:1', 'sso_oidc.endpoint_url': 'http://127.0.0.1:2' },
        old: { sso_start_url: 'https://old.awsapps.com/start', sso_region: 'us-east-1', sso_account_id: '1' },
        older: { sso_start_url: 'https://old.awsapps.com/start', sso_region: 'us-east-1' },
        keys: { aws_access_key_id: 'a' },
      }),
    ).toEqual([
      {
        name: 'corp',
        startUrl: 'https://corp.awsapps.com/start',
        region: 'eu-west-1',
        endpoints: { sso: 'http://127.0.0.1:1', oidc: 'http://127.0.0.1:2' },
      },
      {
        name: 'https://old.awsapps.com/start',
        startUrl: 'https://old.awsapps.com/start',
        region: 'us-east-1',
        endpoints: {},
      },
    ])
  })
})

describe('a try to sign in', () => {
  it('has a verifier that RFC 7636 allows, and tells the page its hash alone', () => {
    // The example of RFC 7636, appendix B.
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
    const random = (size: number) =>
      Buffer.concat([Buffer.from(verifier, 'base64url'), Buffer.alloc(size)]).subarray(0, size)
    const made = pkce(random)
    expect(made.verifier).toMatch(/^[\w-]{64}$/)
    const url = new URL(
      authorizeUrl('https://oidc.eu-west-1.amazonaws.com/authorize', {
        clientId: 'c',
        redirectUri: 'http://127.0.0.1:5/oauth/callback',
        ...made,
      }),
    )
    expect(url.href).not.toContain(made.verifier)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge: made.challenge,
      scopes: 'sso:account:access',
    })
  })
})

describe('tokens', () => {
  const tokens = (more: Partial<Tokens> = {}): Tokens => ({ accessToken: 't', expiresAt: 1_000_000, ...more })

  it('are fresh until five minutes before their end, and live until it', () => {
    expect([isFresh(tokens(), 699_999), isFresh(tokens(), 700_000), isLive(tokens(), 999_999)]).toEqual([
      true,
      false,
      true,
    ])
    expect(isLive(tokens(), 1_000_000)).toBe(false)
  })

  it('renew while the client that got them is registered', () => {
    const client = { clientId: 'c', clientSecret: 's', expiresAt: 500 }
    expect(renewal(tokens({ refreshToken: 'r', client }), 499)).toEqual({ refreshToken: 'r', client })
    expect(renewal(tokens({ refreshToken: 'r', client }), 500)).toBeUndefined()
    expect(renewal(tokens({ refreshToken: 'r' }), 0)).toBeUndefined()
    expect(renewal(tokens({ client }), 0)).toBeUndefined()
  })

  it('of two that last longer', () => {
    const [a, b] = [tokens(), tokens({ accessToken: 'u', expiresAt: 2_000_000 })]
    expect([longer(a, b), longer(b, a), longer(a, undefined), longer(undefined, undefined)]).toEqual([
      b,
      b,
      a,
      undefined,
    ])
  })
})

describe('the listing of a portal', () => {
  it('has hundreds of accounts over many pages, and one that can’t be listed holds up none', async () => {
    const ids = Array.from({ length: 350 }, (_, index) => String(100_000_000_000 + index))
    let last:
      | { accounts: readonly { id: string; roles?: string[]; problem?: unknown }[]; listed: number; done: boolean }
      | undefined
    const listing = listPortal(
      {
        async accounts(page) {
          const from = Number(page ?? 0)
          const next = from + 100 < ids.length ? String(from + 100) : undefined
          return { accounts: ids.slice(from, from + 100).map(id => ({ id, name: `account ${id}` })), next }
        },
        async roles(account) {
          if (account.endsWith('7')) throw new Error('no')
          return ['B', 'A']
        },
      },
      { ...systemClock, after: (_delay, run) => systemClock.after(0, run) },
      undefined,
    )
    for await (const told of listing) last = told as typeof last
    expect([last?.accounts.length, last?.listed, last?.done]).toEqual([350, 350, true])
    expect(last?.accounts.filter(({ problem }) => problem !== undefined).length).toBe(35)
    expect(last?.accounts[0]?.roles).toEqual(['A', 'B'])
  })
})
