const formats = new Map<number, Intl.NumberFormat>()

/** `1,234.5`, with so many digits after the point at most. One format for all: to make one costs as much as to draw a row. */
export function formatNumber(value: number, digits = 3): string {
  const known = formats.get(digits)
  if (known) return known.format(value)
  const made = new Intl.NumberFormat('en-GB', { maximumFractionDigits: digits })
  formats.set(digits, made)
  return made.format(value)
}
