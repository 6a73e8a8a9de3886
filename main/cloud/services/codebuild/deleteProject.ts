import type { DeleteProjectInput, DeleteProjectOutput } from '@aws-sdk/client-codebuild'
import type { Operation } from '../../server/operation.ts'
import type { CodeBuild } from './index.ts'
import { invalidInput, projectResource } from './refusals.ts'

/** Deleting what is not there succeeds, as in AWS. Builds of the project stay readable. */
export const deleteProject: Operation<CodeBuild, DeleteProjectInput, DeleteProjectOutput> = {
  resources: (input, call) => projectResource(call, input.name),
  run({ projects }, input, call) {
    if (!input.name) throw invalidInput('Project name is required')
    projects.delete(call.account, call.region, input.name)
    return {}
  },
}
