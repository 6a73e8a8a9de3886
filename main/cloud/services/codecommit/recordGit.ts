import type { Clock } from '../../../base/clock.ts'
import type { RecordCall } from '../../server/dispatch.ts'
import type { HttpRequest } from '../../server/http.ts'
import type { Caller } from '../../server/operation.ts'
import { newRequestId } from '../../server/requestId.ts'
import type { Change } from './announcing.ts'
import type { Repository } from './store.ts'

/** A request of a git client that was let in, or was not. */
export interface GitUse {
  request: HttpRequest
  repository: Repository
  caller: Caller
  push: boolean
}

/**
 * Puts a git request on record as CodeCommit does (user guide, "Logging AWS CodeCommit API calls"): GitPull and GitPush,
 * once when the client asks for references, and once when data goes over; a push then names what it moved.
 */
export type RecordGit = (use: GitUse, outcome: Parameters<RecordCall>[4], changes?: readonly Change[]) => Promise<void>

/** What a deleted reference points at. */
const nothing = '0'.repeat(40)

export function createRecordGit({ record, clock }: { record: RecordCall; clock: Pick<Clock, 'now'> }): RecordGit {
  return ({ request, repository, caller, push }, outcome, changes = []) => {
    const transferred = request.method === 'POST' && outcome.kind === 'succeeded'
    const call = {
      account: repository.account,
      region: repository.region,
      caller,
      requestId: newRequestId(),
      at: clock.now(),
      sourceIp: request.sourceIp,
      userAgent: request.headers['user-agent'] ?? '',
      signal: request.signal,
    }
    const references = changes.map(({ ref, to }) => ({ commit: to ?? nothing, ref }))
    return record(
      call,
      'codecommit',
      push ? 'GitPush' : 'GitPull',
      references.length > 0 ? { references } : {},
      outcome,
      {
        readOnly: !(push && transferred),
        additional: {
          protocol: 'HTTP',
          dataTransferred: transferred,
          repositoryName: repository.name,
          repositoryId: repository.id,
        },
      },
    )
  }
}
