const formats = new Map<string, Intl.NumberFormat>()

/** `1,234.5`, with so many digits after the point. Formats are kept: `toLocaleString` took 0.15 ms, for each row. */
export function formatNumber(value: number, most = 3, least = 0): string {
  const key = `${least} to ${most}`
  const known = formats.get(key)
  if (known) return known.format(value)
  const made = new Intl.NumberFormat('en-GB', { minimumFractionDigits: least, maximumFractionDigits: most })
  formats.set(key, made)
  return made.format(value)
}
