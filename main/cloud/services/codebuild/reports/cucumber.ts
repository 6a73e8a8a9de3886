import { z } from 'zod'
import { ReportError, type TestCase } from './testCase.ts'

const step = z.looseObject({
  name: z.string().optional(),
  result: z
    .looseObject({ status: z.string(), duration: z.number().optional(), error_message: z.string().optional() })
    .optional(),
})
const features = z.array(
  z.looseObject({
    name: z.string(),
    uri: z.string().optional(),
    elements: z
      .array(z.looseObject({ name: z.string(), type: z.string().optional(), steps: z.array(step).optional() }))
      .optional(),
  }),
)

/** Reads Cucumber JSON: a scenario is a case, and its worst step decides. */
export function readCucumber(text: string, file: string): TestCase[] {
  const read = features.safeParse(parseJson(text))
  if (!read.success) throw new ReportError('it is no list of features')
  return read.data.flatMap(feature =>
    (feature.elements ?? [])
      .filter(element => element.type !== 'background')
      .map(element => {
        const results = (element.steps ?? []).flatMap(({ result }) => (result ? [result] : []))
        const failed = results.find(result => result.status === 'failed')
        const passed = results.length > 0 && results.every(result => result.status === 'passed')
        return {
          name: element.name,
          prefix: feature.uri ?? '',
          suite: feature.name,
          status: failed ? ('FAILED' as const) : passed ? ('SUCCEEDED' as const) : ('SKIPPED' as const),
          durationInNanoSeconds: results.reduce((sum, result) => sum + (result.duration ?? 0), 0),
          message: failed?.error_message ?? '',
          rawDataPath: file,
        }
      }),
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ReportError('it is no JSON')
  }
}
