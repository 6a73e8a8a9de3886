import { createHash } from 'node:crypto'
import { portalScope } from '../../aws/ssoOidc.ts'

/** One try to sign in by a browser (RFC 7636). The verifier is a secret; `state` ties the answer to this try. */
export interface Pkce {
  verifier: string
  challenge: string
  state: string
}

/** `random` gives that many bytes, e.g. `crypto.randomBytes`. */
export function pkce(random: (size: number) => Buffer): Pkce {
  // 64 characters: RFC 7636 wants 43 to 128.
  const verifier = random(48).toString('base64url')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  return { verifier, challenge, state: random(24).toString('base64url') }
}

/** What a client registers: AWS compares it with the port left out (RFC 8252, 7.3). */
export const registeredRedirect = 'http://127.0.0.1/oauth/callback'
export const redirectPath = '/oauth/callback'

/** The page that a browser opens. AWS's parameter is `scopes`, where OAuth's is `scope`. */
export function authorizeUrl(
  endpoint: string,
  { clientId, redirectUri, state, challenge }: { clientId: string; redirectUri: string } & Omit<Pkce, 'verifier'>,
): string {
  const url = new URL(endpoint)
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge_method: 'S256',
    code_challenge: challenge,
    scopes: portalScope,
  }).toString()
  return url.href
}
