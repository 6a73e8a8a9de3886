import type { ListReportsForReportGroupInput, ListReportsForReportGroupOutput } from '@aws-sdk/client-codebuild'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeBuild } from './index.ts'
import { invalidInput, pageStart } from './refusals.ts'
import { ownReport } from './reportArns.ts'

const perPage = 100

export const listReportsForReportGroup: Operation<
  CodeBuild,
  ListReportsForReportGroupInput,
  ListReportsForReportGroupOutput
> = {
  resources: input => [input.reportGroupArn ?? ''],
  run({ reports }, input, call) {
    const arn = input.reportGroupArn ?? ''
    if (!ownReport(call, arn) || !reports.group(arn))
      throw new AwsError('ResourceNotFoundException', `Report group ${arn} does not exist`)
    const limit = input.maxResults ?? perPage
    if (limit < 1 || limit > perPage) throw invalidInput(`maxResults must be between 1 and ${perPage}`)
    const all = reports.reports(arn, input.filter?.status)
    if (input.sortOrder !== 'ASCENDING') all.reverse()
    const from = pageStart(input.nextToken) ?? 0
    return {
      reports: all.slice(from, from + limit).map(report => report.arn),
      ...(all.length > from + limit ? { nextToken: String(from + limit) } : {}),
    }
  },
}
