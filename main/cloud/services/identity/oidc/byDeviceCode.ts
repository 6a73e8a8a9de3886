import type { CreateTokenRequest } from '@aws-sdk/client-sso-oidc'
import { assertNever } from '../../../../base/assertNever.ts'
import type { Identity } from '../lends.ts'
import type { Client } from '../store/clients.ts'
import type { Tokens } from '../store/grants.ts'
import { refusal, required } from './refusals.ts'
import { isRenewable } from './renewable.ts'

/** Answers a poll of the device flow with what a person has said by now (RFC 8628, section 3.5). */
export function byDeviceCode(identity: Identity, client: Client, input: CreateTokenRequest): Tokens {
  const { devices, grants, clock } = identity
  const device = devices.find(required('deviceCode', input.deviceCode))
  if (!device || device.client !== client.id)
    throw refusal('invalid_grant', 'The device code is not one of this client.')
  if (device.expires <= clock.now()) throw refusal('expired_token', 'The device code has expired.')
  if (!devices.poll(device)) throw refusal('slow_down', 'The client polls too often.')
  switch (device.answer) {
    case 'pending':
      throw refusal('authorization_pending', 'Nobody has allowed the request yet.')
    case 'denied':
      throw refusal('access_denied', 'The request was denied.')
    case 'redeemed':
      throw refusal('invalid_grant', 'The device code was redeemed already.')
    case 'allowed': {
      const opened = device.session === null ? undefined : grants.open(client.id, device.session, isRenewable(client))
      if (!opened) throw refusal('invalid_grant', 'The sign-in session has ended.')
      devices.redeem(device)
      return opened.tokens
    }
    default:
      return assertNever(device.answer)
  }
}
