import type { Clock, Millis } from '../../../base/clock.ts'
import type { RecordCall } from '../../server/dispatch.ts'
import { callOf } from '../../server/onBehalf.ts'
import type { Caller } from '../../server/operation.ts'
import type { Identities } from '../iam/identities.ts'
import { parseIamArn } from '../iam/names.ts'

/** A service keeps a session for about as long as its credentials are good: one record stands for all that time. */
const keeps: Millis = 50 * 60_000
const mostRemembered = 5_000
/** What belongs to no region is asked of the first one. */
const anyRegion = 'us-east-1'

/** The same identities, for the cloud's own services: CloudTrail hears of every role that one of them takes on. */
export function createRecordedIdentities<I extends Identities>(of: {
  identities: I
  record: RecordCall
  clock: Pick<Clock, 'now'>
}): I {
  const { identities, record, clock } = of
  /** Which service works under a session that was made here. */
  const services = new WeakMap<Caller, string>()
  const known = new Map<string, Millis>()

  const isNew = (key: string) => {
    const now = clock.now()
    if (now - (known.get(key) ?? Number.NEGATIVE_INFINITY) < keeps) return false
    if (known.size >= mostRemembered) known.clear()
    known.set(key, now)
    return true
  }
  const put = (roleArn: string, by: Caller | { service: string }, session: string, region: string, made: Made) => {
    const service = 'service' in by ? by.service : services.get(by)
    const owner = parseIamArn(roleArn, 'role')?.account
    if (service === undefined || owner === undefined) return
    const caller = 'service' in by ? serviceCaller(by.service) : by
    // Both sides see it: whose role it is, and whose session took it on.
    const accounts = new Set(caller.account === '' ? [owner] : [owner, caller.account])
    const input = { RoleArn: roleArn, RoleSessionName: session }
    for (const account of accounts) {
      const call = callOf({ by: service, caller, account, region }, clock)
      // Nobody waits for an answer that the record would have to come before.
      void record(call, 'sts', 'AssumeRole', input, made)
    }
  }

  return {
    ...identities,
    assume(roleArn, by, sessionName, options = {}) {
      const { region = anyRegion, trial } = options
      const key = `${roleArn} ${'service' in by ? by.service : by.arn} ${sessionName} ${region}`
      try {
        const session = identities.assume(roleArn, by, sessionName, options)
        const service = 'service' in by ? by.service : services.get(by)
        if (service !== undefined) services.set(session, service)
        const output = { AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn } }
        if (!trial && isNew(key)) put(roleArn, by, sessionName, region, { kind: 'succeeded', output })
        return session
      } catch (error) {
        if (!trial && isNew(key)) put(roleArn, by, sessionName, region, { kind: 'failed', error })
        throw error
      }
    },
  }
}

type Made = Parameters<RecordCall>[4]

const serviceCaller = (service: string): Caller => ({
  kind: 'service',
  account: '',
  arn: service,
  userId: service,
  principalArn: service,
})
