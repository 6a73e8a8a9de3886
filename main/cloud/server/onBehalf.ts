import type { Clock } from '../../base/clock.ts'
import type { RecordCall } from './dispatch.ts'
import type { Call, Caller } from './operation.ts'
import { newRequestId } from './requestId.ts'

/** A call that one service makes to another, as somebody: `codepipeline.amazonaws.com` under an action's role. */
export interface Deed {
  /** The service that calls. */
  by: string
  caller: Caller
  /** Whose resources. */
  account: string
  region: string
  /** The service and the operation that are called, and what the call says. */
  service: string
  operation: string
  input: object
}

/** Does the work of a call within the cloud and puts it on record, as CloudTrail has it of AWS's own services. */
export type OnBehalf = <T>(deed: Deed, work: () => T | Promise<T>, outputOf?: (result: T) => object) => Promise<T>

export function createOnBehalf({ record, clock }: { record: RecordCall; clock: Pick<Clock, 'now'> }): OnBehalf {
  return async (deed, work, outputOf = () => ({})) => {
    const call = callOf(deed, clock)
    const { service, operation, input } = deed
    try {
      const result = await work()
      await record(call, service, operation, input, { kind: 'succeeded', output: outputOf(result) })
      return result
    } catch (error) {
      await record(call, service, operation, input, { kind: 'failed', error })
      throw error
    }
  }
}

/** AWS gives the calling service's name as address and agent. */
export function callOf(deed: Pick<Deed, 'by' | 'caller' | 'account' | 'region'>, clock: Pick<Clock, 'now'>): Call {
  const { by, caller, account, region } = deed
  return {
    account,
    region,
    caller,
    requestId: newRequestId(),
    at: clock.now(),
    sourceIp: by,
    userAgent: by,
    signal: new AbortController().signal,
  }
}
