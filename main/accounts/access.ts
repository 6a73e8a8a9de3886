import type { Access } from '../aws/clients.ts'
import type { StoredAccount } from '../store/accounts.ts'
import type { ReadyCloud } from './cloudProcess.ts'
import type { RenewedCredentials } from './credentials.ts'

/** The second region of the local cloud; its ready line names the first. */
const secondRegion = 'eu-west-1'

/** An account by credentials that are renewed in time, where AWS or whatever is at `endpoint` answers for it. */
export function renewedAccess(credentials: RenewedCredentials, endpoint: string | undefined): Access {
  return { credentials: () => credentials.get(), ...addresses(endpoint) }
}

/** An account that the local cloud answers for: the same clients, another endpoint. */
export function cloudAccess(keys: { accessKeyId: string; secretAccessKey: string }, endpoint: string): Access {
  const { accessKeyId, secretAccessKey } = keys
  return { credentials: () => Promise.resolve({ accessKeyId, secretAccessKey }), ...addresses(endpoint) }
}

function addresses(endpoint: string | undefined): Omit<Access, 'credentials'> {
  if (endpoint === undefined) {
    return { website: (bucket, region) => `http://${bucket}.s3-website-${region}.amazonaws.com` }
  }
  const { port } = new URL(endpoint)
  // Browsers resolve every name under localhost to loopback.
  return { endpoint, website: bucket => `http://${bucket}.s3-website.localhost:${port}` }
}

/** The cloud's accounts with what a person chose for them before; an id that a profile already serves stays with it. */
export function mergedAccounts(
  given: ReadyCloud['accounts'],
  region: string,
  known: readonly StoredAccount[],
): StoredAccount[] {
  return given.flatMap(({ id, name, environment }): StoredAccount[] => {
    const before = known.find(account => account.id === id)
    if (before) return before.source.kind === 'localCloud' ? [before] : []
    const regions = [...new Set([region, secondRegion])]
    return [{ id, name, environment, regions, readOnly: false, source: { kind: 'localCloud' } }]
  })
}
