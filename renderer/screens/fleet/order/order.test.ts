import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { State } from '../../../../preload/contract/base.ts'
import { stateRank, worstFirst } from '../../../components/state.ts'
import { rowId } from '../../../stores/fleet.ts'
import { invented } from '../invented.testing.ts'
import { arrange, type Grouping, hold, idsOf } from './arrange.ts'
import { type ColumnId, columns, defaultSort, type Sort, sorted } from './columns.ts'

const state = fc.constantFrom<State>(...worstFirst)
const row = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c10', 'c9', 'D'),
    account: fc.constantFrom('111122223333', '444455556666'),
    region: fc.constantFrom('us-east-1', 'eu-west-1'),
    state,
    durationMs: fc.integer({ min: 0, max: 1e6 }),
    startedAt: fc.integer({ min: 0, max: 10 }).map(minute => new Date(minute * 60_000).toISOString()),
    bare: fc.boolean(),
  })
  .map(({ bare, ...given }) => {
    const made = invented(given)
    if (!bare) return made
    const { execution: _, durationMs: __, ...rest } = made
    return rest
  })
const sort: fc.Arbitrary<Sort> = fc.record({
  column: fc.constantFrom<ColumnId[]>(...columns.map(({ id }) => id)),
  direction: fc.constantFrom('ascending', 'descending'),
})
const grouping = fc.constantFrom<Grouping[]>('none', 'account', 'state')
const fleet = fc.uniqueArray(row, { selector: ({ key }) => rowId(key), maxLength: 20 })
const all = () => true

describe('the order of the fleet', () => {
  it('is total: the same whatever order the rows come in', () => {
    fc.assert(
      fc.property(fleet, sort, (rows, by) => {
        const ids = (list: typeof rows) => sorted(list, by).map(({ key }) => rowId(key))
        expect(ids(rows.toReversed())).toEqual(ids(rows))
      }),
    )
  })

  it('shows every wanted row once, however grouped', () => {
    fc.assert(
      fc.property(fleet, sort, grouping, (rows, by, how) => {
        const ids = idsOf(arrange(rows, ({ state }) => state !== 'succeeded', by, how))
        expect(ids.toSorted()).toEqual(
          rows
            .filter(({ state }) => state !== 'succeeded')
            .map(({ key }) => rowId(key))
            .toSorted(),
        )
      }),
    )
  })

  it('begins with the worst state, and the newest of it', () => {
    const ids = idsOf(
      arrange(
        [
          invented({ name: 'fine' }),
          invented({ name: 'old', state: 'failed', startedAt: '2026-11-22T10:00:00Z' }),
          invented({ name: 'new', state: 'failed', startedAt: '2026-11-22T11:00:00Z' }),
          invented({ name: 'waits', state: 'waiting' }),
        ],
        all,
        defaultSort,
        'none',
      ),
    )
    expect(ids.map(id => id.split('/')[2])).toEqual(['new', 'old', 'waits', 'fine'])
  })

  it('puts what is unknown last, whichever way it is sorted', () => {
    const { durationMs: _, ...unknown } = invented({ name: 'unknown' })
    for (const direction of ['ascending', 'descending'] as const) {
      const ids = idsOf(arrange([unknown, invented({ name: 'known' })], all, { column: 'took', direction }, 'none'))
      expect(ids.at(-1)).toBe(rowId(unknown.key))
    }
  })

  it('groups by state with the worst group first', () => {
    fc.assert(
      fc.property(fleet, sort, (rows, by) => {
        const ranks = arrange(rows, all, by, 'state').map(({ id }) => stateRank(id as State))
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
      }),
    )
  })
})

describe('holding the order while a person reads', () => {
  it('keeps every row that still exists where it is, and lets nothing new in', () => {
    fc.assert(
      fc.property(fleet, fleet, sort, grouping, (before, after, by, how) => {
        const shown = arrange(before, all, by, how)
        const left = new Set(after.map(({ key }) => rowId(key)))
        const held = hold(shown, arrange(after, all, by, how), id => left.has(id))
        expect(idsOf(held.arrangement)).toEqual(idsOf(shown).filter(id => left.has(id)))
      }),
    )
  })

  it('has nothing pending when what is shown is what is wanted', () => {
    fc.assert(
      fc.property(fleet, sort, grouping, (rows, by, how) => {
        const shown = arrange(rows, all, by, how)
        const held = hold(shown, arrange(rows, all, by, how), all)
        expect(held.pending).toBe(0)
        expect(held.arrangement).toBe(shown)
      }),
    )
  })

  it('counts what would move, come and go, not what others only pass by', () => {
    const calm = Array.from({ length: 20 }, (_, index) => invented({ name: `calm-${index}` }))
    const last = invented({ name: 'last' })
    const shown = arrange([...calm, last], all, defaultSort, 'none')
    const failed = invented({ name: 'last', state: 'failed' })
    expect(hold(shown, arrange([...calm, failed], all, defaultSort, 'none'), all).pending).toBe(1)
    expect(
      hold(shown, arrange([...calm, failed, invented({ name: 'new' })], all, defaultSort, 'none'), all).pending,
    ).toBe(2)
    expect(hold(shown, arrange([last, ...calm.slice(1)], all, defaultSort, 'none'), all).pending).toBe(1)
  })

  it('counts a row that changed its group, wherever it stands', () => {
    const by = (state: State) => arrange([invented({ name: 'a', state })], all, defaultSort, 'state')
    expect(hold(by('running'), by('failed'), all).pending).toBe(1)
  })
})
