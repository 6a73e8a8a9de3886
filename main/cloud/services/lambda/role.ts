import { AwsError } from '../../server/awsError.ts'
import type { Authorize, Call } from '../../server/operation.ts'
import type { Identities } from '../iam/identities.ts'
import { invalidParameter } from './names.ts'

export const lambdaPrincipal = 'lambda.amazonaws.com'

/** Who hands a role to a function needs iam:PassRole on it, and Lambda must be let into it. */
export function checkRole(
  { authorize, identities }: { authorize: Authorize; identities: Identities },
  { caller }: Call,
  role: string,
): void {
  authorize(caller, 'iam:PassRole', role, { context: { 'iam:PassedToService': lambdaPrincipal } })
  try {
    identities.assume(role, { service: lambdaPrincipal }, 'validation', { trial: true })
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw invalidParameter('The role defined for the function cannot be assumed by Lambda.')
  }
}
