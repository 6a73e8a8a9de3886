import type { z } from 'zod'
import type { Row } from './database.ts'

/**
 * The values of a `json` column. One that does not fit its schema (an older desk wrote it) is left out: all of these
 * tables can be asked of AWS again.
 */
export function fitting<T extends z.ZodType>(rows: readonly Row[], schema: T): z.output<T>[] {
  return rows.flatMap(row => {
    const value = fittingOne(row, schema)
    return value === undefined ? [] : [value]
  })
}

/** As {@link fitting}, for one row or none. */
export function fittingOne<T extends z.ZodType>(row: Row | undefined, schema: T): z.output<T> | undefined {
  if (typeof row?.json !== 'string') return undefined
  const parsed = schema.safeParse(parseJson(row.json))
  return parsed.success ? parsed.data : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
