import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { around, dotsApart, fitted, groundAround, revealing } from './viewport.ts'

const room = { width: 1000, height: 500 }
const box = fc.record({
  x: fc.integer({ min: -5000, max: 5000 }),
  y: fc.integer({ min: -5000, max: 5000 }),
  width: fc.integer({ min: 1, max: 400 }),
  height: fc.integer({ min: 1, max: 200 }),
})

describe('the viewport', () => {
  it('fits any graph into the room, up to the smallest zoom, and never blows a small one up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 3000 }), (width, height) => {
        const view = fitted({ x: 0, y: 0, width, height }, room)
        expect(view.zoom).toBeLessThanOrEqual(1)
        expect(view.x + width * view.zoom).toBeLessThanOrEqual(room.width)
        expect(view.y + height * view.zoom).toBeLessThanOrEqual(room.height)
      }),
    )
  })

  it('brings a box into sight', () => {
    fc.assert(
      fc.property(box, target => {
        const view = revealing(target, room, { x: 0, y: 0, zoom: 1 })
        expect(view.x + target.x).toBeGreaterThanOrEqual(0)
        expect(view.y + target.y).toBeGreaterThanOrEqual(0)
        expect(view.x + target.x + target.width).toBeLessThanOrEqual(room.width)
        expect(view.y + target.y + target.height).toBeLessThanOrEqual(room.height)
      }),
    )
  })

  it('does not move for what is in sight already', () => {
    const view = { x: 10, y: 10, zoom: 1 }
    expect(revealing({ x: 100, y: 100, width: 150, height: 60 }, room, view)).toBe(view)
  })

  it('frames several boxes as one', () => {
    expect(
      around([
        { x: 0, y: 10, width: 5, height: 5 },
        { x: 20, y: 0, width: 5, height: 5 },
      ]),
    ).toEqual({ x: 0, y: 0, width: 25, height: 15 })
    expect(around([])).toBeUndefined()
  })

  it('has ground under the whole graph and a room’s size around what is in sight, with every dot in its place', () => {
    const view = fc.record({
      x: fc.integer({ min: -9000, max: 9000 }),
      y: fc.integer({ min: -9000, max: 9000 }),
      zoom: fc.double({ min: 0.06, max: 2.4, noNaN: true }),
    })
    fc.assert(
      fc.property(box, view, (bounds, { x, y, zoom }) => {
        const ground = groundAround(bounds, room, { x, y, zoom })
        const seen = { x: -x / zoom, y: -y / zoom, width: room.width / zoom, height: room.height / zoom }
        const needed = around([bounds, { ...seen, x: seen.x - seen.width, width: 3 * seen.width }])
        expect(around([ground, needed ?? ground])).toEqual(ground)
        expect([ground.x % dotsApart, ground.y % dotsApart].map(Math.abs)).toEqual([0, 0])
      }),
    )
  })

  it('keeps the same ground over a small move', () => {
    const bounds = { x: 0, y: 0, width: 3000, height: 900 }
    const at = (x: number) => groundAround(bounds, room, { x, y: -20, zoom: 1 })
    expect(at(-300)).toEqual(at(-10))
  })
})
