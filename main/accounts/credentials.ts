import type { Credentials } from '../aws/clients.ts'
import type { Clock, Millis } from '../base/clock.ts'

/** Credentials that are renewed in time, once for all that wait. */
export interface RenewedCredentials {
  get(): Promise<Credentials>
  /** The next `get` asks the provider again. */
  forget(): void
  /** When those at hand run out, if they do. */
  expiresAt(): Date | undefined
}

/** AWS's tools renew at this distance from the end. */
const margin: Millis = 5 * 60_000

export function renewed(provider: () => Promise<Credentials>, clock: Clock): RenewedCredentials {
  let held: Credentials | undefined
  let asking: Promise<Credentials> | undefined
  const fresh = ({ expiration }: Credentials) => !expiration || expiration.getTime() - margin > clock.now()
  return {
    get() {
      if (held && fresh(held)) return Promise.resolve(held)
      asking ??= provider()
        .then(credentials => {
          held = credentials
          return credentials
        })
        .finally(() => {
          asking = undefined
        })
      return asking
    },
    forget() {
      held = undefined
    },
    expiresAt: () => held?.expiration,
  }
}
