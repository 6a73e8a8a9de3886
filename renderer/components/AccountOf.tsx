import { useAccounts } from '../stores/accounts.ts'
import { AccountChip } from './AccountChip.tsx'

/** An account as its chip; its id where the desk no longer has it. */
export function AccountOf({ id }: { id: string }) {
  const account = useAccounts(({ accounts }) => accounts.find(each => each.id === id))
  return account ? (
    <AccountChip name={account.name} environment={account.environment} id={id} />
  ) : (
    <AccountChip name={id} environment="unknown" />
  )
}
