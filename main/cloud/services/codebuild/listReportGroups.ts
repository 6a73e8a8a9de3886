import type { ListReportGroupsInput, ListReportGroupsOutput } from '@aws-sdk/client-codebuild'
import type { Operation } from '../../server/operation.ts'
import type { CodeBuild } from './index.ts'
import { invalidInput, pageStart } from './refusals.ts'

const perPage = 100

export const listReportGroups: Operation<CodeBuild, ListReportGroupsInput, ListReportGroupsOutput> = {
  run({ reports }, input, call) {
    const limit = input.maxResults ?? perPage
    if (limit < 1 || limit > perPage) throw invalidInput(`maxResults must be between 1 and ${perPage}`)
    const all = reports.groups(call.account, call.region)
    if (input.sortBy === 'CREATED_TIME' || input.sortBy === 'LAST_MODIFIED_TIME')
      all.sort((a, b) => a.created - b.created)
    if (input.sortOrder === 'DESCENDING') all.reverse()
    const from = pageStart(input.nextToken) ?? 0
    return {
      reportGroups: all.slice(from, from + limit).map(group => group.arn),
      ...(all.length > from + limit ? { nextToken: String(from + limit) } : {}),
    }
  },
}
