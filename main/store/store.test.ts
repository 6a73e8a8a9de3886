import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OperationRecord } from '../../preload/contract/operations.ts'
import { defaultSettings } from '../../preload/contract/settings.ts'
import { Failure } from '../base/failure.ts'
import { migrations } from './migrations.ts'
import { openStore } from './store.ts'

const at = '2026-01-01T00:00:00.000Z'
const key = { account: '111122223333', region: 'us-east-1', name: 'shop' }
const record = (id: string, state: 'requested' | 'confirmed' = 'requested'): OperationRecord => ({
  id,
  at,
  as: 'arn:aws:iam::111122223333:user/ann',
  request: { kind: 'openTransition', key, stage: 'Prod' },
  outcome: state === 'requested' ? { state } : { state, at },
})

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'store-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

describe('the store', () => {
  it('keeps what was written over a restart', () => {
    const file = join(directory, 'desk.db')
    const first = openStore(file, 0)
    first.settings.save({ ...defaultSettings, theme: 'dark' })
    first.journal.put(record('a'))
    first.close()
    const second = openStore(file, 0)
    expect(second.settings.load()).toEqual({ ...defaultSettings, theme: 'dark' })
    expect(second.journal.requested()).toEqual([record('a')])
    expect(second.recovered).toBeUndefined()
    second.close()
  })

  it.each(migrations.map((_, index) => index))('brings a file of version %i to the newest', version => {
    const file = join(directory, 'desk.db')
    const old = new DatabaseSync(file)
    for (const sql of migrations.slice(0, version)) old.exec(sql)
    old.exec(`PRAGMA user_version = ${version}`)
    old.close()
    const store = openStore(file, 0)
    expect(store.fleet.rows()).toEqual([])
    store.journal.put(record('a'))
    store.close()
  })

  it('moves a corrupt file aside, says so, and works on with a new one', () => {
    const file = join(directory, 'desk.db')
    writeFileSync(file, 'not a database at all, but long enough to be looked at'.repeat(100))
    const store = openStore(file, Date.UTC(2026, 0, 1))
    expect(store.recovered?.movedTo).toBe(`${file}.corrupt-2026-01-01T00-00-00.000Z`)
    expect(readdirSync(directory)).toContain('desk.db.corrupt-2026-01-01T00-00-00.000Z')
    store.settings.save(defaultSettings)
    expect(store.settings.load()).toEqual(defaultSettings)
    store.close()
  })

  it('belongs to one desk at a time, and to the next when that one closes', () => {
    const file = join(directory, 'desk.db')
    const first = openStore(file, 0)
    expect(() => openStore(file, 0)).toThrow(`Another desk is already open on ${directory}.`)
    first.journal.put(record('a'))
    first.close()
    openStore(file, 0).close()
  })

  it('says that its directory can’t be had, and why', () => {
    writeFileSync(join(directory, 'taken'), '')
    expect(() => openStore(join(directory, 'taken', 'desk.db'), 0)).toThrow(/data directory .*taken can't be written/)
  })

  it('refuses a file of a newer desk and leaves it alone', () => {
    const file = join(directory, 'desk.db')
    const newer = new DatabaseSync(file)
    newer.exec(`PRAGMA user_version = ${migrations.length + 1}`)
    newer.close()
    expect(() => openStore(file, 0)).toThrow(Failure)
    expect(readdirSync(directory).filter(name => name.includes('corrupt'))).toEqual([])
  })

  it('numbers each change of the journal and gives those after a known one', () => {
    const store = openStore(':memory:', 0)
    const first = store.journal.put(record('a'))
    store.journal.put(record('b'))
    store.journal.put(record('a', 'confirmed'))
    expect(store.journal.changedAfter(first).map(({ record }) => [record.id, record.outcome.state])).toEqual([
      ['b', 'requested'],
      ['a', 'confirmed'],
    ])
    expect(store.journal.requested().map(({ id }) => id)).toEqual(['b'])
    store.close()
  })

  it('leaves out what does not fit its schema any more', () => {
    const file = join(directory, 'desk.db')
    openStore(file, 0).close()
    const raw = new DatabaseSync(file)
    raw.exec(`INSERT INTO rows (account, region, name, json) VALUES ('1', 'r', 'a', '{"half":'), ('1', 'r', 'b', '{}')`)
    raw.close()
    const store = openStore(file, 0)
    expect(store.fleet.rows()).toEqual([])
    store.close()
  })

  it('never writes a member that an account must not keep', () => {
    const store = openStore(':memory:', 0)
    const account = {
      id: '111122223333',
      name: 'tooling',
      environment: 'development' as const,
      regions: ['us-east-1'],
      source: { kind: 'localCloud' as const },
      readOnly: false,
    }
    store.accounts.put({ ...account, secretAccessKey: 'top secret' } as typeof account)
    expect(store.accounts.all()).toEqual([account])
    store.close()
  })
})
