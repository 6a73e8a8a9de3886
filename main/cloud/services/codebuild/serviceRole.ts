import { AwsError } from '../../server/awsError.ts'
import type { Caller } from '../../server/operation.ts'
import type { Identities } from '../iam/identities.ts'
import { invalidInput } from './refusals.ts'

const service = 'codebuild.amazonaws.com'

/** The identity that a build has: its service role, in a session that carries the build's id. */
export function assumeServiceRole(
  identities: Identities,
  build: { serviceRole: string; pipelineRole?: string | undefined; uuid: string; region: string },
): Caller {
  const { serviceRole, pipelineRole, uuid, region } = build
  const session = `AWSCodeBuild-${uuid}`
  if (pipelineRole === undefined) return assume(identities, serviceRole, session, { region })
  const lent = identities.assume(pipelineRole, { service: 'codepipeline.amazonaws.com' }, session, { region })
  return serviceRole === pipelineRole ? lent : identities.assume(serviceRole, lent, session, { region })
}

/** Refuses a role that CodeBuild may not become, as CreateProject and StartBuild do. */
export function checkServiceRole(identities: Identities, serviceRole: string): void {
  assume(identities, serviceRole, 'AWSCodeBuild', { trial: true })
}

function assume(
  identities: Identities,
  role: string,
  session: string,
  options: { region?: string; trial?: true },
): Caller {
  try {
    return identities.assume(role, { service }, session, options)
  } catch (error) {
    if (error instanceof AwsError)
      throw invalidInput(`CodeBuild is not authorized to perform: sts:AssumeRole on ${role}`)
    throw error
  }
}
