import type { ListBuildsForProjectInput, ListBuildsForProjectOutput } from '@aws-sdk/client-codebuild'
import type { Operation } from '../../server/operation.ts'
import { buildPage } from './buildPage.ts'
import type { CodeBuild } from './index.ts'
import { noProject, projectResource } from './refusals.ts'

export const listBuildsForProject: Operation<CodeBuild, ListBuildsForProjectInput, ListBuildsForProjectOutput> = {
  resources: (input, call) => projectResource(call, input.projectName),
  run({ projects, builds }, input, call) {
    const name = input.projectName?.split('/').at(-1) ?? ''
    if (!projects.get(call.account, call.region, name)) throw noProject(call.account, call.region, name)
    return buildPage(builds, call, input, name)
  },
}
