import type { SignInFlow, SsoSession } from '../../../preload/contract/accounts.ts'
import { failureOf } from '../../rpc/failureOf.ts'
import { rpc } from '../../rpc/rpc.ts'
import { announce } from '../../stores/status.ts'

/** Electron's main process opens the browser itself; in a browser's window the page has to. */
const opensItself = () => location.protocol === 'app:'

export const pageOf = ({ state }: SsoSession): string | undefined =>
  state.state === 'browser' || state.state === 'device' ? state.url : undefined

async function telling<T>(session: Pick<SsoSession, 'name'>, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (thrown) {
    const { message, next } = failureOf(thrown)
    announce(`${session.name}: ${message}${next === undefined ? '' : ` ${next}`}`)
    return undefined
  }
}

/** Begins a sign-in because a person asked for it; nothing else ever opens a browser. */
export const signIn = (session: Pick<SsoSession, 'id' | 'name'>, flow: SignInFlow = 'browser') =>
  telling(session, async () => {
    const asked = await rpc.accounts.sso.signIn.mutate({ id: session.id, flow })
    const url = pageOf(asked)
    if (url !== undefined && !opensItself()) window.open(url, '_blank', 'noopener')
  })

export const cancelSignIn = (session: SsoSession) =>
  telling(session, () => rpc.accounts.sso.cancel.mutate({ id: session.id }))

export const signOut = (session: SsoSession) =>
  telling(session, async () => {
    await rpc.accounts.sso.signOut.mutate({ id: session.id })
    announce(`${session.name}: signed out`)
  })

export const shareWithCli = (session: SsoSession, withCli: boolean) =>
  telling(session, () => rpc.accounts.sso.share.mutate({ id: session.id, withCli }))

export const removeSignIn = (session: SsoSession) =>
  telling(session, () => rpc.accounts.sso.remove.mutate({ id: session.id }))
