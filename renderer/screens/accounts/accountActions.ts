import type { Account, Band } from '../../../preload/contract/accounts.ts'
import { failureOf } from '../../rpc/failureOf.ts'
import { rpc } from '../../rpc/rpc.ts'
import { announce } from '../../stores/status.ts'

/** Does it, and says in the status line how it ended. */
async function telling(account: Account, act: () => Promise<string>): Promise<void> {
  try {
    announce(`${account.name}: ${await act()}`)
  } catch (thrown) {
    const { message, next } = failureOf(thrown)
    announce(`${account.name}: ${message}${next === undefined ? '' : ` ${next}`}`)
  }
}

/** Asks main to become the account again. */
export const reconnect = (account: Account) =>
  telling(account, async () => {
    const { session } = await rpc.accounts.reconnect.mutate({ id: account.id })
    return session.state === 'valid' ? 'signed in' : 'still not signed in'
  })

export const updateAccount = (
  account: Account,
  change: Partial<Pick<Account, 'name' | 'environment' | 'readOnly' | 'regions'>> & { band?: Band | null },
) =>
  telling(account, async () => {
    await rpc.accounts.update.mutate({ id: account.id, ...change })
    return 'changed'
  })

export const removeAccount = (account: Account) =>
  telling(account, async () => {
    const { removed } = await rpc.accounts.remove.mutate({ id: account.id })
    return removed ? 'removed' : 'was not there any more'
  })
