import type { CreateTokenRequest, CreateTokenResponse } from '@aws-sdk/client-sso-oidc'
import type { Operation } from '../../../server/operation.ts'
import type { Identity } from '../lends.ts'
import { byAuthorizationCode } from './byAuthorizationCode.ts'
import { byDeviceCode } from './byDeviceCode.ts'
import { byRefreshToken } from './byRefreshToken.ts'
import { clientOf } from './clientOf.ts'
import { grantTypes } from './grantTypes.ts'
import { refusal, required } from './refusals.ts'

/** A manner of earning tokens. */
const grants = {
  [grantTypes.code]: byAuthorizationCode,
  [grantTypes.device]: byDeviceCode,
  [grantTypes.refresh]: byRefreshToken,
}
const isGrantType = (type: string): type is keyof typeof grants => Object.hasOwn(grants, type)

/** Tokens for what a person allowed. `scope` has no effect, as in AWS: a client has the scopes it registered. */
export const createToken: Operation<Identity, CreateTokenRequest, CreateTokenResponse> = {
  authorized: false,
  async run(identity, input, call) {
    const grantType = required('grantType', input.grantType)
    if (!isGrantType(grantType)) throw refusal('unsupported_grant_type', `Grant type ${grantType} is not supported.`)
    const client = clientOf(identity, input, grantType)
    const { accessToken, expires, refreshToken } = grants[grantType](identity, client, input)
    const output = {
      accessToken,
      tokenType: 'Bearer',
      expiresIn: Math.floor((expires - identity.clock.now()) / 1000),
      ...(refreshToken !== undefined && { refreshToken }),
    }
    const bearer = identity.grants.bearer(accessToken)
    if (bearer) await identity.trail.gaveTokens(call, bearer, input, output)
    return output
  },
}
