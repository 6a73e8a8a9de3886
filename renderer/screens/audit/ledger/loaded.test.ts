import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LedgerEntry, SearchPage } from '../../../../preload/contract/audit.ts'
import { appended, nothingLoaded, shownAnew } from './loaded.ts'

const entry = (id: number, words = 'Started payments'): LedgerEntry => ({
  id,
  at: '2026-03-04T05:06:07.000Z',
  account: '111122223333',
  region: 'us-east-1',
  kind: 'execution',
  name: 'StartPipelineExecution',
  pipelines: [],
  who: { kind: 'person', name: 'ann@corp.example', how: 'SSO session', certain: true },
  words,
  sources: ['cloudTrail'],
})
/** The newest entries of a ledger, as `search` gives them. */
const page = (ids: readonly number[], limit: number, before = Number.POSITIVE_INFINITY): SearchPage => {
  const fitting = ids.filter(id => id < before).sort((a, b) => b - a)
  const entries = fitting.slice(0, limit).map(id => entry(id))
  const next = fitting.length > limit ? entries.at(-1)?.id : undefined
  return { entries, took: 1, ...(next !== undefined && { next }) }
}
const idsOf = ({ entries }: { entries: readonly LedgerEntry[] }) => entries.map(({ id }) => id)

describe('what the ledger’s page holds', () => {
  it('is every entry once, newest first, however it is paged', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000), { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (ids, limit) => {
        let loaded = shownAnew(undefined, page(ids, limit))
        while (loaded.next !== undefined) loaded = appended(loaded, loaded.next, page(ids, limit, loaded.next))
        expect(idsOf(loaded)).toEqual([...ids].sort((a, b) => b - a))
      }),
    )
  })

  it('stays in its place when new entries come, says how many, and shows them when asked', () => {
    const read = shownAnew(undefined, page([1, 2, 3], 2))
    const told = shownAnew(read, page([1, 2, 3, 4, 5], 4))
    expect(idsOf(told)).toEqual([3, 2])
    expect(told.fresh).toBe(2)
    expect(told.head && idsOf(shownAnew(nothingLoaded, told.head))).toEqual([5, 4, 3, 2])
  })

  it('counts what was found late between what is shown, and nothing below it', () => {
    const read = shownAnew(undefined, page([10, 30, 40], 2))
    expect(shownAnew(read, page([5, 10, 30, 35, 40], 9)).fresh).toBe(1)
  })

  it('shows what comes at once where there was nothing', () => {
    expect(idsOf(shownAnew(shownAnew(undefined, page([], 5)), page([7], 5)))).toEqual([7])
  })

  it('replaces an entry that is better known now', () => {
    const read = shownAnew(undefined, page([1], 5))
    const told = shownAnew(read, { entries: [entry(1, 'Removed approval Release')], took: 1 })
    expect(told.entries[0]?.words).toBe('Removed approval Release')
    expect(told.fresh).toBe(0)
  })

  it('takes no page twice', () => {
    const read = shownAnew(undefined, page([1, 2, 3], 2))
    const on = appended(read, 2, page([1, 2, 3], 2, 2))
    expect(appended(on, 2, page([1, 2, 3], 2, 2))).toBe(on)
  })
})
