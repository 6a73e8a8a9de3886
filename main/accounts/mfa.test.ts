import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { removeData, startDesk, until } from '../desk.testing.ts'
import { accountIn, moveHome, production } from './sso/portal.testing.ts'

const { home, back } = moveHome()
afterAll(back)

it('adds a profile that wants an MFA device’s code, and asks for it once', { timeout: 60_000 }, async () => {
  const desk = await startDesk({ empty: true })
  const { localCloud } = await until(desk.caller.accounts.watch(), each => each.localCloud.state === 'ready')
  if (localCloud.state !== 'ready') throw new Error('The local cloud is not ready')
  mkdirSync(join(home, '.aws'))
  writeFileSync(join(home, '.aws/credentials'), readFileSync(localCloud.credentialsFile))
  writeFileSync(
    join(home, '.aws/config'),
    `[profile with-code]
role_arn = arn:aws:iam::${production}:role/Operator
source_profile = production
mfa_serial = arn:aws:iam::${production}:mfa/ann
region = us-east-1
endpoint_url = ${localCloud.endpoint}
`,
  )
  const profile = 'with-code'
  const adding = desk.caller.accounts.add({ profile, name: profile, environment: 'unknown', regions: ['us-east-1'] })
  const { mfaPrompts } = await until(desk.caller.accounts.watch(), each => each.mfaPrompts.length > 0)
  expect(mfaPrompts).toMatchObject([{ profile, serial: `arn:aws:iam::${production}:mfa/ann` }])
  await desk.caller.accounts.answerMfa({ id: mfaPrompts[0]?.id ?? '', code: '123456' })
  expect(await adding).toMatchObject({ id: production, session: { state: 'valid' } })
  const after = await until(desk.caller.accounts.watch(), () => true)
  expect(after.mfaPrompts).toEqual([])
  expect(accountIn(after, production)?.session.state).toBe('valid')
  await desk.stop()
  removeData(desk)
})
