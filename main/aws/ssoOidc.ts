import { CreateTokenCommand, RegisterClientCommand, StartDeviceAuthorizationCommand } from '@aws-sdk/client-sso-oidc'
import type { Millis } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import type { Ask } from './ask.ts'
import type { Portal, PortalDoor } from './portalDoor.ts'

/** The desk as the portal knows it (RegisterClient). Reusable until it expires. */
export interface RegisteredClient {
  clientId: string
  clientSecret: string
  /** ms since the epoch */
  expiresAt: Millis
  /** Where a browser signs in, if not at the region's own address. */
  authorizationEndpoint?: string
}

export interface DeviceAuthorization {
  deviceCode: string
  /** What a person compares, e.g. `ABCD-EFGH`. */
  userCode: string
  verificationUri: string
  verificationUriComplete: string
  /** ms */
  expiresIn: Millis
  /** Not asked more often than so. ms */
  interval: Millis
}

export interface IssuedTokens {
  accessToken: string
  refreshToken?: string
  /** ms */
  expiresIn: Millis
}

export type Grant =
  | { grant: 'code'; code: string; redirectUri: string; codeVerifier: string }
  | { grant: 'device'; deviceCode: string }
  | { grant: 'refresh'; refreshToken: string }

const grantTypes = {
  code: 'authorization_code',
  device: 'urn:ietf:params:oauth:grant-type:device_code',
  refresh: 'refresh_token',
} as const

/** The scope of the access portal: with it a refresh token is issued. */
export const portalScope = 'sso:account:access'

/** What the OIDC service of IAM Identity Center is asked. */
export interface SsoOidc {
  register(
    portal: Portal,
    client: { name: string; startUrl: string; grant: 'code' | 'device'; redirectUri: string },
    ask: Ask,
  ): Promise<RegisteredClient>
  startDevice(portal: Portal, client: RegisteredClient, startUrl: string, ask: Ask): Promise<DeviceAuthorization>
  createToken(portal: Portal, client: RegisteredClient, grant: Grant, ask: Ask): Promise<IssuedTokens>
}

export function ssoOidc(door: PortalDoor): SsoOidc {
  return {
    async register(portal, { name, startUrl, grant, redirectUri }, ask) {
      const code = {
        grantTypes: [grantTypes.code, grantTypes.refresh],
        redirectUris: [redirectUri],
        issuerUrl: startUrl,
      }
      const output = await door.ask(
        portal,
        {
          service: 'oidc',
          name: 'RegisterClient',
          send: client =>
            client.send(
              new RegisterClientCommand({
                clientName: name,
                clientType: 'public',
                scopes: [portalScope],
                ...(grant === 'code' ? code : { grantTypes: [grantTypes.device, grantTypes.refresh] }),
              }),
            ),
        },
        ask,
      )
      return {
        clientId: needed(output.clientId, 'client id'),
        clientSecret: needed(output.clientSecret, 'client secret'),
        expiresAt: (output.clientSecretExpiresAt ?? 0) * 1000,
        ...(output.authorizationEndpoint && { authorizationEndpoint: output.authorizationEndpoint }),
      }
    },
    async startDevice(portal, { clientId, clientSecret }, startUrl, ask) {
      const output = await door.ask(
        portal,
        {
          service: 'oidc',
          name: 'StartDeviceAuthorization',
          send: client => client.send(new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl })),
        },
        ask,
      )
      const verificationUri = needed(output.verificationUri, 'verification address')
      return {
        deviceCode: needed(output.deviceCode, 'device code'),
        userCode: needed(output.userCode, 'user code'),
        verificationUri,
        verificationUriComplete: output.verificationUriComplete ?? verificationUri,
        // 10 minutes is UNCONFIRMED; AWS always gives it.
        expiresIn: (output.expiresIn ?? 600) * 1000,
        interval: Math.max(output.interval ?? 5, 1) * 1000,
      }
    },
    async createToken(portal, { clientId, clientSecret }, { grant, ...rest }, ask) {
      const output = await door.ask(
        portal,
        {
          service: 'oidc',
          name: 'CreateToken',
          send: client =>
            client.send(new CreateTokenCommand({ clientId, clientSecret, grantType: grantTypes[grant], ...rest })),
        },
        ask,
      )
      return {
        accessToken: needed(output.accessToken, 'access token'),
        ...(output.refreshToken && { refreshToken: output.refreshToken }),
        expiresIn: (output.expiresIn ?? 3600) * 1000,
      }
    },
  }
}

function needed(value: string | undefined, what: string): string {
  if (value) return value
  throw new Failure({ code: 'UnexpectedAnswer', message: `IAM Identity Center gave no ${what}.`, next: 'Try again.' })
}
