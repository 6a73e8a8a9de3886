import type { BatchGetReportsInput, BatchGetReportsOutput, Report } from '@aws-sdk/client-codebuild'
import type { Operation } from '../../server/operation.ts'
import type { CodeBuild } from './index.ts'
import { checkBatch } from './refusals.ts'
import { ownReport, reportGroupOf } from './reportArns.ts'
import { type ReportRow, readSummary } from './reportStore.ts'

/** How long CodeBuild keeps a report (user guide, test reporting). */
const kept = 30 * 24 * 60 * 60 * 1000

export const batchGetReports: Operation<CodeBuild, BatchGetReportsInput, BatchGetReportsOutput> = {
  resources: input => (input.reportArns ?? []).map(reportGroupOf),
  run({ reports }, input, call) {
    const arns = checkBatch(input.reportArns, 'reportArns')
    const found = arns.map(arn => (ownReport(call, arn) ? reports.report(arn) : undefined))
    return {
      reports: found.flatMap(row => (row ? [toReport(row)] : [])),
      reportsNotFound: arns.filter((_, index) => !found[index]),
    }
  },
}

function toReport(row: ReportRow): Report {
  return {
    arn: row.arn,
    type: 'TEST',
    name: row.arn.split(':').slice(6).join(':'),
    reportGroupArn: row.groupArn,
    executionId: row.buildArn,
    status: row.status === 'SUCCEEDED' ? 'SUCCEEDED' : row.status === 'FAILED' ? 'FAILED' : 'INCOMPLETE',
    created: new Date(row.created),
    expired: new Date(row.created + kept),
    exportConfig: { exportConfigType: 'NO_EXPORT' },
    truncated: false,
    testSummary: readSummary(row),
  }
}
