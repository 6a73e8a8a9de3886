import type { StopBuildInput, StopBuildOutput } from '@aws-sdk/client-codebuild'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeBuild } from './index.ts'
import { invalidInput, projectsOfBuilds, splitBuildId } from './refusals.ts'
import { toBuild } from './toBuild.ts'

/** Answers once the build has ended. Stopping one that has ended already gives it as it is. */
export const stopBuild: Operation<CodeBuild, StopBuildInput, StopBuildOutput> = {
  resources: (input, call) => projectsOfBuilds(call, input.id === undefined ? [] : [input.id]),
  async run({ builds, queue }, input, call) {
    const named = splitBuildId(input.id ?? '')
    if (!named) throw invalidInput(`Invalid build ID: ${input.id ?? 'null'}`)
    const find = () => builds.find(call.account, call.region, named.project, named.uuid)
    const record = find()
    if (!record) throw new AwsError('ResourceNotFoundException', `Build cannot be found: ${input.id}`)
    await queue.stop(record.arn)
    return { build: toBuild(find() ?? record) }
  },
}
