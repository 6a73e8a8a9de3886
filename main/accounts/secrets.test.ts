import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { removeData, startDesk, type TestDesk, until } from '../desk.testing.ts'
import type { SealedStore } from '../store/sealed.ts'
import { createSecrets, type Vault } from './secrets.ts'
import { cacheFile } from './sso/cliCache.ts'
import {
  accountIn,
  deskWithPortal,
  moveHome,
  production,
  role,
  session,
  signInByBrowser,
  stateOf,
  tooling,
  whenSignedIn,
} from './sso/portal.testing.ts'

const { home, back } = moveHome()
afterAll(back)

/** A vault as a system has one: a key that the desk never sees. */
function createVault(): Vault {
  const key = randomBytes(32)
  return {
    backend: 'test_keyring',
    async seal(plain) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body])
    },
    async unseal(sealed) {
      const all = Buffer.from(sealed)
      const decipher = createDecipheriv('aes-256-gcm', key, all.subarray(0, 12)).setAuthTag(all.subarray(12, 28))
      return decipher.update(all.subarray(28), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}
const memoryStore = (): SealedStore & { held: Map<string, Uint8Array> } => {
  const held = new Map<string, Uint8Array>()
  return {
    held,
    get: name => held.get(name),
    put: (name, sealed) => void held.set(name, sealed),
    remove: name => void held.delete(name),
  }
}

describe('secrets', () => {
  it('are sealed by the vault where there is one, and come back after a restart', async () => {
    const vault = createVault()
    const store = memoryStore()
    await createSecrets(vault, store, () => {}).save('corp', 'a refresh token')
    expect(Buffer.from(store.held.get('corp') ?? []).includes('refresh')).toBe(false)
    expect(await createSecrets(vault, store, () => {}).load('corp')).toBe('a refresh token')
  })

  it('are in memory only where there is none', async () => {
    const store = memoryStore()
    const secrets = createSecrets(undefined, store, () => {})
    await secrets.save('corp', 'a refresh token')
    expect([secrets.place, store.held.size, await secrets.load('corp')]).toEqual([
      { kept: 'memory' },
      0,
      'a refresh token',
    ])
  })

  it('that another vault sealed are forgotten, and said', async () => {
    const store = memoryStore()
    await createSecrets(createVault(), store, () => {}).save('corp', 'a refresh token')
    const said: string[] = []
    const secrets = createSecrets(createVault(), store, (_level, message) => said.push(message))
    expect(await secrets.load('corp')).toBeUndefined()
    expect([store.held.size, said]).toEqual([0, ['A secret could not be unsealed and is forgotten']])
  })

  it('stay in memory where the vault fails to seal', async () => {
    const store = memoryStore()
    const locked = { ...createVault(), seal: () => Promise.reject(new Error('The keyring is locked')) }
    const secrets = createSecrets(locked, store, () => {})
    await secrets.save('corp', 'a refresh token')
    expect([store.held.size, await secrets.load('corp')]).toEqual([0, 'a refresh token'])
  })
})

describe('what the desk tells, logs and keeps', { timeout: 90_000 }, () => {
  it('holds no token, no secret key and no code of a sign-in; with a vault the sign-in outlives the desk', async () => {
    const vault = createVault()
    const planted = ['AKIAPLANTEDKEYOFAPROFIL', 'planted/secret/access/key', 'planted-process-secret']
    mkdirSync(join(home, '.aws'), { recursive: true })
    writeFileSync(
      join(home, '.aws/credentials'),
      `[planted]\naws_access_key_id = ${planted[0]}\naws_secret_access_key = ${planted[1]}\n`,
    )
    const output = { Version: 1, AccessKeyId: 'AKIAOFTHEPROCESS', SecretAccessKey: planted[2] }
    writeFileSync(
      join(home, '.aws/config'),
      `[profile by-process]\ncredential_process = echo '${JSON.stringify(output)}'\nregion = us-east-1\n`,
    )

    const { desk, person, endpoint } = await deskWithPortal({ vault })
    const told: string[] = []
    const record = async (stream: Promise<AsyncIterable<unknown>>) => {
      for await (const item of await stream) told.push(JSON.stringify(item))
    }
    const following = [
      record(desk.caller.accounts.watch()),
      record(desk.caller.operations.watch()),
      record(desk.caller.pipelines.watchFleet()),
    ]
    const ask = async <T>(answer: Promise<T>): Promise<T | undefined> => {
      try {
        const value = await answer
        told.push(JSON.stringify(value))
        return value
      } catch (thrown) {
        // What a refused call tells, with every cause behind it as a crash report would show it.
        for (let error: unknown = thrown; error instanceof Error; error = error.cause)
          told.push(`${error.stack} ${JSON.stringify(Object.fromEntries(Object.entries(error)))}`)
        return undefined
      }
    }

    await ask(desk.caller.accounts.sso.share({ id: 'local', withCli: true }))
    const { asked } = await signInByBrowser(desk, person)
    told.push(JSON.stringify({ ...asked, state: undefined }))
    await ask(until(desk.caller.accounts.sso.listing({ id: 'local' }), ({ done }) => done))
    await ask(
      desk.caller.accounts.addMany({
        accounts: [role(production, 'prod', 'Admin'), role(tooling, 'tools', 'NoSuchRole')],
      }),
    )
    await ask(desk.caller.accounts.profiles())
    writeFileSync(
      join(home, '.aws/config'),
      `[profile by-process]\ncredential_process = echo '${JSON.stringify(output)}'\nregion = us-east-1\nendpoint_url = ${endpoint}\n[profile planted]\nendpoint_url = ${endpoint}\n`,
    )
    for (const profile of ['planted', 'by-process']) {
      const failed = await desk.caller.accounts
        .add({ profile, name: profile, environment: 'unknown', regions: ['us-east-1'] })
        .catch((thrown: unknown) => thrown)
      await ask(Promise.reject(failed as Error))
    }
    await ask(desk.caller.accounts.reconnect({ id: production }))
    await ask(desk.caller.accounts.organization({ id: production }))

    const cached = JSON.parse(readFileSync(join(home, '.aws/sso/cache', cacheFile('local')), 'utf8')) as Record<
      string,
      string
    >
    const secret = [cached['accessToken'], cached['refreshToken'], cached['clientSecret'], person.password, ...planted]
    await desk.stop()
    await Promise.all(following)

    const files = readdirSync(desk.data).filter(name => name.startsWith('desk.db'))
    const stored = files.map(name => readFileSync(join(desk.data, name), 'latin1')).join('')
    expect(told.length).toBeGreaterThan(10)
    expect(stored).toContain('sso_sessions')
    for (const each of secret) {
      expect(each).toMatch(/.{8}/)
      expect(told.filter(text => text.includes(each ?? ''))).toEqual([])
      expect(desk.logged.filter(text => text.includes(each ?? ''))).toEqual([])
      expect(stored.includes(each ?? '')).toBe(false)
    }

    // The plain file of the CLI goes; what the vault sealed lets the desk in without anybody.
    writeFileSync(join(home, '.aws/sso/cache', cacheFile('local')), '{}')
    const again: TestDesk = await startDesk({ empty: true, data: desk.data, vault })
    const snapshot = await whenSignedIn(again)
    expect(snapshot.secrets).toEqual({ kept: 'vault', backend: 'test_keyring' })
    expect(session(snapshot)?.state).toMatchObject({ by: 'desk' })
    await until(again.caller.accounts.watch(), each => accountIn(each, production)?.session.state === 'valid')
    expect(stateOf(snapshot)).toBe('signedIn')
    await again.stop()
    removeData(again)
  })
})
