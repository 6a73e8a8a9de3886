import type { FleetProblem } from '../../../preload/contract/pipelines.ts'
import type { Settings } from '../../../preload/contract/settings.ts'
import type { Arrangement } from './order/arrange.ts'

export type Density = Settings['density']

/** Heights in px. */
const rowHeight: Readonly<Record<Density, number>> = { tiles: 56, rows: 36, lines: 24 }
const groupHeight = 28
const problemHeight = 36
/** Between tiles, and below each line of them. */
const tileGap = 8
const tileWidth = 300

/** One line of the virtual list. */
export type Line =
  | { kind: 'problem'; key: string; height: number; problem: FleetProblem }
  | { kind: 'group'; key: string; height: number; title: string; size: number }
  | { kind: 'rows'; key: string; height: number; ids: readonly string[] }

/** How many tiles stand side by side; one row otherwise. */
export const perLine = (density: Density, width: number): number =>
  density === 'tiles' ? Math.max(1, Math.floor((width + tileGap) / (tileWidth + tileGap))) : 1

/** What the list shows, line by line: what could not be listed first, then the groups. */
export function linesOf(
  arrangement: Arrangement,
  problems: readonly FleetProblem[],
  density: Density,
  columns: number,
): Line[] {
  const gap = density === 'tiles' ? tileGap : 0
  const height = rowHeight[density] + gap
  return [
    ...problems.map(
      (problem): Line => ({
        kind: 'problem',
        key: `problem ${problem.account} ${problem.region}`,
        height: problemHeight,
        problem,
      }),
    ),
    ...arrangement.flatMap(({ id, title, ids }): Line[] => [
      ...(title === ''
        ? []
        : [{ kind: 'group', key: `group ${id}`, height: groupHeight + gap, title, size: ids.length } as const]),
      ...Array.from({ length: Math.ceil(ids.length / columns) }, (_, line): Line => {
        const own = ids.slice(line * columns, (line + 1) * columns)
        return { kind: 'rows', key: own[0] ?? `${id} ${line}`, height, ids: own }
      }),
    ]),
  ]
}

/** The line on which a row stands. */
export const lineOf = (lines: readonly Line[], id: string): number =>
  lines.findIndex(line => line.kind === 'rows' && line.ids.includes(id))

/** Where a step leads from a row; from nowhere, to the first or the last. */
export function step(order: readonly string[], from: string | undefined, by: number): string | undefined {
  const at = from === undefined ? -1 : order.indexOf(from)
  if (at < 0) return by > 0 ? order[0] : order.at(-1)
  return order[Math.min(order.length - 1, Math.max(0, at + by))]
}
