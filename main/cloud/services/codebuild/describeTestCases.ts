import type { DescribeTestCasesInput, DescribeTestCasesOutput } from '@aws-sdk/client-codebuild'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeBuild } from './index.ts'
import { invalidInput, pageStart } from './refusals.ts'
import { ownReport, reportGroupOf } from './reportArns.ts'

const perPage = 100

export const describeTestCases: Operation<CodeBuild, DescribeTestCasesInput, DescribeTestCasesOutput> = {
  resources: input => [reportGroupOf(input.reportArn ?? '')],
  run({ reports }, input, call) {
    const arn = input.reportArn ?? ''
    if (!ownReport(call, arn) || !reports.report(arn))
      throw new AwsError('ResourceNotFoundException', `Report ${arn} does not exist`)
    const limit = input.maxResults ?? perPage
    if (limit < 1 || limit > perPage) throw invalidInput(`maxResults must be between 1 and ${perPage}`)
    const rows = reports.cases(arn, {
      after: pageStart(input.nextToken) ?? 0,
      status: input.filter?.status,
      keyword: input.filter?.keyword ?? '',
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      testCases: page.map(({ test }) => ({
        reportArn: arn,
        testRawDataPath: test.rawDataPath,
        prefix: test.prefix,
        name: test.name,
        status: test.status,
        durationInNanoSeconds: test.durationInNanoSeconds,
        message: test.message,
        testSuiteName: test.suite,
      })),
      ...(rows.length > limit && last ? { nextToken: String(last.id) } : {}),
    }
  },
}
