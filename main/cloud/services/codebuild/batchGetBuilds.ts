import type { BatchGetBuildsInput, BatchGetBuildsOutput } from '@aws-sdk/client-codebuild'
import type { Operation } from '../../server/operation.ts'
import type { CodeBuild } from './index.ts'
import { checkBatch, projectsOfBuilds, splitBuildId } from './refusals.ts'
import { toBuild } from './toBuild.ts'

export const batchGetBuilds: Operation<CodeBuild, BatchGetBuildsInput, BatchGetBuildsOutput> = {
  resources: (input, call) => projectsOfBuilds(call, input.ids),
  run({ builds }, input, call) {
    const ids = checkBatch(input.ids, 'ids')
    const found = ids.map(id => {
      const named = splitBuildId(id)
      return named && builds.find(call.account, call.region, named.project, named.uuid)
    })
    return {
      builds: found.flatMap(record => (record ? [toBuild(record)] : [])),
      buildsNotFound: ids.filter((_, index) => !found[index]),
    }
  },
}
