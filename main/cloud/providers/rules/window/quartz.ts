/** The fields of Quartz's cron expressions, with the least and the greatest that each can have. */
const fields = [
  { name: 'seconds', least: 0, most: 59 },
  { name: 'minutes', least: 0, most: 59 },
  { name: 'hours', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12 },
  { name: 'day of week', least: 1, most: 7 },
  { name: 'year', least: 1970, most: 2099 },
] as const

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

/**
 * An expression in Quartz's dialect as croner reads it: `5/15` counts from 5, `FRI-MON` and `22-3` go round the end, and
 * `L` alone is a week's last day. Throws where the expression is none. Pure.
 */
export function quartzToCroner(expression: string): string {
  const parts = expression.trim().toUpperCase().split(/\s+/)
  if (parts.length !== 6 && parts.length !== 7) throw new Error(`it has ${parts.length} fields, not six or seven`)
  const [, , , dayOfMonth, , dayOfWeek] = parts
  const restricts = (day: string | undefined) => day !== '?' && day !== '*'
  if (restricts(dayOfMonth) && restricts(dayOfWeek)) {
    throw new Error('a day of month and a day of week cannot both be given: one of them must be ?')
  }
  return parts
    .map((part, index) =>
      part
        .split(',')
        .flatMap(entry => entryOf(entry, index))
        .join(','),
    )
    .join(' ')
}

function entryOf(entry: string, index: number): string[] {
  const field = fields[index]
  if (!field) return [entry]
  const { name, least, most } = field
  if (entry === '?' && name !== 'day of month' && name !== 'day of week') throw new Error(`? is no value for ${name}`)
  if (name === 'day of week' && entry === 'L') return [String(most)]
  const [range = '', step, ...rest] = entry.split('/')
  if (rest.length > 0) throw new Error(`${entry} is no value for ${name}`)
  const suffix = step === undefined ? '' : `/${step}`
  const [from, to, ...more] = range.split('-').map(bound => numberOf(bound, name))
  for (const bound of [from, to]) {
    if (typeof bound === 'number' && (bound < least || bound > most))
      throw new Error(`${bound} is no value for ${name}`)
  }
  if (typeof from !== 'number' || more.length > 0) return [entry]
  if (to === undefined) return [step === undefined ? entry : `${from}-${most}${suffix}`]
  if (typeof to !== 'number') return [entry]
  if (from <= to) return [`${from}-${to}${suffix}`]
  if (name === 'year') throw new Error(`the years ${range} go backwards`)
  return wrapped(from, to, least, most, step)
}

/** The values of a range that goes round the end of its field, each by itself. */
function wrapped(from: number, to: number, least: number, most: number, step = '1'): string[] {
  if (!/^[1-9]\d*$/.test(step)) throw new Error(`/${step} is no step`)
  const values: string[] = []
  for (let value = from; value <= to + most - least + 1; value += Number(step)) {
    values.push(String(value > most ? value - (most - least + 1) : value))
  }
  return values
}

/** A bound as a number, names of months and days too; the text itself where it is neither. */
function numberOf(bound: string, field: string): number | string {
  if (/^\d+$/.test(bound)) return Number(bound)
  const named = field === 'month' ? months.indexOf(bound) : field === 'day of week' ? days.indexOf(bound) : -1
  return named < 0 ? bound : named + 1
}
