import type { CreateTokenRequest } from '@aws-sdk/client-sso-oidc'
import type { Identity } from '../lends.ts'
import type { Client } from '../store/clients.ts'
import type { Tokens } from '../store/grants.ts'
import { refusal, required } from './refusals.ts'

/** Renews tokens for as long as the sign-in session lasts; each refresh token works once. */
export function byRefreshToken({ grants }: Identity, client: Client, input: CreateTokenRequest): Tokens {
  const tokens = grants.renew(client.id, required('refreshToken', input.refreshToken))
  if (!tokens) throw refusal('invalid_grant', 'The refresh token is not valid any more.')
  return tokens
}
