import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { typeScale, type ZoomLevel, zoomLevel, zoomRange } from './zoomLevel.ts'

const after = (...zooms: number[]) =>
  zooms.reduce<ZoomLevel | undefined>((level, zoom) => zoomLevel(zoom, level), undefined)

describe('the zoom level', () => {
  it('says more the nearer one comes', () => {
    expect([0.2, 1, 2].map(zoom => zoomLevel(zoom, undefined))).toEqual(['far', 'mid', 'near'])
  })

  it('does not flicker where a hand rests on a border', () => {
    expect(after(1, 0.57)).toBe('mid')
    expect(after(0.2, 0.57)).toBe('far')
    expect(after(2, 1.28)).toBe('near')
    expect(after(1, 1.28)).toBe('mid')
  })

  it('changes at most once however the zoom trembles around a border', () => {
    const tremble = fc.array(fc.double({ min: 0.57, max: 0.63, noNaN: true }), { minLength: 2, maxLength: 50 })
    fc.assert(
      fc.property(tremble, zooms => {
        const levels = zooms.map((_, i) => after(...zooms.slice(0, i + 1)))
        expect(levels.filter((level, i) => i > 0 && level !== levels[i - 1]).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('keeps type the same size on the screen', () => {
    fc.assert(
      fc.property(fc.double({ min: zoomRange.min, max: zoomRange.max, noNaN: true }), zoom => {
        expect(11 * typeScale(zoom) * zoom).toBeCloseTo(11)
      }),
    )
  })
})
