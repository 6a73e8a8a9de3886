import { hash } from 'node:crypto'
import type { CreateTokenRequest } from '@aws-sdk/client-sso-oidc'
import type { Identity } from '../lends.ts'
import type { Client } from '../store/clients.ts'
import type { Tokens } from '../store/grants.ts'
import { refusal, required } from './refusals.ts'
import { isRenewable } from './renewable.ts'

/** Redeems the code that the sign-in page sent to the client's redirect URI, against its PKCE verifier (RFC 7636). */
export function byAuthorizationCode(identity: Identity, client: Client, input: CreateTokenRequest): Tokens {
  const { codes, grants, clock } = identity
  const code = codes.find(required('code', input.code))
  const redirectUri = required('redirectUri', input.redirectUri)
  const verifier = required('codeVerifier', input.codeVerifier)
  if (!code || code.client !== client.id) throw refusal('invalid_grant', 'The code is not one of this client.')
  if (code.grantId !== null) {
    // A code that comes twice was seen by somebody else: what it brought is taken back (RFC 6749, section 4.1.2).
    grants.revoke(code.grantId)
    throw refusal('invalid_grant', 'The code was redeemed already.')
  }
  if (code.expires <= clock.now()) throw refusal('invalid_grant', 'The code has expired.')
  if (code.redirectUri !== redirectUri)
    throw refusal('invalid_grant', 'The redirect URI is not the one that the code was sent to.')
  if (!/^[\w.~-]{43,128}$/.test(verifier) || hash('sha256', verifier, 'base64url') !== code.challenge)
    throw refusal('invalid_grant', 'The code verifier does not match the code challenge.')
  const opened = grants.open(client.id, code.session, isRenewable(client))
  if (!opened) throw refusal('invalid_grant', 'The sign-in session has ended.')
  codes.redeem(code, opened.id)
  return opened.tokens
}
