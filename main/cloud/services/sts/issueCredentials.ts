import type { Credentials } from '@aws-sdk/client-sts'
import type { Caller } from '../../server/operation.ts'
import type { StsLends } from './index.ts'

/** Temporary credentials for `caller`, good for `seconds`, and kept until then. Drops those that nobody can use any more. */
export function issueCredentials(
  { store, clock, secrets }: Pick<StsLends, 'store' | 'clock' | 'secrets'>,
  caller: Caller,
  seconds: number,
): Credentials {
  const now = clock.now()
  // An expired token is still told from an unknown one for a day.
  store.removeSessions(now - 86_400_000)
  const expires = (Math.floor(now / 1000) + seconds) * 1000
  const [accessKey, secret, token] = [secrets.uniqueId('ASIA'), secrets.secretAccessKey(), secrets.sessionToken()]
  store.addSession({ accessKey, secret, token, expires, caller: JSON.stringify(caller) })
  return { AccessKeyId: accessKey, SecretAccessKey: secret, SessionToken: token, Expiration: new Date(expires) }
}
