import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  LogoutCommand,
} from '@aws-sdk/client-sso'
import { Failure } from '../base/failure.ts'
import type { Ask } from './ask.ts'
import type { Credentials } from './clients.ts'
import type { Portal, PortalDoor } from './portalDoor.ts'

/** An account that a person may enter. */
export interface PortalAccount {
  id: string
  name: string
  email?: string
}

/** What an access portal is asked. `token` is the access token of a sign-in. */
export interface Sso {
  /** One page; `next` asks for the one after it. */
  accounts(
    portal: Portal,
    token: string,
    page: string | undefined,
    ask: Ask,
  ): Promise<{ accounts: PortalAccount[]; next: string | undefined }>
  /** The names of every role that the person has in the account. */
  roles(portal: Portal, token: string, account: string, ask: Ask): Promise<string[]>
  roleCredentials(portal: Portal, token: string, account: string, role: string, ask: Ask): Promise<Credentials>
  /** Ends the sign-in at the portal; credentials of roles live on until they expire. */
  logout(portal: Portal, token: string, ask: Ask): Promise<void>
}

/** AWS's greatest page (ListAccounts, ListAccountRoles). */
const maxResults = 100

export function sso(door: PortalDoor): Sso {
  return {
    async accounts(portal, accessToken, page, ask) {
      const output = await door.ask(
        portal,
        {
          service: 'sso',
          name: 'ListAccounts',
          same: page ?? '',
          send: client => client.send(new ListAccountsCommand({ accessToken, maxResults, nextToken: page })),
        },
        ask,
      )
      const accounts = (output.accountList ?? []).flatMap(
        ({ accountId, accountName, emailAddress }): PortalAccount[] =>
          accountId === undefined
            ? []
            : [{ id: accountId, name: accountName ?? accountId, ...(emailAddress && { email: emailAddress }) }],
      )
      return { accounts, next: output.nextToken }
    },
    async roles(portal, accessToken, accountId, ask) {
      const roles: string[] = []
      let page: string | undefined
      do {
        const nextToken = page
        const output = await door.ask(
          portal,
          {
            service: 'sso',
            name: 'ListAccountRoles',
            same: `${accountId} ${nextToken ?? ''}`,
            send: client => client.send(new ListAccountRolesCommand({ accessToken, accountId, maxResults, nextToken })),
          },
          ask,
        )
        roles.push(...(output.roleList ?? []).flatMap(({ roleName }) => roleName ?? []))
        page = output.nextToken
      } while (page !== undefined)
      return roles
    },
    async roleCredentials(portal, accessToken, accountId, roleName, ask) {
      const { roleCredentials } = await door.ask(
        portal,
        {
          service: 'sso',
          name: 'GetRoleCredentials',
          same: `${accountId} ${roleName}`,
          send: client => client.send(new GetRoleCredentialsCommand({ accessToken, accountId, roleName })),
        },
        ask,
      )
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = roleCredentials ?? {}
      if (accessKeyId && secretAccessKey && sessionToken && expiration !== undefined) {
        return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiration) }
      }
      throw new Failure({
        code: 'UnexpectedAnswer',
        message: `The portal gave no credentials for ${roleName} in ${accountId}.`,
        place: { account: accountId },
      })
    },
    async logout(portal, accessToken, ask) {
      await door.ask(
        portal,
        { service: 'sso', name: 'Logout', send: client => client.send(new LogoutCommand({ accessToken })) },
        ask,
      )
    },
  }
}
