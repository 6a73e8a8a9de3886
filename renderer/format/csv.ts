/** A cell of a table as a spreadsheet wants it. */
export type Plain = string | number | undefined

/** RFC 4180. A text that a spreadsheet would take for a formula is told to be text. */
function cell(value: Plain): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value ?? ''}`
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A header and a line for each row. */
export const csvOf = (header: readonly string[], lines: readonly (readonly Plain[])[]): string =>
  [header, ...lines].map(line => `${line.map(cell).join(',')}\r\n`).join('')
