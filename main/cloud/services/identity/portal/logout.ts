import type { LogoutRequest } from '@aws-sdk/client-sso'
import type { Operation } from '../../../server/operation.ts'
import type { Identity } from '../lends.ts'
import { bearerOf } from './bearer.ts'

/** Ends the sign-in session behind a token, and with it every token that came from it; role credentials stay. */
export const logout: Operation<Identity, LogoutRequest, object> = {
  authorized: false,
  run(identity, { accessToken }) {
    identity.sessions.end(bearerOf(identity, accessToken).session)
    return {}
  },
}
