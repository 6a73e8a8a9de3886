import type { PipelineRow } from '../../../../preload/contract/pipelines.ts'
import { stateRank, stateWord } from '../../../components/state.ts'
import { rowId } from '../../../stores/fleet.ts'
import { type Sort, sorted } from './columns.ts'

export type Grouping = 'none' | 'account' | 'state'

export interface Group {
  id: string
  title: string
  ids: readonly string[]
}

/** Groups in their order, each with its rows in theirs. Without grouping there is one, without a title. */
export type Arrangement = readonly Group[]

/** What stands where: filtered, grouped, sorted. */
export function arrange(
  rows: Iterable<PipelineRow>,
  wanted: (row: PipelineRow) => boolean,
  sort: Sort,
  grouping: Grouping,
): Arrangement {
  const ordered = sorted([...rows].filter(wanted), sort)
  switch (grouping) {
    case 'none':
      return [{ id: 'all', title: '', ids: ordered.map(row => rowId(row.key)) }]
    case 'account':
      return grouped(
        ordered,
        row => row.key.account,
        row => row.accountName,
      ).toSorted((a, b) => a.title.localeCompare(b.title))
    case 'state':
      return grouped(
        ordered.toSorted((a, b) => stateRank(a.state) - stateRank(b.state)),
        row => row.state,
        row => stateWord[row.state],
      )
  }
}

function grouped(
  rows: readonly PipelineRow[],
  by: (row: PipelineRow) => string,
  title: (row: PipelineRow) => string,
): Group[] {
  const groups = new Map<string, { id: string; title: string; ids: string[] }>()
  for (const row of rows) {
    const id = by(row)
    const group = groups.get(id) ?? { id, title: title(row), ids: [] }
    group.ids.push(rowId(row.key))
    groups.set(id, group)
  }
  return [...groups.values()]
}

export const idsOf = (arrangement: Arrangement): string[] => arrangement.flatMap(({ ids }) => ids)

export interface Held {
  arrangement: Arrangement
  /** How many rows would move past others, come or go if what is wanted were shown. */
  pending: number
}

/** Each row's group and its place among all. */
function placesOf(arrangement: Arrangement): ReadonlyMap<string, { group: string; at: number }> {
  let at = 0
  return new Map(arrangement.flatMap(({ id: group, ids }) => ids.map(id => [id, { group, at: at++ }] as const)))
}

/** The length of the longest rising run that can be picked out of the numbers, in their order (patience sorting). */
function longestRise(numbers: readonly number[]): number {
  const tops: number[] = []
  for (const number of numbers) {
    let [low, high] = [0, tops.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tops[middle] ?? Number.POSITIVE_INFINITY) < number) low = middle + 1
      else high = middle
    }
    tops[low] = number
  }
  return tops.length
}

/**
 * What to show while a person reads: each row stays where it is, whatever happens to it; only what no longer exists
 * goes. What is new waits, and is counted. Where nothing went, the very arrangement that was shown is given back.
 */
export function hold(shown: Arrangement, wanted: Arrangement, exists: (id: string) => boolean): Held {
  const arrangement = shown.every(({ ids }) => ids.every(exists))
    ? shown
    : shown
        .map(group => (group.ids.every(exists) ? group : { ...group, ids: group.ids.filter(exists) }))
        .filter(group => group.ids.length > 0 || group.title === '')
  const [now, then] = [placesOf(arrangement), placesOf(wanted)]
  const staying = [...now].flatMap(([id, { group }]) => {
    const next = then.get(id)
    return next?.group === group ? [next.at] : []
  })
  const all = new Set([...now.keys(), ...then.keys()])
  // Rows that others only pass by do not count: of those that stay, the most that keep their order need no move.
  return { arrangement, pending: all.size - longestRise(staying) }
}
