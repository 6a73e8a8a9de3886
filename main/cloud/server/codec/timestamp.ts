import type { TimestampFormat } from '../model/shape.ts'

/** A date as the wire writes it: seconds for JSON, ISO 8601 for XML and query, RFC 7231 for headers. */
export function writeTimestamp(date: Date, format: TimestampFormat): string | number {
  switch (format) {
    case 'epoch-seconds':
      return date.getTime() / 1000
    case 'http-date':
      return date.toUTCString()
    case 'date-time':
      // AWS leaves out a zero fraction.
      return date.toISOString().replace('.000Z', 'Z')
  }
}

/** A date from whichever of the three forms, or undefined where it is none. */
export function readTimestamp(text: string): Date | undefined {
  const numeric = text.trim() !== '' && !Number.isNaN(Number(text))
  const date = new Date(numeric ? Number(text) * 1000 : text)
  return Number.isNaN(date.getTime()) ? undefined : date
}
