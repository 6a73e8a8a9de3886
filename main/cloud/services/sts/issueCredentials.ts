import type { Caller } from '../../server/operation.ts'
import type { StsLends } from './index.ts'

/** Temporary credentials for `caller`, good for `seconds`, and kept until then. Drops those that nobody can use any more. */
export function issueCredentials(sts: Issuing, caller: Caller, seconds: number) {
  const { accessKeyId, secretAccessKey, sessionToken, expires } = accessOf(sts, caller, seconds)
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: new Date(expires),
  }
}

/** The same, for a service that works under a role. */
export function accessOf({ store, clock, secrets }: Issuing, caller: Caller, seconds: number) {
  const now = clock.now()
  // An expired token is still told from an unknown one for a day.
  store.removeSessions(now - 86_400_000)
  const expires = (Math.floor(now / 1000) + seconds) * 1000
  const accessKeyId = secrets.uniqueId('ASIA')
  const [secretAccessKey, sessionToken] = [secrets.secretAccessKey(), secrets.sessionToken()]
  store.addSession({
    accessKey: accessKeyId,
    secret: secretAccessKey,
    token: sessionToken,
    expires,
    caller: JSON.stringify({ ...caller, since: now }),
  })
  return { accessKeyId, secretAccessKey, sessionToken, expires }
}

type Issuing = Pick<StsLends, 'store' | 'clock' | 'secrets'>
