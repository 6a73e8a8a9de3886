import type { RegisterClientRequest, RegisterClientResponse } from '@aws-sdk/client-sso-oidc'
import type { Operation } from '../../../server/operation.ts'
import { type Identity, isStartUrl } from '../lends.ts'
import { accountAccess, grantTypes, knownGrantTypes } from './grantTypes.ts'
import { isRedirectUri } from './redirectUri.ts'
import { refusal, required } from './refusals.ts'

/** Makes a public client known. Anybody may; what it may do is for the person who signs in to allow. */
export const registerClient: Operation<Identity, RegisterClientRequest, RegisterClientResponse> = {
  authorized: false,
  run(identity, input) {
    const { scopes = [], redirectUris = [], issuerUrl } = input
    const name = required('clientName', input.clientName)
    if (required('clientType', input.clientType) !== 'public')
      throw refusal('invalid_client_metadata', `Client type ${input.clientType} is not supported; it must be public.`)
    if (name.length > 256) throw refusal('invalid_client_metadata', 'The client name is too long.')
    const unknownScope = scopes.find(scope => scope !== accountAccess)
    if (unknownScope !== undefined) throw refusal('invalid_scope', `Scope ${unknownScope} is not known.`)
    // Who names none is of the days when there was the device flow only.
    const asked = input.grantTypes ?? [grantTypes.device, grantTypes.refresh]
    const unknownType = asked.find(type => !knownGrantTypes.includes(type))
    if (unknownType !== undefined)
      throw refusal('unsupported_grant_type', `Grant type ${unknownType} is not supported.`)
    const wrongUri = redirectUris.find(uri => !isRedirectUri(uri))
    if (wrongUri !== undefined)
      throw refusal('invalid_redirect_uri', `${wrongUri} is neither a loopback address nor an https URL.`)
    if (asked.includes(grantTypes.code) && redirectUris.length === 0)
      throw refusal('invalid_redirect_uri', 'A client of the authorization code grant needs a redirect URI.')
    if (issuerUrl !== undefined && !isStartUrl(identity, issuerUrl))
      throw refusal('invalid_request', `There is no Identity Center instance at ${issuerUrl}.`)
    const { client, secret } = identity.clients.register({ name, scopes, redirectUris, grantTypes: asked })
    return {
      clientId: client.id,
      clientSecret: secret,
      clientIdIssuedAt: Math.floor(identity.clock.now() / 1000),
      clientSecretExpiresAt: Math.floor(client.expires / 1000),
      authorizationEndpoint: `${identity.endpoint()}/authorize`,
      tokenEndpoint: `${identity.endpoint()}/token`,
    }
  },
}
