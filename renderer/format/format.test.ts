import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAge, formatDifference, formatDuration, spokenDuration } from './duration.ts'
import { count, lastFour, shortId } from './ids.ts'
import { formatInstant, formatTime, zoneOf } from './instant.ts'

const s = 1000
const min = 60 * s
const h = 60 * min
const d = 24 * h

describe('durations', () => {
  it('are minutes and seconds, hours from an hour on, days from a day on', () => {
    expect([0, 6 * s, 6 * min + 12 * s, h + 2 * min + 3 * s, 2 * d + 3 * h].map(formatDuration)).toEqual([
      '0:00',
      '0:06',
      '6:12',
      '1:02:03',
      '2 d 3 h',
    ])
    expect(formatDuration(undefined)).toBe('—')
  })

  it('are tenths below a second: something did take time', () => {
    expect([1, 450, 999].map(formatDuration)).toEqual(['0.1 s', '0.4 s', '0.9 s'])
  })

  it('are read out with units', () => {
    expect([450, 6 * s, 6 * min + 12 * s, d + h].map(spokenDuration)).toEqual([
      '450 ms',
      '6 s',
      '6 min 12 s',
      '1 d 1 h',
    ])
  })

  it('are read back from what is shown, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: d - 1 }), ms => {
        const seconds = formatDuration(ms)
          .replace(' s', '')
          .split(':')
          .reduce((total, part) => total * 60 + Number(part), 0)
        expect(Math.floor(seconds)).toBe(Math.floor(ms / 1000))
      }),
    )
  })

  it('have a sign as differences', () => {
    expect([100 * s, -20 * s, 400, undefined].map(formatDifference)).toEqual(['+1:40', '−0:20', '±0:00', '—'])
  })
})

describe('ages', () => {
  it('have one unit that grows', () => {
    expect([2 * s, 42 * s, 4 * min, 2 * h, 47 * h, 3 * d, 150 * d, 800 * d].map(formatAge)).toEqual([
      'now',
      '42 s',
      '4 min',
      '2 h',
      '47 h',
      '3 d',
      '5 mo',
      '2 y',
    ])
  })

  it('are now for a clock that is a little behind', () => {
    expect(formatAge(-3 * s)).toBe('now')
  })
})

describe('instants', () => {
  const at = '2026-11-22T14:02:07.000Z'

  it('always say their zone', () => {
    expect(formatInstant(at, 'UTC')).toBe('2026-11-22 14:02:07 UTC')
    expect(formatTime(at, 'UTC')).toBe('14:02:07 UTC')
    expect(formatInstant(at, 'Europe/Berlin')).toMatch(/^2026-11-22 15:02:07 (CET|GMT\+1)$/)
    expect(formatInstant(at, 'America/New_York')).toMatch(/^2026-11-22 09:02:07 (EST|GMT-5)$/)
  })

  it('are a dash when they are none', () => {
    expect(formatTime('yesterday', 'UTC')).toBe('—')
  })

  it('follow the setting', () => {
    expect(zoneOf('utc')).toBe('UTC')
    expect(zoneOf('local')).not.toBe('')
  })
})

describe('ids and counts', () => {
  it('are cut where they are long and hexadecimal', () => {
    expect(shortId('9f1c2ab0d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8')).toBe('9f1c2ab')
    expect(shortId('4b77e01a-0000-4000-8000-000000000001')).toBe('4b77e01a')
    expect(shortId('v1.4.2')).toBe('v1.4.2')
    expect(shortId('jZIIAOLqR3kVbTz1mX0cYw9eN5uP7aGd')).toBe('jZIIAOL…')
    expect(lastFour('111122223333')).toBe('…3333')
    expect([count(1, 'pipeline'), count(1214, 'pipeline'), count(2, 'entry', 'entries')]).toEqual([
      '1 pipeline',
      '1,214 pipelines',
      '2 entries',
    ])
  })
})
