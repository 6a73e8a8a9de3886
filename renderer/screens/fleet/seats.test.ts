import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSeats } from './seats.ts'

const lines = fc.uniqueArray(fc.nat(60), { maxLength: 30 }).map(some => some.toSorted((a, b) => a - b))
const from = (top: number) => [top, top + 1, top + 2, top + 3, top + 4]

test('a line that stays in sight keeps its element, and no two lines have the same', () => {
  fc.assert(
    fc.property(lines, lines, fc.boolean(), (first, second, still) => {
      const seats = createSeats()
      const before = new Map(seats(first, true).map(({ line, seat }) => [line, seat]))
      const drawn = seats(second, still)
      const after = new Map(drawn.map(({ line, seat }) => [line, seat]))
      expect(new Set(after.keys())).toEqual(new Set(second))
      expect(new Set(after.values()).size).toBe(second.length)
      const stayed = second.filter(line => before.has(line))
      expect(stayed.map(line => after.get(line))).toEqual(stayed.map(line => before.get(line)))
      expect(seats(second, still)).toEqual(drawn)
    }),
  )
})

test('when nothing scrolls the lines stand in their order', () => {
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 5 }), lines, (scrolled, last) => {
      const seats = createSeats()
      for (const each of scrolled) seats(each, false)
      expect(seats(last, true).map(({ line }) => line)).toEqual(last)
    }),
  )
})

test('scrolling makes no new element and moves none', () => {
  const seats = createSeats()
  const atFirst = seats(from(0), true).map(({ seat }) => seat)
  for (let top = 1; top < 100; top += 2) expect(seats(from(top), false).map(({ seat }) => seat)).toEqual(atFirst)
})
