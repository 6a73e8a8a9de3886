import { messageOf } from '../../../base/failure.ts'
import { codePipelinePrincipal } from '../../providers/artifacts.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Call } from '../../server/operation.ts'
import type { CodePipeline } from './lends.ts'

/** Who hands a role to a pipeline needs iam:PassRole on it, and CodePipeline must be let into it. */
export function checkRole({ authorize, identities }: CodePipeline, call: Call, roleArn: string): void {
  authorize(call.caller, 'iam:PassRole', roleArn, { context: { 'iam:PassedToService': codePipelinePrincipal } })
  try {
    identities.assume(roleArn, { service: codePipelinePrincipal }, 'validation', { trial: true })
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown
    throw new AwsError(
      'InvalidStructureException',
      `CodePipeline is not authorized to perform AssumeRole on role ${roleArn}: ${messageOf(thrown)}`,
    )
  }
}
