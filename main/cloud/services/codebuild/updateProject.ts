import type { UpdateProjectInput, UpdateProjectOutput } from '@aws-sdk/client-codebuild'
import type { Operation } from '../../server/operation.ts'
import { checkProject } from './checkProject.ts'
import type { CodeBuild } from './index.ts'
import { toProject } from './projectStore.ts'
import { noProject, projectResource } from './refusals.ts'
import { checkServiceRole } from './serviceRole.ts'

/** Replaces the members that are given; the others stay. */
export const updateProject: Operation<CodeBuild, UpdateProjectInput, UpdateProjectOutput> = {
  resources: (input, call) => projectResource(call, input.name),
  run({ projects, identities }, input, call) {
    const { account, region } = call
    const name = input.name ?? ''
    const known = projects.get(account, region, name)
    if (!known) throw noProject(account, region, name)
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
    const body = checkProject({ ...known.body, ...given })
    checkServiceRole(identities, body.serviceRole)
    projects.update(account, region, body, call.at)
    const changed = projects.get(account, region, name)
    return changed ? { project: toProject(changed) } : {}
  },
}
