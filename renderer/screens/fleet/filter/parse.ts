import type { State } from '../../../../preload/contract/base.ts'

/** What can be asked of a row by key; anything else is looked for in its words. */
export const filterKeys = ['acct', 'state', 'stage', 'by', 'commit', 'region'] as const
export type FilterKey = (typeof filterKeys)[number]

/** One term: every term must hold. Of a term's values one is enough; `*` in a value stands for anything. */
export interface Term {
  /** Absent: plain text, looked for in the pipeline's name, account, change and author. */
  key?: FilterKey
  values: readonly string[]
  negated: boolean
}

/** What can't be understood, where, and what would be. The rest of the filter still holds. */
export interface FilterProblem {
  /** Position in the text. */
  at: number
  length: number
  message: string
}

export interface Filter {
  terms: readonly Term[]
  problems: readonly FilterProblem[]
}

const stateAliases: Readonly<Record<string, State>> = {
  succeeded: 'succeeded',
  ok: 'succeeded',
  failed: 'failed',
  running: 'running',
  waiting: 'waiting',
  stopped: 'stopped',
  superseded: 'superseded',
  cancelled: 'cancelled',
  skipped: 'skipped',
  notrun: 'notRun',
  stale: 'stale',
}

/** A state as a person may write it: any case, `not-run`, `ok`. */
export const stateOf = (text: string): State | undefined => stateAliases[text.toLowerCase().replaceAll('-', '')]

const isKey = (text: string): text is FilterKey => filterKeys.some(key => key === text)

/** The key that was probably meant: the first that begins alike. */
function meant(text: string): FilterKey | undefined {
  const aliases: Readonly<Record<string, FilterKey>> = {
    account: 'acct',
    status: 'state',
    author: 'by',
    user: 'by',
    sha: 'commit',
    revision: 'commit',
  }
  return aliases[text] ?? filterKeys.find(key => text !== '' && (key.startsWith(text) || text.startsWith(key)))
}

interface Word {
  at: number
  length: number
  negated: boolean
  key: string | undefined
  values: string[]
}

/** Cuts the text into words: `!key:"a b",c`. A quote that is not closed yet reaches to the end. */
function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at++
      continue
    }
    const start = at
    let negated = false
    let key: string | undefined
    const values: string[] = []
    let value = ''
    let quoted = false
    if (text[at] === '!') {
      negated = true
      at++
    }
    while (at < text.length && !/\s/.test(text.charAt(at))) {
      const char = text.charAt(at)
      if (char === '"') {
        quoted = true
        for (at++; at < text.length && text[at] !== '"'; at++) {
          if (text[at] === '\\' && at + 1 < text.length) at++
          value += text.charAt(at)
        }
      } else if (char === ':' && key === undefined && !quoted && values.length === 0) {
        key = value
        value = ''
        // `state:!failed` is written as often as `!state:failed`.
        if (text[at + 1] === '!') {
          negated = !negated
          at++
        }
      } else if (char === ',' && key !== undefined) {
        values.push(value)
        value = ''
        quoted = false
      } else value += char
      at++
    }
    values.push(value)
    words.push({ at: start, length: at - start, negated, key, values: values.filter(one => one !== '') })
  }
  return words
}

/**
 * Reads the filter bar's text. A key without a value yet (`acct:`) asks for nothing, so that nothing flickers while
 * one types.
 */
export function parseFilter(text: string): Filter {
  const terms: Term[] = []
  const problems: FilterProblem[] = []
  for (const { at, length, negated, key, values } of wordsOf(text)) {
    if (key === undefined) {
      if (values.length > 0) terms.push({ values, negated })
      continue
    }
    const lower = key.toLowerCase()
    if (!isKey(lower)) {
      const guess = meant(lower)
      const hint = guess === undefined ? `Known are ${filterKeys.join(', ')}.` : `Did you mean “${guess}:”?`
      problems.push({
        at,
        length,
        message: `There is no key “${key}:”. ${hint} To look for the text itself, put it in quotes.`,
      })
      continue
    }
    const strange = lower === 'state' ? values.filter(value => !value.includes('*') && !stateOf(value)) : []
    if (strange.length > 0) {
      const states = [...new Set(Object.values(stateAliases))].join(', ')
      problems.push({ at, length, message: `There is no state “${strange.join(', ')}”. States are ${states}.` })
    }
    const kept = values.filter(value => !strange.includes(value))
    if (kept.length > 0) terms.push({ key: lower, values: kept, negated })
  }
  return { terms, problems }
}

const quote = (value: string, key: boolean) =>
  /[\s":!\\]/.test(value) || (key && value.includes(',')) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value

/** The text that `parseFilter` reads as these terms. */
export function printFilter(terms: readonly Term[]): string {
  return terms
    .map(({ key, values, negated }) => {
      const list = values.map(value => quote(value, key !== undefined)).join(',')
      return `${negated ? '!' : ''}${key === undefined ? '' : `${key}:`}${list}`
    })
    .join(' ')
}

const lowered = (values: readonly string[]) => values.map(value => value.toLowerCase())

/** Whether the filter asks for exactly this one value of this key (whatever else it asks). */
export function asksFor(text: string, key: FilterKey, value: string): boolean {
  const term = parseFilter(text).terms.find(term => term.key === key && !term.negated)
  return term !== undefined && lowered(term.values).join() === value.toLowerCase()
}

/** The text with this value asked for, instead of others of its key; or without it, if it was asked for. */
export function toggleValue(text: string, key: FilterKey, value: string): string {
  const { terms } = parseFilter(text)
  const others = terms.filter(term => term.key !== key || term.negated)
  return printFilter(asksFor(text, key, value) ? others : [{ key, values: [value], negated: false }, ...others])
}
