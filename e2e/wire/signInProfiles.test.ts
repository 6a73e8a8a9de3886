import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromNodeProviderChain, fromSSO } from '@aws-sdk/credential-providers'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createAwsCli, hasAwsCli } from './awsCli.ts'
import { localOnly } from './cloudUnderTest.ts'
import { startSignInUnderTest } from './signInUnderTest.ts'

const hasSsoLogin = hasAwsCli && spawnSync('aws', ['--version'], { encoding: 'utf8' }).stdout.startsWith('aws-cli/2')
if (!hasSsoLogin) console.log('The AWS CLI here is not v2: signing in by `aws sso login` is left out.')

const caller = (account: string, role: string) =>
  new RegExp(`^arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${role}_[0-9a-f]{16}/administrator$`)

describe.skipIf(localOnly('it signs in as people of the local cloud'))(
  'the sign-in profiles of the cloud’s config file',
  () => {
    let on: Awaited<ReturnType<typeof startSignInUnderTest>>
    const home = mkdtempSync(join(tmpdir(), 'sign-in-home-'))
    /** Where the AWS CLI and the SDKs keep the token of the session `local`. */
    const cache = join(home, '.aws/sso/cache', `${createHash('sha1').update('local').digest('hex')}.json`)
    beforeAll(async () => {
      on = await startSignInUnderTest()
    })
    afterEach(() => {
      vi.unstubAllEnvs()
      rmSync(cache, { force: true })
    })
    afterAll(async () => {
      rmSync(home, { recursive: true, force: true })
      await on.stop()
    })

    /** What `aws sso login` leaves, with a token that is taken to be good for `minutes` more. */
    const signIn = async (minutes: number) => {
      const { client, accessToken, refreshToken } = await on.tokensFor()
      const at = (ms: number) => new Date(Date.now() + ms).toISOString().replace(/\.\d+/, '')
      mkdirSync(dirname(cache), { recursive: true })
      const kept = {
        startUrl: on.cloud.local().identityCenter.issuerUrl,
        region: 'us-east-1',
        accessToken,
        expiresAt: at(minutes * 60_000),
        ...client,
        registrationExpiresAt: at(86_400_000),
        refreshToken,
      }
      writeFileSync(cache, JSON.stringify(kept), { mode: 0o600 })
      return accessToken
    }
    const cachedToken = () => (JSON.parse(readFileSync(cache, 'utf8')) as { accessToken: string }).accessToken
    const aws = createAwsCli(
      () => on.cloud,
      () => home,
    )

    /** `aws sso login`, up to the URL that it wants to be opened. */
    const awsSsoLogin = async (...words: string[]) => {
      const { configFile } = on.cloud.local()
      const child = spawn('aws', ['sso', 'login', '--sso-session', 'local', '--no-browser', ...words], {
        env: { PATH: process.env.PATH, HOME: home, AWS_CONFIG_FILE: configFile, PYTHONUNBUFFERED: '1' },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = once(child, 'exit').then(([code]: unknown[]) => code)
      for await (const line of createInterface(child.stdout)) {
        const [url] = /^http:\S+(\/authorize|user_code=)\S+/.exec(line) ?? []
        if (url !== undefined) return { url, ended }
      }
      throw new Error(`aws sso login ended with ${String(await ended)}`)
    }

    it.skipIf(!hasAwsCli)('make the AWS CLI whoever signed in, and it renews the token by itself', async () => {
      const first = await signIn(50)
      expect(await aws('production-sso-release-manager', 'sts', 'get-caller-identity')).toMatchObject({
        Account: '777788889999',
        Arn: expect.stringMatching(caller('777788889999', 'ReleaseManager')),
      })
      expect(cachedToken()).toBe(first)
      const old = await signIn(5)
      expect(await aws('staging-sso-auditor', 'sts', 'get-caller-identity')).toMatchObject({ Account: '444455556666' })
      expect(cachedToken()).not.toBe(old)
      expect(statSync(cache).mode & 0o777).toBe(0o600)
      expect(await aws('default', 'sso', 'list-accounts', '--access-token', cachedToken())).toHaveProperty(
        'accountList.length',
        3,
      )
    })

    it.skipIf(!hasSsoLogin).each([
      { grant: 'the authorization code', words: [], action: '/start/authorize' },
      { grant: 'a device code', words: ['--use-device-code'], action: '/start/device' },
    ])('let `aws sso login` sign in by $grant', async ({ words, action }) => {
      const { url, ended } = await awsSsoLogin(...words)
      const browser = await on.signedIn()
      const { leavesTo } = await browser.submit(await browser.visit(url), action, { answer: 'allow' })
      if (leavesTo) await fetch(leavesTo)
      expect(await ended).toBe(0)
      expect(await aws('tooling-sso-admin', 'sts', 'get-caller-identity')).toMatchObject({ Account: '111122223333' })
      await aws('tooling-sso-admin', 'sso', 'logout')
      expect(await aws.refused('tooling-sso-admin', 'sts', 'get-caller-identity')).toMatch(/SSO/)
    })

    it.skipIf(!hasAwsCli)('tell the AWS CLI to sign in where nobody did', async () => {
      expect(await aws.refused('tooling-sso-auditor', 'sts', 'get-caller-identity')).toMatch(/SSO|sso/)
    })

    it('make the SDK whoever signed in, with the profile alone', async () => {
      const { configFile, credentialsFile } = on.cloud.local()
      vi.stubEnv('HOME', home)
      vi.stubEnv('AWS_CONFIG_FILE', configFile)
      vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', credentialsFile)
      vi.stubEnv('AWS_PROFILE', 'tooling-sso-operator')
      await signIn(50)
      for (const credentials of [fromSSO(), fromNodeProviderChain()]) {
        const sts = new STSClient({ region: 'us-east-1', credentials })
        const { Arn = '' } = await sts.send(new GetCallerIdentityCommand({}))
        expect(Arn).toMatch(caller('111122223333', 'Operator'))
        sts.destroy()
      }
    })
  },
)
