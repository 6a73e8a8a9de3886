import { ListAccountsCommand } from '@aws-sdk/client-organizations'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'

export interface OrganizationAccount {
  id: string
  name: string
  email?: string
}

/** What Organizations is asked, from the management account or a delegated administrator's. */
export interface Organizations {
  /** Every active account. */
  accounts(account: string, ask: Ask): Promise<OrganizationAccount[]>
}

export function organizations(door: Door): Organizations {
  return {
    async accounts(account, ask) {
      // A global service: it answers in us-east-1 only.
      const at: At = { account, region: 'us-east-1' }
      const found: OrganizationAccount[] = []
      let page: string | undefined
      do {
        const NextToken = page
        const output = await door(
          at,
          {
            service: 'organizations',
            name: 'ListAccounts',
            same: NextToken ?? '',
            send: client => client.send(new ListAccountsCommand({ NextToken })),
          },
          ask,
        )
        for (const { Id, Name, Email, State, Status } of output.Accounts ?? []) {
          // `Status` is deprecated in favour of `State`; either may be missing.
          if (Id !== undefined && (State ?? Status ?? 'ACTIVE') === 'ACTIVE')
            found.push({ id: Id, name: Name ?? Id, ...(Email && { email: Email }) })
        }
        page = output.NextToken
      } while (page !== undefined)
      return found
    },
  }
}
