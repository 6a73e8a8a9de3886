/**
 * The one text of a JSON value: RFC 8785 (JSON Canonicalization Scheme). Members sorted by their UTF-16 code units, no
 * white space, numbers and strings as ECMAScript writes them. Members that are `undefined` are none.
 *
 * @throws TypeError for what JSON can't say.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(item => canonical(item ?? null)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`)
    return `{${members.join(',')}}`
  }
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined || (typeof value === 'number' && !Number.isFinite(value)))
    throw new TypeError(`Not a JSON value: ${String(value)}`)
  return text
}
