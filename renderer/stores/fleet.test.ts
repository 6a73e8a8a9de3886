import { describe, expect, it } from 'vitest'
import { invented } from '../screens/fleet/invented.testing.ts'
import { emptyFleet, rowId, takeUpdate } from './fleet.ts'

const asOf = '2026-11-22T14:02:07.000Z'
const common = { problems: [], loading: false, asOf }

describe('the fleet', () => {
  const web = invented({ name: 'webshop' })
  const pay = invented({ name: 'payments' })
  const snapshot = takeUpdate(emptyFleet, { kind: 'snapshot', rows: [web, pay], ...common })

  it('shows a snapshot whole', () => {
    expect([...snapshot.rows.values()]).toEqual([web, pay])
    expect(snapshot.loading).toBe(false)
  })

  it('keeps the rows that a patch does not name as the same objects', () => {
    const failed = invented({ name: 'payments', state: 'failed' })
    const after = takeUpdate(snapshot, { kind: 'patch', changed: [failed], removed: [], ...common })
    expect(after.rows.get(rowId(web.key))).toBe(web)
    expect(after.rows.get(rowId(pay.key))).toBe(failed)
  })

  it('keeps the very map when a patch changes no row', () => {
    const after = takeUpdate(snapshot, { kind: 'patch', changed: [], removed: [], ...common, loading: true })
    expect(after.rows).toBe(snapshot.rows)
    expect(after.loading).toBe(true)
  })

  it('keeps the very list of problems when a patch tells the same ones, so that no row is drawn again for them', () => {
    const problems = [
      { account: '111122223333', region: 'eu-west-1', failure: { code: 'Denied', message: 'no', place: {} } },
    ]
    const before = takeUpdate(snapshot, { kind: 'patch', changed: [], removed: [], ...common, problems })
    const after = takeUpdate(before, {
      kind: 'patch',
      changed: [web],
      removed: [],
      ...common,
      problems: structuredClone(problems),
    })
    expect(after.problems).toBe(before.problems)
  })

  it('drops what is removed', () => {
    const after = takeUpdate(snapshot, { kind: 'patch', changed: [], removed: [web.key], ...common })
    expect([...after.rows.keys()]).toEqual([rowId(pay.key)])
  })

  it('keeps unchanged rows as the same objects when a reconnect brings a new snapshot', () => {
    const after = takeUpdate(snapshot, { kind: 'snapshot', rows: [structuredClone(web)], ...common })
    expect(after.rows.get(rowId(web.key))).toBe(web)
    expect(after.rows.size).toBe(1)
  })
})
