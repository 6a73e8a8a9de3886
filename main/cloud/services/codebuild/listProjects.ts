import type { ListProjectsInput, ListProjectsOutput } from '@aws-sdk/client-codebuild'
import type { Operation } from '../../server/operation.ts'
import type { CodeBuild } from './index.ts'
import { pageStart } from './refusals.ts'

const perPage = 100

export const listProjects: Operation<CodeBuild, ListProjectsInput, ListProjectsOutput> = {
  run({ projects }, input, call) {
    const all = projects.list(call.account, call.region)
    if (input.sortBy === 'CREATED_TIME') all.sort((a, b) => a.created - b.created)
    else if (input.sortBy === 'LAST_MODIFIED_TIME') all.sort((a, b) => a.modified - b.modified)
    else all.sort((a, b) => (a.name < b.name ? -1 : 1))
    if (input.sortOrder === 'DESCENDING') all.reverse()
    const from = pageStart(input.nextToken) ?? 0
    return {
      projects: all.slice(from, from + perPage).map(project => project.name),
      ...(all.length > from + perPage ? { nextToken: String(from + perPage) } : {}),
    }
  },
}
