import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { AccountsSnapshot, SsoSession } from '../../../preload/contract/accounts.ts'
import { startDesk, type TestDesk, until } from '../../desk.testing.ts'
import { allow, createBrowser, type Person } from './browser.testing.ts'

const SignInFile = z.object({
  startUrl: z.string(),
  users: z.array(z.object({ userName: z.string(), password: z.string() })),
})
export const production = '777788889999'
export const tooling = '111122223333'

/** A home directory of its own for a test file: nobody's real ~/.aws is read or written. Gives how to go back. */
export function moveHome(): { home: string; back: () => void } {
  const before = { ...process.env }
  const home = mkdtempSync(join(tmpdir(), 'home-'))
  process.env['HOME'] = home
  delete process.env['AWS_CONFIG_FILE']
  delete process.env['AWS_SHARED_CREDENTIALS_FILE']
  if (homedir() !== home) throw new Error('HOME does not move the home directory here')
  return {
    home,
    back() {
      process.env = before
      rmSync(home, { recursive: true, force: true })
    },
  }
}

export const session = ({ ssoSessions }: AccountsSnapshot, id = 'local') => ssoSessions.find(each => each.id === id)
export const stateOf = (snapshot: AccountsSnapshot, id?: string) => session(snapshot, id)?.state.state
export const accountIn = ({ accounts }: AccountsSnapshot, id: string) => accounts.find(each => each.id === id)

/** A desk whose local cloud is ready, and somebody who may sign in there. */
export async function deskWithPortal(options: Parameters<typeof startDesk>[0] = {}) {
  const desk = await startDesk({ empty: true, ...options })
  const snapshot = await until(desk.caller.accounts.watch(), each => stateOf(each) !== undefined)
  if (snapshot.localCloud.state !== 'ready') throw new Error('The local cloud is not ready')
  const file = join(desk.data, 'cloud/aws/identity-center.json')
  const { users, startUrl } = SignInFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  const [person] = users
  if (!person) throw new Error('Nobody may sign in')
  return { desk, endpoint: snapshot.localCloud.endpoint, startUrl, person }
}

export const pageOf = ({ state }: SsoSession) => {
  if (state.state !== 'browser' && state.state !== 'device')
    throw new Error(`Nothing to open: ${JSON.stringify(state)}`)
  return state.url
}
export const whenSignedIn = (desk: TestDesk, id = 'local') =>
  until(desk.caller.accounts.watch(), each => stateOf(each, id) === 'signedIn')

export async function signInByBrowser(desk: TestDesk, person: Person, id = 'local') {
  const asked = await desk.caller.accounts.sso.signIn({ id, flow: 'browser' })
  const end = await allow(createBrowser(), pageOf(asked), person)
  await whenSignedIn(desk, id)
  return { asked, end }
}
export const role = (id: string, name: string, roleName: string) => ({
  id,
  name,
  environment: 'production' as const,
  regions: ['us-east-1'],
  readOnly: false,
  source: { kind: 'sso' as const, session: 'local', role: roleName },
})
