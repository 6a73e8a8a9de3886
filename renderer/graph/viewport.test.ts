import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { around, fitted, revealing } from './viewport.ts'

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
})
