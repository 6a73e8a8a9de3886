import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AwsError } from '../../../server/awsError.ts'
import { evaluateExpression, shownSeries } from './evaluateExpression.ts'
import { parseExpression } from './parseExpression.ts'
import type { Series, Value } from './values.ts'

const minute = 60_000
/** Five minutes of a metric, a value each; `undefined` where there is none. */
const series = (label: string, ...values: (number | undefined)[]): Series => ({
  label,
  period: minute,
  points: new Map(values.flatMap((value, index) => (value === undefined ? [] : [[index * minute, value]]))),
})
const metrics = [
  series('m1', 1, 2, 3, undefined, 5),
  series('m2', 2, 4, undefined, 8, 0),
  series('errors', undefined, 10, undefined, 40, undefined),
]
const evaluated = (text: string): Value =>
  evaluateExpression(parseExpression(text), {
    text,
    since: 0,
    until: 5 * minute,
    metrics,
    valueOf(id) {
      const found = metrics.find(({ label }) => label === id)
      return found && { kind: 'series', series: found }
    },
  })
/** The values by minute, `_` where there is none. */
const shown = (text: string) =>
  shownSeries(evaluated(text), text).map(({ points }) =>
    Array.from({ length: 5 }, (_, index) => points.get(index * minute) ?? '_').join(' '),
  )

describe('metric math', () => {
  it.each([
    ['m1', '1 2 3 _ 5'],
    ['m1 * 100', '100 200 300 _ 500'],
    ['m1 / m2 * 100', '50 50 _ _ _'],
    ['m2 - m1', '1 2 _ _ -5'],
    ['2 + m1 * 3', '5 8 11 _ 17'],
    ['(2 + m1) * 3', '9 12 15 _ 21'],
    ['-m1', '-1 -2 -3 _ -5'],
    ['-m1 ^ 2', '-1 -4 -9 _ -25'],
    ['m1 - -1', '2 3 4 _ 6'],
    ['10 - m1 - 1', '8 7 6 _ 4'],
    ['m1 > 2', '0 0 1 _ 1'],
    ['m1 >= 2 AND m1 < 5', '0 1 1 _ 0'],
    ['m1 == 1 || m1 == 5', '1 0 0 _ 1'],
    ['FILL(m1, 0)', '1 2 3 0 5'],
    ['FILL(m1, REPEAT)', '1 2 3 3 5'],
    ['FILL(errors, REPEAT)', '_ 10 10 40 40'],
    ['FILL(errors, "LINEAR")', '_ 10 25 40 40'],
    ['SUM([m1, m2])', '3 6 3 8 5'],
    ['SUM(METRICS())', '3 16 3 48 5'],
    ['AVG(METRICS("m"))', '1.5 3 3 8 2.5'],
    ['MAX([m1, m2])', '2 4 3 8 5'],
    ['MIN([m1, m2])', '1 2 3 8 0'],
    ['m1 - MIN(m1)', '0 1 2 _ 4'],
    ['m1 / SUM(m1) * 11', '1 2 3 _ 5'],
    ['m2 * PERIOD(m2)', '120 240 _ 480 0'],
    ['IF(m1 > 2, m1, 0)', '0 0 3 _ 5'],
    ['IF(m1 > 2, m2)', '_ _ _ _ 0'],
    ['IF(FILL(m1, 0) == 0, FILL(m2, 0), 1)', '1 1 1 8 1'],
    ['ABS(m1 - 3)', '2 1 0 _ 2'],
    ['ceil(m1 / 2)', '1 1 2 _ 3'],
    ['m1 + DATAPOINT_COUNT(m1)', '5 6 7 _ 9'],
  ])('works out %s', (text, values) => {
    expect(shown(text)).toEqual([values])
  })

  it('goes through several series one by one', () => {
    expect(shown('[m1, m2] * 10')).toEqual(['10 20 30 _ 50', '20 40 _ 80 0'])
    expect(shown('FILL(METRICS("m"), 0) - 1')).toEqual(['0 1 2 -1 4', '1 3 -1 7 -1'])
  })

  it.each([
    ['m1 +', 'it ends too early.'],
    ['m1 m2', "'m2' is not expected there."],
    ['(m1', "')' expected, not the end."],
    ['m1 # 2', "'#' is not expected there."],
    ['m9 / 2', 'there is no metric or expression m9.'],
    ['SUM(m1)', 'it must come to a time series, and not to a single value.'],
    ['[m1] + [m2]', 'two lists of time series cannot be combined.'],
    ['FILL(m1, NEXT)', 'there is no metric or expression NEXT.'],
    ['FILL(m1, m2)', 'FILL takes a number, REPEAT or LINEAR.'],
    ['SEARCH("x", "Sum")', 'the local cloud does not offer the function SEARCH.'],
    ['SELECT AVG(x) FROM y', 'the local cloud has no Metrics Insights.'],
    ['constructor(m1)', 'the local cloud does not offer the function CONSTRUCTOR.'],
    ['[1]', 'only time series can stand in brackets.'],
  ])('refuses %s, with the reason', (text, why) => {
    expect(() => shown(text)).toThrow(`Error in expression '${text}': ${why}`)
  })

  it('gives a value or a refusal for whatever is written, and never another failure', () => {
    const words = fc.constantFrom(
      'm1',
      'm2',
      '(',
      ')',
      '[',
      ']',
      ',',
      '+',
      '-',
      '/',
      '^',
      'SUM',
      'FILL',
      'IF',
      '0',
      '1.5',
      '"a"',
      'AND',
    )
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), found => {
        try {
          expect(shown(found.join(' '))).toBeInstanceOf(Array)
        } catch (error) {
          if (!(error instanceof AwsError)) throw error
        }
      }),
      { numRuns: 3_000 },
    )
  })
})
