import { z } from 'zod'
import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import { type TestCase, testCase, type testStatuses } from './reports/testCase.ts'

interface ReportGroupRow {
  arn: string
  name: string
  type: string
  created: Millis
}

export interface ReportRow {
  sequence: number
  arn: string
  groupArn: string
  buildArn: string
  status: string
  created: Millis
  /** JSON of {@link ReportSummary}. */
  summary: string
}

const reportSummary = z.object({
  total: z.number(),
  statusCounts: z.record(z.string(), z.number()),
  durationInNanoSeconds: z.number(),
})
export type ReportSummary = z.infer<typeof reportSummary>
export const readSummary = (row: ReportRow): ReportSummary => reportSummary.parse(JSON.parse(row.summary))

/** Rows of report groups, reports and test cases. */
export interface ReportStore {
  groups(account: string, region: string): ReportGroupRow[]
  group(arn: string): ReportGroupRow | undefined
  /** Makes the group where it is missing. */
  ensureGroup(account: string, region: string, name: string, at: Millis): string
  report(arn: string): ReportRow | undefined
  /** The reports of a group, oldest first. */
  reports(groupArn: string, status: string | undefined): ReportRow[]
  addReport(report: Omit<ReportRow, 'sequence' | 'summary'>, cases: readonly TestCase[]): void
  /** Cases beyond `after` (an id); the id of each goes with it. */
  cases(
    reportArn: string,
    by: { after: number; status: string | undefined; keyword: string; limit: number },
  ): { id: number; test: TestCase }[]
}

export function reportStore(database: CloudDatabase): ReportStore {
  const group = (arn: string) => database.get<ReportGroupRow>('SELECT * FROM codebuild_report_group WHERE arn = ?', arn)
  return {
    group,
    groups: (account, region) =>
      database.all<ReportGroupRow>(
        'SELECT * FROM codebuild_report_group WHERE account = ? AND region = ? ORDER BY name',
        account,
        region,
      ),
    ensureGroup(account, region, name, at) {
      const arn = `arn:aws:codebuild:${region}:${account}:report-group/${name}`
      database.run(
        `INSERT INTO codebuild_report_group (arn, account, region, name, type, created) VALUES (?, ?, ?, ?, 'TEST', ?)
         ON CONFLICT (arn) DO NOTHING`,
        arn,
        account,
        region,
        name,
        at,
      )
      return arn
    },
    report: arn => database.get<ReportRow>('SELECT * FROM codebuild_report WHERE arn = ?', arn),
    reports: (groupArn, status) =>
      database.all<ReportRow>(
        'SELECT * FROM codebuild_report WHERE groupArn = ? AND (? IS NULL OR status = ?) ORDER BY sequence',
        groupArn,
        status ?? null,
        status ?? null,
      ),
    addReport(report, cases) {
      database.transaction(() => {
        database.run(
          'INSERT INTO codebuild_report (arn, groupArn, buildArn, status, created, summary) VALUES (?, ?, ?, ?, ?, ?)',
          report.arn,
          report.groupArn,
          report.buildArn,
          report.status,
          report.created,
          JSON.stringify(summarize(cases)),
        )
        for (const test of cases)
          database.run(
            'INSERT INTO codebuild_test_case (reportArn, status, body) VALUES (?, ?, ?)',
            report.arn,
            test.status,
            JSON.stringify(test),
          )
      })
    },
    cases: (reportArn, { after, status, keyword, limit }) =>
      database
        .all<{ id: number; body: string }>(
          `SELECT id, body FROM codebuild_test_case WHERE reportArn = ? AND id > ? AND (? IS NULL OR status = ?)
           AND instr(lower(json_extract(body, '$.name')), lower(?)) > 0 ORDER BY id LIMIT ?`,
          reportArn,
          after,
          status ?? null,
          status ?? null,
          keyword,
          limit,
        )
        .map(({ id, body }) => ({ id, test: testCase.parse(JSON.parse(body)) })),
  }
}

function summarize(cases: readonly TestCase[]): ReportSummary {
  const counts: Record<(typeof testStatuses)[number], number> = {
    SUCCEEDED: 0,
    FAILED: 0,
    ERROR: 0,
    SKIPPED: 0,
    UNKNOWN: 0,
  }
  for (const { status } of cases) counts[status]++
  return {
    total: cases.length,
    statusCounts: counts,
    durationInNanoSeconds: cases.reduce((sum, test) => sum + test.durationInNanoSeconds, 0),
  }
}
