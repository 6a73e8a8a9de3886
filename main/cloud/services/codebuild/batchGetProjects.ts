import type { BatchGetProjectsInput, BatchGetProjectsOutput } from '@aws-sdk/client-codebuild'
import type { Operation } from '../../server/operation.ts'
import type { CodeBuild } from './index.ts'
import { toProject } from './projectStore.ts'
import { checkBatch, projectResource } from './refusals.ts'

export const batchGetProjects: Operation<CodeBuild, BatchGetProjectsInput, BatchGetProjectsOutput> = {
  resources: (input, call) => (input.names ?? []).flatMap(name => projectResource(call, name)),
  run({ projects }, input, call) {
    const names = checkBatch(input.names, 'names')
    // Each may be a name or an ARN.
    const found = names.map(name => projects.get(call.account, call.region, name.split('/').at(-1) ?? name))
    return {
      projects: found.flatMap(project => (project ? [toProject(project)] : [])),
      projectsNotFound: names.filter((_, index) => !found[index]),
    }
  },
}
