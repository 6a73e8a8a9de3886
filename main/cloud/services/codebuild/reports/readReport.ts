import type { ReportFormat } from '../buildspec/model.ts'
import { readCucumber } from './cucumber.ts'
import { readJunit } from './junit.ts'
import { ReportError, type TestCase } from './testCase.ts'

/** Reads one file of a report. Throws {@link ReportError} where it cannot. */
export function readReport(format: ReportFormat, text: string, file: string): TestCase[] {
  switch (format) {
    case 'JUNITXML':
      return readJunit(text, file)
    case 'CUCUMBERJSON':
      return readCucumber(text, file)
    default:
      throw new ReportError(`the local cloud reads JUNITXML and CUCUMBERJSON, not ${format}`)
  }
}
