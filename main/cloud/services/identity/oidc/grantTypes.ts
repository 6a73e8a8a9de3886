/** The grant types that public clients have, as CreateToken names them. */
export const grantTypes = {
  code: 'authorization_code',
  device: 'urn:ietf:params:oauth:grant-type:device_code',
  refresh: 'refresh_token',
} as const

export const knownGrantTypes: readonly string[] = Object.values(grantTypes)

/** The scope that lets a client list accounts and renew its tokens. */
export const accountAccess = 'sso:account:access'
