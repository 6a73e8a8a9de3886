import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidWindow, nextWindow } from './nextWindow.ts'

const at = (text: string) => Date.parse(text)
/** Monday. */
const monday = at('2026-11-23T08:30:00Z')
const opens = (cron: string, zone?: string, from = monday) => {
  const found = nextWindow(cron, zone, from)
  return found === undefined ? undefined : new Date(found).toISOString().replace('.000', '')
}

describe('a deployment window', () => {
  it.each([
    ['0 0 9 ? * MON-FRI', '2026-11-23T09:00:00Z'],
    ['0 0 9 ? * 2-6', '2026-11-23T09:00:00Z'],
    ['0 0 9 ? * 1', '2026-11-29T09:00:00Z'],
    ['0 0 9 ? * 7', '2026-11-28T09:00:00Z'],
    ['0 0 9 ? * L', '2026-11-28T09:00:00Z'],
    ['0 0 9 ? * FRI-MON', '2026-11-23T09:00:00Z'],
    ['0 0 9 ? * 6L', '2026-11-27T09:00:00Z'],
    ['0 0 9 ? * FRI#3', '2026-12-18T09:00:00Z'],
    ['0 0 9 L * ?', '2026-11-30T09:00:00Z'],
    ['0 0 9 LW 1 ? 2027', '2027-01-29T09:00:00Z'],
    ['0 0 9 15W 8 ?', '2027-08-16T09:00:00Z'],
    ['0 0 9 1,15 JAN-MAR ?', '2027-01-01T09:00:00Z'],
    ['0 5/15 * * * ?', '2026-11-23T08:35:00Z'],
    ['0 0 22-3 * * ?', '2026-11-23T22:00:00Z'],
    ['0 0 22-3/2 * * ?', '2026-11-23T22:00:00Z'],
    ['* * 8-17 ? * MON-FRI *', '2026-11-23T08:30:00Z'],
    ['0 0 0 29 FEB ?', '2028-02-29T00:00:00Z'],
    ['0 0 9 * * ? 2026-2028', '2026-11-23T09:00:00Z'],
  ])('%s opens at %s', (cron, expected) => expect(opens(cron)).toBe(expected))

  it.each([
    ['Europe/Berlin', '2026-11-23T11:00:00Z'],
    ['America/Los_Angeles', '2026-11-23T20:00:00Z'],
    ['UTC+05:30', '2026-11-24T06:30:00Z'],
    ['UTC-03:00', '2026-11-23T15:00:00Z'],
    ['UTC', '2026-11-23T12:00:00Z'],
    ['CET', '2026-11-23T11:00:00Z'],
    ['EST', '2026-11-23T17:00:00Z'],
    ['JST', '2026-11-24T03:00:00Z'],
    [undefined, '2026-11-23T12:00:00Z'],
  ])('of noon in %s opens at %s', (zone, expected) => expect(opens('0 0 12 * * ?', zone)).toBe(expected))

  it('follows a zone through the change of its clocks', () => {
    const evening = at('2027-03-27T20:00:00Z')
    expect(opens('0 0 9 * * ?', 'Europe/Berlin', evening)).toBe('2027-03-28T07:00:00Z')
    expect(opens('0 0 9 * * ?', 'Europe/Berlin', at('2027-03-26T20:00:00Z'))).toBe('2027-03-27T08:00:00Z')
  })

  it('is open for the whole second that it names', () => {
    const second = at('2026-11-23T09:00:00Z')
    expect(nextWindow('0 0 9 * * ?', undefined, second + 999)).toBe(second)
    expect(nextWindow('0 0 9 * * ?', undefined, second + 1000)).toBe(second + 86_400_000)
  })

  it('never opens again in a year that is over, or on a day that never comes', () => {
    expect(opens('* * * * * ? 2020')).toBeUndefined()
    expect(opens('0 0 9 30 2 ?')).toBeUndefined()
  })

  it.each([
    ['0 9 * * *', undefined],
    ['0 0 9 1 * MON', undefined],
    ['? 0 9 * * ?', undefined],
    ['0 0 25 * * ?', undefined],
    ['0 0 9 ? * 0', undefined],
    ['0 0 9 ? * 8', undefined],
    ['0 0 9 ? * NOW', undefined],
    ['0 0/0 9 * * ?', undefined],
    ['0 0 9 * * ? 2028-2026', undefined],
    ['@daily', undefined],
    ['', undefined],
    ['0 0 9 * * ?', 'Mars/Olympus'],
    ['0 0 9 * * ?', 'UTC+25:00'],
    ['0 0 9 * * ?', ''],
  ])('%j in the zone %j is none', (cron, zone) => {
    expect(() => nextWindow(cron, zone, monday)).toThrow(InvalidWindow)
  })
})

describe('of any window of seconds, minutes, hours and weekdays', () => {
  const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
  const range = (most: number) => fc.tuple(fc.nat(most), fc.nat(most))
  const within = (value: number, [from, to]: [number, number]) =>
    from <= to ? value >= from && value <= to : value >= from || value <= to
  const window = fc.record({ minutes: range(59), hours: range(23), weekdays: range(6), numbered: fc.boolean() })
  const moment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') })
  const text = ({ minutes, hours, weekdays, numbered }: typeof window extends fc.Arbitrary<infer T> ? T : never) => {
    const day = (index: number) => (numbered ? String(index + 1) : days[index])
    return `* ${minutes.join('-')} ${hours.join('-')} ? * ${weekdays.map(day).join('-')}`
  }

  it('the answer is in the window, not before what was asked for, and nothing sooner is in it', () => {
    fc.assert(
      fc.property(window, moment, (shape, from) => {
        const isOpen = (instant: number) => {
          const date = new Date(instant)
          return (
            within(date.getUTCMinutes(), shape.minutes) &&
            within(date.getUTCHours(), shape.hours) &&
            within(date.getUTCDay(), shape.weekdays)
          )
        }
        const found = nextWindow(text(shape), undefined, from) ?? Number.NaN
        const second = Math.floor(from / 1000) * 1000
        expect(found).toBeGreaterThanOrEqual(second)
        expect(isOpen(found)).toBe(true)
        // It opens with a minute: every whole minute in between is enough to look at.
        for (let minute = Math.ceil(second / 60_000) * 60_000; minute < found; minute += 60_000) {
          if (isOpen(minute)) throw new Error(`${text(shape)} is open at ${new Date(minute).toISOString()} already`)
        }
        expect(found === second).toBe(isOpen(second))
      }),
      { numRuns: 500 },
    )
  })

  it('a fixed offset moves it by as much', () => {
    fc.assert(
      fc.property(window, moment, fc.integer({ min: -12, max: 14 }), (shape, from, hours) => {
        const zone = `UTC${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`
        const here = nextWindow(text(shape), undefined, from + hours * 3_600_000) ?? Number.NaN
        expect(nextWindow(text(shape), zone, from)).toBe(here - hours * 3_600_000)
      }),
      { numRuns: 200 },
    )
  })
})
