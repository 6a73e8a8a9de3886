import type { CreateProjectInput, CreateProjectOutput } from '@aws-sdk/client-codebuild'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checkProject } from './checkProject.ts'
import type { CodeBuild } from './index.ts'
import { projectArn, toProject } from './projectStore.ts'
import { projectResource } from './refusals.ts'
import { checkServiceRole } from './serviceRole.ts'

export const createProject: Operation<CodeBuild, CreateProjectInput, CreateProjectOutput> = {
  resources: (input, call) => projectResource(call, input.name),
  run({ projects, identities }, input, call) {
    const body = checkProject(input)
    const { account, region } = call
    if (projects.get(account, region, body.name))
      throw new AwsError(
        'ResourceAlreadyExistsException',
        `Project already exists: ${projectArn(account, region, body.name)}`,
      )
    checkServiceRole(identities, body.serviceRole)
    projects.insert(account, region, body, call.at)
    const made = projects.get(account, region, body.name)
    return made ? { project: toProject(made) } : {}
  },
}
