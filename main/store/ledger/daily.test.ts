import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EntryKind, LedgerEntry } from '../../../preload/contract/audit.ts'
import { openStore, type Store } from '../store.ts'

let directory: string
let store: Store
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ledger-'))
  store = openStore(join(directory, 'desk.db'), 0)
})
afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

function happened(at: string, kind: EntryKind, pipeline = 'payments') {
  const entry: LedgerEntry = {
    id: store.ledger.entries.nextId(at),
    at,
    account: '111122223333',
    region: 'us-east-1',
    kind,
    name: 'Something',
    pipeline,
    pipelines: [],
    who: { kind: 'unknown', name: 'somebody', how: 'no identity' },
    words: `Something of ${pipeline}`,
    sources: ['cloudTrail'],
  }
  store.ledger.entries.put(entry, { words: entry.words })
}

describe('the entries of each day', () => {
  it('are counted by kind, in days of UTC, within the stretch and the filter', () => {
    happened('2026-03-01T23:59:59.000Z', 'execution')
    happened('2026-03-02T00:00:00.000Z', 'execution')
    happened('2026-03-02T00:00:00.000Z', 'execution')
    happened('2026-03-02T23:59:59.000Z', 'approval')
    happened('2026-03-02T12:00:00.000Z', 'approval', 'shop')
    happened('2026-03-04T00:00:00.000Z', 'execution')
    const daily = (filter = {}) =>
      store.ledger.entries
        .daily(filter, '2026-03-01T00:00:00.000Z', '2026-03-04T00:00:00.000Z')
        .map(({ day, kind, count }) => `${day.slice(0, 10)} ${kind} ${count}`)
        .sort()
    expect(daily()).toEqual(['2026-03-01 execution 1', '2026-03-02 approval 2', '2026-03-02 execution 2'])
    expect(daily({ pipelines: ['shop'] })).toEqual(['2026-03-02 approval 1'])
    expect(daily({ kinds: ['execution'], text: 'pay' })).toEqual(['2026-03-01 execution 1', '2026-03-02 execution 2'])
  })
})
