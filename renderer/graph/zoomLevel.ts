/** How much a box says. far: the stage, its worst state, count and duration. mid: actions. near: their detail too. */
export type ZoomLevel = 'far' | 'mid' | 'near'

export const zoomRange = { min: 0.06, max: 2.4 } as const

/** Two thresholds for each border, apart from one another: a hand that rests on one makes nothing flicker. */
const border = { mid: { in: 0.6, out: 0.54 }, near: { in: 1.35, out: 1.22 } } as const

export function zoomLevel(zoom: number, before: ZoomLevel | undefined): ZoomLevel {
  const nearFrom = before === 'near' ? border.near.out : border.near.in
  const midFrom = before === undefined || before === 'far' ? border.mid.in : border.mid.out
  if (zoom >= nearFrom) return 'near'
  return zoom >= midFrom ? 'mid' : 'far'
}

/** Boxes scale with the zoom, type does not: it keeps its size on the screen, so no text falls below 11 px. */
export const typeScale = (zoom: number): number => 1 / Math.min(Math.max(zoom, zoomRange.min), zoomRange.max)

/** Below this a lane is too small on the screen for its name: the glyph alone stays. */
export const namesFrom = 0.2

/** How many lines of type a box of this world height has room for. */
export function linesIn(height: number, zoom: number): number {
  return Math.max(1, Math.floor((height * zoom - 8) / 16))
}
