import type { Operation } from '../../../server/operation.ts'
import type { Identity } from '../lends.ts'
import type { Bearer } from '../store/grants.ts'
import { bearerOf } from './bearer.ts'

interface Portal<I, O> {
  name: string
  /** What the event of it tells: the portal's events have no requestParameters. */
  details?: (input: I) => Readonly<Record<string, string>>
  run: (identity: Identity, input: I, bearer: Bearer) => O | Promise<O>
}

/** An operation of the portal: knows who asks by their token, and leaves a record that they did. */
export const portalOperation = <I extends { accessToken: string | undefined }, O extends object>({
  name,
  details = () => ({}),
  run,
}: Portal<I, O>): Operation<Identity, I, O> => ({
  authorized: false,
  run(identity, input, call) {
    const bearer = bearerOf(identity, input.accessToken)
    return identity.trail.asked(call, bearer, name, details(input), () => run(identity, input, bearer))
  },
})
