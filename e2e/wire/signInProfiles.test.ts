import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromNodeProviderChain, fromSSO } from '@aws-sdk/credential-providers'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createAwsCli, hasAwsCli } from './awsCli.ts'
import { target } from './cloudUnderTest.ts'
import { startSignInUnderTest } from './signInUnderTest.ts'

const caller = (account: string, role: string) =>
  new RegExp(`^arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${role}_[0-9a-f]{16}/administrator$`)

describe.skipIf(target === 'aws')('the sign-in profiles of the cloud’s config file', () => {
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
      startUrl: on.startUrl,
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
})
