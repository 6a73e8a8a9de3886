import type { Identity } from '../lends.ts'
import type { Client } from '../store/clients.ts'
import { refusal, required } from './refusals.ts'

/** The client of a request, once it has shown its secret, and may use the grant. Throws InvalidClientException. */
export function clientOf(
  { clients }: Pick<Identity, 'clients'>,
  input: { clientId: string | undefined; clientSecret: string | undefined },
  grantType: string,
): Client {
  const client = clients.authenticate(
    required('clientId', input.clientId),
    required('clientSecret', input.clientSecret),
  )
  if (!client) throw refusal('invalid_client', 'The client is not known, or its registration has expired.')
  if (!client.grantTypes.includes(grantType))
    throw refusal('unauthorized_client', `The client did not register for the grant type ${grantType}.`)
  return client
}
