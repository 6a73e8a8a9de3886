import { afterAll, describe, expect, it } from 'vitest'
import { removeData, until } from '../../desk.testing.ts'
import {
  accountIn,
  deskWithPortal,
  moveHome,
  production,
  role,
  session,
  signInByBrowser,
  whenSignedIn,
} from './portal.testing.ts'

const { back } = moveHome()
afterAll(back)

describe('a sign-in with tokens that live for seconds', { timeout: 90_000 }, () => {
  it('is renewed by its refresh token, once for all that wait, and nobody is asked', async () => {
    const { desk, person } = await deskWithPortal({ cloud: ['--sso-token-lifetime', '5s'] })
    await signInByBrowser(desk, person)
    const before = session(await whenSignedIn(desk))
    await desk.caller.accounts.addMany({
      accounts: [role(production, 'prod', 'Admin'), role('444455556666', 'stage', 'Admin')],
    })
    await Promise.all([production, '444455556666'].map(id => desk.caller.accounts.reconnect({ id })))
    const after = await until(desk.caller.accounts.watch(), each => {
      const { state } = session(each) ?? {}
      return state?.state === 'signedIn' && before?.state.state === 'signedIn' && state.until > before.state.until
    })
    expect(accountIn(after, production)?.session.state).toBe('valid')
    expect(desk.logged.filter(text => text.includes('A sign-in was renewed')).length).toBeGreaterThan(0)
    await desk.stop()
    removeData(desk)
  })

  it('ends in the middle of work: the account says so, its data stays, and all goes on after a new sign-in', async () => {
    const { desk, person } = await deskWithPortal({
      cloud: ['--sso-token-lifetime', '2s', '--sso-session-lifetime', '4s', '--sso-role-lifetime', '3s'],
    })
    await signInByBrowser(desk, person)
    await desk.caller.accounts.addMany({ accounts: [role(production, 'prod', 'Admin')] })
    const fleet = desk.caller.pipelines.watchFleet()
    await until(fleet, () => true)
    // Work goes on until AWS or the portal no longer lets the desk in.
    const working = until(
      desk.caller.accounts.watch(),
      each => accountIn(each, production)?.session.state === 'expired',
    )
    const poll = (async () => {
      for (;;) {
        const { session: now } = await desk.caller.accounts.reconnect({ id: production })
        if (now.state === 'expired') return now
      }
    })()
    expect(await poll).toMatchObject({ state: 'expired', failure: { code: 'SignInNeeded' }, since: expect.any(String) })
    const stopped = await working
    expect(session(stopped)?.state.state).not.toBe('browser')
    await signInByBrowser(desk, person)
    await until(desk.caller.accounts.watch(), each => accountIn(each, production)?.session.state === 'valid')
    await desk.stop()
    removeData(desk)
  })
})
