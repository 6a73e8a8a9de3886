import type { Admits } from '../../server/admits.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Authorize, Caller } from '../../server/operation.ts'
import type { FunctionStore } from './functionStore.ts'
import type { Invocations } from './invocations.ts'
import { policyOf } from './model.ts'
import { type FunctionName, functionArn, functionNotFound, notFound, parseFunctionName } from './names.ts'

/** How the cloud's other services invoke functions: asynchronously, as with InvocationType Event. */
export interface Functions {
  /** Under a role, which must be allowed to; across accounts the function's policy must let it in, too. */
  tellAs(caller: Caller, name: FunctionName, payload: string, delay?: number): void
  /** On a service's own behalf, which the function's policy must let in. */
  tellFor(visit: { service: string; sourceArn: string }, arn: string, payload: string): void
}

const action = 'lambda:InvokeFunction'

export function createFunctions(of: {
  functions: FunctionStore
  invocations: Invocations
  authorize: Authorize
  admits: Admits
}): Functions {
  const { functions, invocations, authorize, admits } = of
  return {
    tellAs(caller, name, payload, delay) {
      const stored = functions.find(name)
      const policy = stored && policyOf(stored)
      authorize(caller, action, functionArn(name), { owner: name.account, ...(policy !== undefined && { policy }) })
      if (!stored) throw functionNotFound(name)
      invocations.tell(name, payload, delay)
    },
    tellFor({ service, sourceArn }, arn, payload) {
      const name = parseFunctionName(arn, { account: '', region: '' })
      if (!name) throw notFound(`Function not found: ${arn}`)
      const stored = functions.find(name)
      if (!stored) throw functionNotFound(name)
      if (!admits(policyOf(stored), { service, action, resource: functionArn(name), sourceArn })) {
        throw new AwsError(
          'AccessDeniedException',
          `${service} is not authorized to perform: ${action} on resource: ${functionArn(name)} because no resource-based policy allows the ${action} action`,
        )
      }
      invocations.tell(name, payload)
    },
  }
}
