import type { PortalAccount, PortalListing } from '../../../preload/contract/accounts.ts'
import type { PortalAccount as Told } from '../../aws/sso.ts'
import { createBell } from '../../base/bell.ts'
import type { Clock, Millis } from '../../base/clock.ts'
import { pause } from '../../base/pause.ts'
import { failureShape } from '../../base/rpc.ts'

/** How a portal is asked; the call budget bounds how many at a time, and slows down where it is throttled. */
export interface PortalQuestions {
  accounts(page: string | undefined): Promise<{ accounts: Told[]; next: string | undefined }>
  roles(account: string): Promise<string[]>
}

/** The whole is told each time: not for every single answer. */
const breath: Millis = 120

/**
 * Every account of a portal with the roles that a person has there. Accounts come first, page by page; their roles
 * fill in as they are told. One account that can't be listed says so and holds up no other.
 */
export async function* listPortal(
  questions: PortalQuestions,
  clock: Clock,
  signal: AbortSignal | undefined,
): AsyncGenerator<PortalListing, void, void> {
  const accounts = new Map<string, PortalAccount>()
  const bell = createBell()
  const asked: Promise<void>[] = []
  let pages = true
  let failed: unknown
  let listed = 0

  const askRoles = async (account: PortalAccount) => {
    try {
      const roles = await questions.roles(account.id)
      accounts.set(account.id, { ...account, roles: roles.sort((a, b) => a.localeCompare(b)) })
    } catch (thrown) {
      accounts.set(account.id, { ...account, roles: [], problem: failureShape(thrown) })
    }
    listed++
    bell.ring()
  }
  const askAccounts = async () => {
    let page: string | undefined
    try {
      do {
        const told = await questions.accounts(page)
        for (const account of told.accounts) {
          accounts.set(account.id, account)
          asked.push(askRoles(account))
        }
        page = told.next
        bell.ring()
        if (signal?.aborted) return
      } while (page !== undefined)
    } catch (thrown) {
      failed = thrown
    } finally {
      pages = false
      bell.ring()
    }
  }

  void askAccounts()
  for await (const _ of bell.rings(signal)) {
    if (failed !== undefined) throw failed
    const done = !pages && listed === accounts.size
    const byName = [...accounts.values()].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
    yield { accounts: byName, listed, done }
    if (done) return
    await pause(clock, breath, signal)
  }
}
