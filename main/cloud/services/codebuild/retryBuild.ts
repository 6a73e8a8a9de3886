import type { RetryBuildInput, RetryBuildOutput } from '@aws-sdk/client-codebuild'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeBuild } from './index.ts'
import { invalidInput, projectsOfBuilds, splitBuildId } from './refusals.ts'
import { initiatorOf } from './startBuild.ts'
import { submitBuild } from './submitBuild.ts'
import { toBuild } from './toBuild.ts'

const tokenLife = 5 * 60_000

/** A new build of the project as it is now, with the source version and variables of an earlier one. */
export const retryBuild: Operation<CodeBuild, RetryBuildInput, RetryBuildOutput> = {
  resources: (input, call) => projectsOfBuilds(call, input.id === undefined ? [] : [input.id]),
  run(codeBuild, input, call) {
    const { account, region } = call
    const named = splitBuildId(input.id ?? '')
    if (!named) throw invalidInput(`Invalid build ID: ${input.id ?? 'null'}`)
    const earlier = codeBuild.builds.find(account, region, named.project, named.uuid)
    if (!earlier) throw new AwsError('ResourceNotFoundException', `Build cannot be found: ${input.id}`)
    if (earlier.initiator.startsWith('codepipeline/'))
      throw invalidInput('Build that CodePipeline started can only be retried by retrying its stage')
    const record = submitBuild(codeBuild, {
      account,
      region,
      project: named.project,
      initiator: initiatorOf(call),
      changes: {
        variables: earlier.environment.variables,
        ...(earlier.sourceVersion === undefined ? {} : { sourceVersion: earlier.sourceVersion }),
      },
      ...(input.idempotencyToken ? { token: { value: input.idempotencyToken, since: call.at - tokenLife } } : {}),
    })
    return { build: toBuild(record) }
  },
}
