import { z } from 'zod'

export const testStatuses = ['SUCCEEDED', 'FAILED', 'ERROR', 'SKIPPED', 'UNKNOWN'] as const

/** One test of a report, as DescribeTestCases tells it. */
export const testCase = z.object({
  name: z.string(),
  /** What groups it: a class, a file. */
  prefix: z.string(),
  suite: z.string(),
  status: z.enum(testStatuses),
  durationInNanoSeconds: z.number(),
  message: z.string(),
  /** The file that it was read from. */
  rawDataPath: z.string(),
})
export type TestCase = z.infer<typeof testCase>

/** A report file that cannot be read. */
export class ReportError extends Error {
  override name = 'ReportError'
}

/** Seconds, as most formats write durations, in whole nanoseconds. */
export function nanoSeconds(seconds: string | number | undefined): number {
  const value = Number(String(seconds ?? 0).replaceAll(',', ''))
  return Number.isFinite(value) ? Math.round(value * 1e9) : 0
}
