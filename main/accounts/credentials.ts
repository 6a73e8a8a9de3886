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
/** What serves until its end is not renewed more often than so: where it can't be, and where it never lives long. */
const pause: Millis = 30_000

export function renewed(provider: () => Promise<Credentials>, clock: Clock): RenewedCredentials {
  let held: Credentials | undefined
  let asking: Promise<Credentials> | undefined
  let asked: Millis = Number.NEGATIVE_INFINITY
  const left = ({ expiration }: Credentials) => (expiration ? expiration.getTime() - clock.now() : Infinity)
  const serves = (credentials: Credentials) => left(credentials) > (clock.now() - asked < pause ? 0 : margin)
  return {
    get() {
      if (held && serves(held)) return Promise.resolve(held)
      asked = clock.now()
      asking ??= provider()
        .then(
          credentials => {
            held = credentials
            return credentials
          },
          (thrown: unknown) => {
            if (held && left(held) > 0) return held
            throw thrown
          },
        )
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
