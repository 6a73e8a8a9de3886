import type { Failure, Place } from '../base/failure.ts'
import type { Ask, At } from './ask.ts'
import { awsFailure, isSessionFailure } from './awsFailure.ts'
import type { CallBudget } from './callBudget.ts'
import type { ClientOf, Clients, ServiceName } from './clients.ts'

/** One operation of one service. */
export interface Operation<S extends ServiceName, O> {
  service: S
  /** As the API names it, e.g. `GetPipelineState`. */
  name: string
  /** What is asked, as text: equal questions are asked once. Absent for writes. */
  same?: string
  place?: Place
  send: (client: ClientOf<S>) => Promise<O>
}

/** The only way to AWS: every call is budgeted, and fails as a `Failure`. */
export type Door = <S extends ServiceName, O>(at: At, operation: Operation<S, O>, ask: Ask) => Promise<O>

/** `onSessionFailure` is told of each answer that says that an account's credentials no longer serve. */
export function createDoor(
  clients: Clients,
  budget: CallBudget,
  onSessionFailure: (account: string, failure: Failure) => void,
): Door {
  return (at, { service, name, same, place, send }, ask) => {
    const api = `${service}:${name}`
    const call = async () => {
      try {
        return await send(clients.get(service, at))
      } catch (error) {
        const failure = awsFailure(error, api, { ...at, ...place })
        if (isSessionFailure(failure)) onSessionFailure(at.account, failure)
        throw failure
      }
    }
    return budget.run({ at, api, send: call, ...(same !== undefined && { same }) }, ask)
  }
}
