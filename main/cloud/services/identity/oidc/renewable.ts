import type { Client } from '../store/clients.ts'
import { accountAccess, grantTypes } from './grantTypes.ts'

/** Refresh tokens are for clients that registered for them, with a scope; the others' tokens last a session. */
export const isRenewable = ({ scopes, grantTypes: types }: Client) =>
  scopes.includes(accountAccess) && types.includes(grantTypes.refresh)
