import type { LogoutRequest } from '@aws-sdk/client-sso'
import { portalOperation } from './portalOperation.ts'

/** Ends the sign-in session behind a token, and with it every token that came from it; role credentials stay. */
export const logout = portalOperation<LogoutRequest, object>({
  name: 'Logout',
  run(identity, _input, { session }) {
    identity.sessions.end(session)
    return {}
  },
})
