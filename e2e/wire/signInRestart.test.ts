import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetRoleCredentialsCommand, ListAccountsCommand } from '@aws-sdk/client-sso'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limitText } from '../../main/cloud/server/faults/rules.ts'
import { localOnly, refusalOf } from './cloudUnderTest.ts'
import { startSignInUnderTest } from './signInUnderTest.ts'

describe.skipIf(localOnly('it restarts the cloud'))('what Identity Center keeps', () => {
  let data: string
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'sign-in-data-'))
  })
  afterEach(() => rmSync(data, { recursive: true, force: true }))
  const file = () => join(data, 'aws/identity-center.json')

  it('outlives the process: passwords, clients, tokens and roles', async () => {
    const before = await startSignInUnderTest({ data })
    const { client, accessToken, refreshToken } = await before.tokensFor()
    const role = new GetRoleCredentialsCommand({ accessToken, accountId: before.cloud.account, roleName: 'Auditor' })
    await before.sso.send(role)
    const password = before.passwordOf('administrator')
    await before.stop()
    const after = await startSignInUnderTest({ data })
    expect(after.passwordOf('administrator')).toBe(password)
    expect(await after.sso.send(role)).toHaveProperty('roleCredentials.accessKeyId')
    expect(await after.token(client, { grantType: 'refresh_token', refreshToken })).toHaveProperty('accessToken')
    await after.stop()
  })

  it('has no password, token or client secret as such; only the file for its owner has the passwords', async () => {
    const on = await startSignInUnderTest({ data })
    const { client, accessToken, refreshToken } = await on.tokensFor()
    const browser = await on.signedIn()
    const password = on.passwordOf('administrator')
    await on.stop()
    const kept = ['state.db', 'state.db-wal'].map(name => {
      const path = join(data, name)
      return statSync(path, { throwIfNoEntry: false }) ? readFileSync(path, 'latin1') : ''
    })
    const secrets = [accessToken, refreshToken, client.clientSecret ?? '', password, ...browser.jar.values()]
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(16)
      expect(kept.join('')).not.toContain(secret)
    }
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(readFileSync(file(), 'utf8')).toContain(password)
  })

  it('gives new passwords where the file with the old ones was lost', async () => {
    const before = await startSignInUnderTest({ data })
    const password = before.passwordOf('administrator')
    await before.stop()
    rmSync(file())
    const after = await startSignInUnderTest({ data })
    expect(after.passwordOf('administrator')).not.toBe(password)
    await after.signedIn()
    await after.stop()
  })

  it('can be throttled as AWS’s portal is', async () => {
    const on = await startSignInUnderTest({ data })
    const { accessToken } = await on.tokensFor()
    on.cloud.local().faults.set([limitText.parse('sso.ListAccounts=1')])
    const listed = () => on.sso.send(new ListAccountsCommand({ accessToken }))
    const answers = await Promise.allSettled([listed(), listed(), listed(), listed()])
    expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(4)
    expect(await refusalOf(listed())).toMatchObject({ name: 'TooManyRequestsException', status: 429 })
    await on.stop()
  })
})
