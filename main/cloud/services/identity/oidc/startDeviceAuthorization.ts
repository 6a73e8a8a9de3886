import type { StartDeviceAuthorizationRequest, StartDeviceAuthorizationResponse } from '@aws-sdk/client-sso-oidc'
import type { Operation } from '../../../server/operation.ts'
import { type Identity, isStartUrl, startUrl } from '../lends.ts'
import { clientOf } from './clientOf.ts'
import { grantTypes } from './grantTypes.ts'
import { refusal, required } from './refusals.ts'

/** Begins a device flow: a code for the program to poll with, and one for a person to find again on the page. */
export const startDeviceAuthorization: Operation<
  Identity,
  StartDeviceAuthorizationRequest,
  StartDeviceAuthorizationResponse
> = {
  authorized: false,
  run(identity, input) {
    const client = clientOf(identity, input, grantTypes.device)
    if (!isStartUrl(identity, required('startUrl', input.startUrl)))
      throw refusal('invalid_request', `There is no Identity Center instance at ${input.startUrl}.`)
    const { deviceCode, userCode, expiresIn, interval } = identity.devices.begin(client.id)
    const verificationUri = `${startUrl(identity)}/device`
    return {
      deviceCode,
      userCode,
      verificationUri,
      verificationUriComplete: `${verificationUri}?user_code=${userCode}`,
      expiresIn: expiresIn / 1000,
      interval: interval / 1000,
    }
  },
}
