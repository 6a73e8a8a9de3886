import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { messageOf } from '../../../../base/failure.ts'
import type { ReportSpec } from '../buildspec/model.ts'
import type { BuildRecord } from '../model.ts'
import type { ReportStore } from '../reportStore.ts'
import { readReport } from '../reports/readReport.ts'
import { ReportError, type TestCase } from '../reports/testCase.ts'
import { selectFiles } from './fileSelection.ts'
import type { Workspace } from './workspace.ts'

/**
 * Reads a build's test reports and keeps them; gives their ARNs. A report that cannot be read fails no build, but the
 * log says so, and what could be read is kept as INCOMPLETE.
 */
export function collectReports(around: {
  record: BuildRecord
  reports: ReportStore
  specs: readonly ReportSpec[]
  workspace: Workspace
  now: number
  say: (text: string) => void
}): string[] {
  const { record, reports, workspace, now, say } = around
  return around.specs.flatMap(spec => {
    say(`Preparing to copy ${spec.group} report`)
    const files = selectFiles(workspace, spec)
    say(`Expanding ${spec.files.join(', ')}: found ${files.length} file(s)`)
    if (files.length === 0) return []
    let complete = true
    const cases = files.flatMap((file): TestCase[] => {
      try {
        return readReport(spec.format, readFileSync(file.path, 'utf8'), file.name)
      } catch (error) {
        if (!(error instanceof ReportError)) throw error
        complete = false
        say(`Error processing report file ${file.name}: ${messageOf(error)}`)
        return []
      }
    })
    const groupArn = spec.group.startsWith('arn:')
      ? spec.group
      : reports.ensureGroup(record.account, record.region, `${record.project}-${spec.group}`, now)
    if (!reports.group(groupArn)) {
      say(`Error processing reports: report group ${groupArn} does not exist`)
      return []
    }
    const arn = `${groupArn.replace(':report-group/', ':report/')}:${randomUUID()}`
    const failed = cases.some(test => test.status === 'FAILED' || test.status === 'ERROR')
    const status = complete ? (failed ? 'FAILED' : 'SUCCEEDED') : 'INCOMPLETE'
    reports.addReport({ arn, groupArn, buildArn: record.arn, status, created: now }, cases)
    say(`Report ${arn}: ${cases.length} test case(s), ${status}`)
    return [arn]
  })
}
