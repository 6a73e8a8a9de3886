import type { Clock } from '../../../base/clock.ts'
import type { Service } from '../../server/operation.ts'
import type { Identities } from '../iam/identities.ts'
import type { Secrets } from '../iam/names.ts'
import type { IamStore } from '../iam/store.ts'
import { assumeRole } from './assumeRole.ts'
import { getCallerIdentity } from './getCallerIdentity.ts'
import { getSessionToken } from './getSessionToken.ts'

/** What the Security Token Service's operations work with. */
export interface StsLends {
  identities: Identities
  store: IamStore
  clock: Pick<Clock, 'now'>
  secrets: Secrets
}

export function createSts(lends: StsLends): Service<StsLends> {
  return {
    name: 'sts',
    lends,
    operations: { AssumeRole: assumeRole, GetCallerIdentity: getCallerIdentity, GetSessionToken: getSessionToken },
  }
}
