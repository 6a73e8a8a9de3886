import type { Identity } from '../lends.ts'
import { accountAccess, grantTypes } from '../oidc/grantTypes.ts'
import { isRegistered } from '../oidc/redirectUri.ts'
import type { Client } from '../store/clients.ts'

/** What a client asks for at `/authorize`. */
export interface AuthorizationRequest {
  client: Client
  redirectUri: string
  state: string | undefined
  challenge: string
}

export type Judged =
  | { kind: 'valid'; request: AuthorizationRequest }
  /** Nobody may be sent anywhere by it: only the person hears. */
  | { kind: 'untrusted'; problem: string }
  /** The client's mistake, and the client is told. */
  | { kind: 'refused'; location: string }

/**
 * Judges the query of `/authorize` (RFC 6749, section 4.1.1). Nobody is redirected before client and redirect URI are
 * known to belong together.
 */
export function judge({ clients }: Pick<Identity, 'clients'>, query: URLSearchParams): Judged {
  const client = clients.find(query.get('client_id') ?? '')
  if (!client)
    return { kind: 'untrusted', problem: 'The program that sent you is not registered here, or not any more.' }
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!isRegistered(client.redirectUris, redirectUri))
    return { kind: 'untrusted', problem: `${client.name} did not register the address that you would be sent back to.` }
  const state = query.get('state') ?? undefined
  const refused = (error: string, description: string): Judged => ({
    kind: 'refused',
    location: withAnswer({ redirectUri, state }, { error, error_description: description }),
  })
  if (!client.grantTypes.includes(grantTypes.code))
    return refused('unauthorized_client', 'The client did not register for the authorization code grant.')
  if (query.get('response_type') !== 'code')
    return refused('unsupported_response_type', 'The response type must be code.')
  const challenge = query.get('code_challenge') ?? ''
  if (query.get('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(challenge))
    return refused('invalid_request', 'A code challenge of the method S256 is required.')
  // AWS's clients say `scopes`, OAuth says `scope`.
  const scopes = (query.get('scopes') ?? query.get('scope') ?? '').split(/[ ,]+/).filter(scope => scope !== '')
  if (scopes.some(scope => scope !== accountAccess || !client.scopes.includes(scope)))
    return refused('invalid_scope', 'The client did not register for a scope that it asks for.')
  return { kind: 'valid', request: { client, redirectUri, state, challenge } }
}

/** The redirect with an answer in its query. */
export function withAnswer(
  { redirectUri, state }: Pick<AuthorizationRequest, 'redirectUri' | 'state'>,
  answer: Readonly<Record<string, string>>,
): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value)
  if (state !== undefined) url.searchParams.set('state', state)
  return url.href
}
