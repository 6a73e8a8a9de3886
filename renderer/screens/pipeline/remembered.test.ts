import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clampInspector, inspectorLimits, readRemembered } from './remembered.ts'

describe('what the pipeline screen remembers', () => {
  it('is read back as it was kept', () => {
    const kept = { twin: 'table' as const, timeline: false, inspectorWidth: 512, inspector: false, wrapLog: true }
    expect(readRemembered(JSON.stringify(kept))).toEqual(kept)
  })

  it('is as at first where what was kept makes no sense', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        const { inspectorWidth } = readRemembered(text)
        expect(inspectorWidth).toBeGreaterThanOrEqual(inspectorLimits.least)
        expect(inspectorWidth).toBeLessThanOrEqual(inspectorLimits.most)
      }),
    )
    expect(readRemembered(null)).toMatchObject({ twin: 'graph', timeline: true })
  })

  it('keeps the inspector between its limits', () => {
    expect(clampInspector(12)).toBe(inspectorLimits.least)
    expect(clampInspector(5000)).toBe(inspectorLimits.most)
  })
})
