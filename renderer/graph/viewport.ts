import type { Box } from './layout.ts'
import { zoomRange } from './zoomLevel.ts'

export interface Size {
  width: number
  height: number
}

/** What React Flow calls a viewport: the world's origin on the screen, and the scale. */
export interface Viewport {
  x: number
  y: number
  zoom: number
}

const margin = { x: 16, y: 24 } as const

/** The whole graph in sight, never larger than life, and at the top left where it is smaller than the room. */
export function fitted(bounds: Box, room: Size): Viewport {
  const free = { width: Math.max(1, room.width - 2 * margin.x), height: Math.max(1, room.height - 2 * margin.y) }
  const zoom = Math.min(1, free.width / Math.max(1, bounds.width), free.height / Math.max(1, bounds.height))
  const clamped = Math.max(zoom, zoomRange.min)
  return { x: margin.x - bounds.x * clamped, y: margin.y - bounds.y * clamped, zoom: clamped }
}

/** The least movement that brings a box into sight; the same viewport where it is in sight already. */
export function revealing(box: Box, room: Size, view: Viewport): Viewport {
  const x = view.x + shift(view.x + box.x * view.zoom, box.width * view.zoom, room.width, margin.x)
  const y = view.y + shift(view.y + box.y * view.zoom, box.height * view.zoom, room.height, margin.y)
  return x === view.x && y === view.y ? view : { x, y, zoom: view.zoom }
}

function shift(start: number, length: number, room: number, margin: number): number {
  if (start < margin || length > room - 2 * margin) return start < margin || start > room - margin ? margin - start : 0
  return Math.min(0, room - margin - (start + length))
}

/** World pixels. */
export const dotsApart = 20

/** What stands out of the bounds: outlines, and lines that lead back to the next row. World pixels. */
const overhang = 2 * dotsApart

/**
 * The ground to paint: under the whole graph, and at least a room's size around the room. It stays the same until the
 * room leaves its own cell of a lattice of such rooms, and no dot moves when it changes.
 */
export function groundAround(bounds: Box, { width, height }: Size, { x, y, zoom }: Viewport): Box {
  const [left, right] = grown(bounds.x, bounds.width, Math.max(1, width), x, zoom)
  const [top, bottom] = grown(bounds.y, bounds.height, Math.max(1, height), y, zoom)
  return { x: left, y: top, width: right - left, height: bottom - top }
}

function grown(start: number, length: number, room: number, shifted: number, zoom: number): [number, number] {
  const cell = Math.floor(-shifted / room)
  const from = Math.min(start - overhang, ((cell - 1) * room) / zoom)
  const to = Math.max(start + length + overhang, ((cell + 3) * room) / zoom)
  return [Math.floor(from / dotsApart) * dotsApart, Math.ceil(to / dotsApart) * dotsApart]
}

/** The smallest box around all of them. */
export function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined
  const x = Math.min(...boxes.map(box => box.x))
  const y = Math.min(...boxes.map(box => box.y))
  return {
    x,
    y,
    width: Math.max(...boxes.map(box => box.x + box.width)) - x,
    height: Math.max(...boxes.map(box => box.y + box.height)) - y,
  }
}
