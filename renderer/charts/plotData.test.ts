import { describe, expect, it } from 'vitest'
import { csvOfPlot, inWords, isEmpty, largest, type PlotData, plotRows } from './plotData.ts'

const data: PlotData = {
  times: ['2026-11-02T00:00:00.000Z', '2026-11-09T00:00:00.000Z'],
  series: [
    { id: 'p50', name: 'Median', color: '--running', values: [90, undefined] },
    { id: 'p90', name: '90 %, "slow"', color: '--running', look: 'dashed', values: [200, 250] },
  ],
}

describe('what a plot shows', () => {
  it('is a row for each time, with nothing where nothing is known', () => {
    expect(plotRows(data)).toEqual([
      { time: '2026-11-02T00:00:00.000Z', p50: 90, p90: 200 },
      { time: '2026-11-09T00:00:00.000Z', p50: undefined, p90: 250 },
    ])
  })

  it('is exported as CSV with its unit and its zone, names quoted where they must be', () => {
    expect(csvOfPlot(data, 's')).toBe(
      'time (UTC),Median (s),"90 %, ""slow"" (s)"\r\n2026-11-02T00:00:00.000Z,90,200\r\n2026-11-09T00:00:00.000Z,,250\r\n',
    )
  })

  it('reaches as high as its highest line, or its highest pile of bars', () => {
    expect(largest(data, 'lines')).toBe(250)
    expect(largest(data, 'bars')).toBe(290)
  })

  it('is told in words to whoever does not see it', () => {
    expect(inWords(data, value => `${value} s`)).toBe(
      'Median: at most 90 s (2 Nov), last 90 s (2 Nov). 90 %, "slow": at most 250 s (9 Nov), last 250 s (9 Nov).',
    )
  })

  it('is empty when no series has a value, or none but zeros', () => {
    expect(
      isEmpty({ times: data.times, series: [{ id: 'x', name: 'X', color: '--ok', values: [0, undefined] }] }),
    ).toBe(true)
    expect(isEmpty(data)).toBe(false)
    expect(isEmpty({ times: data.times, series: [{ id: 'x', name: 'X', color: '--ok', values: [undefined] }] })).toBe(
      true,
    )
  })
})
