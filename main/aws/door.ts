import type { Failure, Place } from '../base/failure.ts'
import { answeringRegions } from './answeringRegions.ts'
import type { Ask, At } from './ask.ts'
import { awsFailure, isDenial, isSessionFailure, missingPermission } from './awsFailure.ts'
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
  /** It takes no place from the account's other calls: a long poll, or what belongs to one. */
  waits?: boolean
  send: (client: ClientOf<S>) => Promise<O>
}

/** The only way to AWS: every call is budgeted, and fails as a `Failure`. */
export type Door = <S extends ServiceName, O>(at: At, operation: Operation<S, O>, ask: Ask) => Promise<O>

/** What AWS said that a caller may not do: an IAM action, and on what. */
export interface Denial {
  action: string
  resource: string
}

/** Who is told of answers that mean more than the one call. */
export interface DoorListeners {
  /** The account's credentials no longer serve. */
  onSessionFailure: (account: string, failure: Failure) => void
  onDenial: (account: string, denial: Denial) => void
}

export function createDoor(clients: Clients, budget: CallBudget, { onSessionFailure, onDenial }: DoorListeners): Door {
  const regions = answeringRegions()
  return (at, { service, name, same, place, waits, send }, ask) => {
    const api = `${service}:${name}`
    const call = async () => {
      try {
        const output = await send(clients.get(service, at))
        regions.answered(at)
        return output
      } catch (error) {
        const failure = regions.judged(awsFailure(error, api, { ...at, ...place }), at)
        if (isSessionFailure(failure)) onSessionFailure(at.account, failure)
        const denial = isDenial(failure) ? missingPermission(failure.message) : undefined
        if (denial) onDenial(at.account, denial)
        throw failure
      }
    }
    return budget.run({ at, api, send: call, ...(same !== undefined && { same }), ...(waits && { waits }) }, ask)
  }
}
