import type { Service } from '../../../server/operation.ts'
import type { Identity } from '../lends.ts'
import { createToken } from './createToken.ts'
import { registerClient } from './registerClient.ts'
import { startDeviceAuthorization } from './startDeviceAuthorization.ts'

/** sso-oidc. CreateTokenWithIAM is for trusted identity propagation, which is not here. */
export function createSsoOidc(lends: Identity): Service<Identity> {
  return {
    name: 'sso-oidc',
    lends,
    operations: {
      CreateToken: createToken,
      RegisterClient: registerClient,
      StartDeviceAuthorization: startDeviceAuthorization,
    },
  }
}
