import { describe, expect, it } from 'vitest'
import type { Account } from '../../preload/contract/accounts.ts'
import { invented } from '../screens/fleet/invented.testing.ts'
import { emptyFleet, isStale, takeUpdate } from './fleet.ts'
import { stoppedOf, withStopped } from './stopped.ts'

const row = invented({ name: 'payments' })
const fleet = takeUpdate(emptyFleet, {
  kind: 'snapshot',
  rows: [row],
  problems: [],
  loading: false,
  asOf: '2026-11-22T14:02:07.000Z',
})
const failure = { code: 'SignInNeeded', message: 'The sign-in to corp has ended.', place: {} }
const account = (session: Account['session']): Account => ({
  id: row.key.account,
  name: 'payments',
  environment: 'production',
  regions: [row.key.region],
  source: { kind: 'sso', session: 'corp', role: 'Operator' },
  readOnly: false,
  rights: { read: 'unknown', approve: 'unknown', operate: 'unknown', known: 'no' },
  session,
})
const none = new Map()
const [held] = fleet.rows.keys()
const rowIn = (state: typeof fleet) => state.rows.get(held ?? '') ?? row

describe('the rows of an account that stopped', () => {
  const stopped = stoppedOf([account({ state: 'expired', since: '2026-11-22T14:00:00Z', failure })], none)

  it('stay as they were last seen, and say why they are no fresher', () => {
    const shown = rowIn(withStopped(fleet, none, stopped))
    expect(isStale(shown)).toBe(true)
    expect(shown).toEqual({ ...row, problem: failure })
  })

  it('are themselves again when it goes on', () => {
    const after = withStopped(withStopped(fleet, none, stopped), stopped, none)
    expect(rowIn(after)).toEqual(row)
    expect(isStale(rowIn(after))).toBe(false)
  })

  it('keep what main said of them', () => {
    const own = { ...row, problem: { ...failure, code: 'AccessDeniedException' } }
    const told = { ...fleet, rows: new Map([[held ?? '', own]]) }
    expect(withStopped(told, none, stopped)).toBe(told)
    expect(withStopped(told, stopped, none)).toBe(told)
  })

  it('are not drawn again where nothing changed', () => {
    expect(withStopped(fleet, none, none)).toBe(fleet)
    expect(stoppedOf([account({ state: 'expired', since: '2026-11-22T15:00:00Z', failure })], stopped)).toBe(stopped)
  })
})
