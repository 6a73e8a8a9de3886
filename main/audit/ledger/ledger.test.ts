import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChainVerdict } from '../../../preload/contract/audit.ts'
import { manualClock } from '../../base/clock.ts'
import { openStore, type Store } from '../../store/store.ts'
import { createLedger, type Ledger } from './ledger.ts'
import type { Draft } from './record.ts'
import { verify } from './verify.ts'

const account = '111122223333'
const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 10, 0, second)).toISOString()
const trail = (id: string, more: object = {}): Draft => ({
  source: 'cloudTrail',
  event: {
    eventID: id,
    eventTime: at(5),
    eventSource: 'codepipeline.amazonaws.com',
    eventName: 'PutApprovalResult',
    awsRegion: 'us-east-1',
    recipientAccountId: account,
    requestID: `request-${id}`,
    userIdentity: { type: 'IAMUser', userName: 'ann' },
    requestParameters: {
      pipelineName: 'payments',
      stageName: 'Prod',
      actionName: 'Release',
      token: 'live-token',
      result: { status: 'Approved', summary: 'Looked at it' },
    },
    ...more,
  },
})
const observed: Draft = {
  source: 'codePipeline',
  observed: {
    what: 'approval',
    region: 'us-east-1',
    at: at(6),
    pipeline: 'payments',
    stage: 'Prod',
    action: 'Release',
    executionId: 'e1',
    actionExecutionId: 'a1',
    status: 'Succeeded',
    by: `arn:aws:iam::${account}:user/ann`,
  },
}
const operation: Draft = {
  source: 'desk',
  note: {
    what: 'operation',
    region: 'us-east-1',
    at: at(5),
    operation: {
      id: 'o1',
      at: at(5),
      as: `arn:aws:iam::${account}:user/ann`,
      request: {
        kind: 'decide',
        key: { account, region: 'us-east-1', name: 'payments' },
        stage: 'Prod',
        action: 'Release',
        actionExecutionId: 'a1a1a1a1-0000-4000-8000-000000000000',
        decision: 'Approved',
        comment: 'Looked at it',
      },
      outcome: { state: 'confirmed', at: at(5), requestId: 'request-one' },
    },
  },
}

describe('the ledger', () => {
  let directory: string
  let file: string
  let store: Store
  let ledger: Ledger
  const open = () => {
    store = openStore(file, 0)
    ledger = createLedger(store.ledger, manualClock(), {
      concerns: () => [],
      who: () => undefined,
      more: () => undefined,
    })
  }
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ledger-'))
    file = join(directory, 'desk.db')
    open()
  })
  afterEach(() => {
    store.close()
    rmSync(directory, { recursive: true, force: true })
  })
  const all = () => store.ledger.entries.search({}, undefined, 100)
  const verdicts = async (anchor?: { account: string; seq: number; hash: string }): Promise<ChainVerdict[]> => {
    for await (const update of verify(store.ledger, manualClock(), undefined, anchor, undefined))
      if (update.kind === 'verdict') return update.chains
    return []
  }
  /** Somebody else at the file, who knows how to switch the triggers off. */
  const tamper = async (...statements: string[]) => {
    store.close()
    const other = new DatabaseSync(file)
    other.exec('DROP TRIGGER ledger_rows_unchanged; DROP TRIGGER ledger_rows_kept')
    for (const sql of statements) other.exec(sql)
    other.close()
    open()
    const [verdict] = await verdicts()
    return verdict?.fault
  }

  it('keeps an event once, however often and by whatever way it comes', () => {
    ledger.record(account, [trail('one')])
    ledger.record(account, [trail('one')])
    const { event } = trail('one') as { event: unknown }
    expect(ledger.offer(event)).toBe(true)
    expect(all()).toHaveLength(1)
    expect(store.ledger.chain.size()).toBe(1)
    expect(ledger.offer({ detail: 'of something else' })).toBe(false)
  })

  it('shows one happening of which three sources tell as one, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([trail('one'), observed, operation], { minLength: 3 }), drafts => {
        const memory = openStore(':memory:', 0)
        const own = createLedger(memory.ledger, manualClock(), {
          concerns: () => [],
          who: () => undefined,
          more: () => undefined,
        })
        for (const draft of drafts) own.record(account, [draft])
        const [entry, ...others] = memory.ledger.entries.search({}, undefined, 10)
        expect(others).toEqual([])
        expect(entry).toMatchObject({
          at: at(5),
          who: { kind: 'person', name: 'ann' },
          comment: 'Looked at it',
          executionId: 'e1',
          words: 'Approved Release in stage Prod of payments',
        })
        expect(entry?.sources.toSorted()).toEqual(['cloudTrail', 'codePipeline', 'desk'])
        memory.close()
      }),
    )
  })

  it('keeps two calls of one person in one second apart', () => {
    ledger.record(account, [trail('one'), trail('two')])
    expect(all()).toHaveLength(2)
  })

  it('takes nothing that could let anybody act', () => {
    ledger.record(account, [trail('one')])
    expect(store.ledger.chain.row(account, 1)?.record).not.toContain('live-token')
  })

  it('shows a role’s change only once a pipeline is known to use the role', () => {
    let used: string[] = []
    const own = createLedger(store.ledger, manualClock(), {
      concerns: () => used,
      who: () => undefined,
      more: () => undefined,
    })
    const attach = trail('role', {
      eventSource: 'iam.amazonaws.com',
      eventName: 'AttachRolePolicy',
      requestParameters: { roleName: 'Deployer', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    })
    own.record(account, [attach])
    expect(all()).toEqual([])
    used = ['payments']
    own.reshowAbout(account, 'role/Deployer')
    expect(all()).toMatchObject([
      { kind: 'role', pipelines: ['payments'], words: 'Attached AdministratorAccess to role Deployer' },
    ])
  })

  it('finds by every filter, and by words that are begun', () => {
    ledger.record(account, [trail('one'), trail('two', { eventTime: at(40), errorCode: 'AccessDenied' })])
    const found = (filter: object) =>
      store.ledger.entries.search(filter, undefined, 10).map(entry => entry.refused?.code)
    expect(found({ pipelines: ['payments'], people: ['ann'], kinds: ['approval'], accounts: [account] })).toHaveLength(
      2,
    )
    expect(found({ pipelines: ['pay'] })).toEqual([])
    expect(found({ refused: true })).toEqual(['AccessDenied'])
    expect(found({ text: 'looked pay' })).toHaveLength(2)
    expect(found({ text: '"; DROP TABLE (' })).toEqual([])
    expect(found({ from: at(30) })).toEqual(['AccessDenied'])
    expect(found({ to: at(30) })).toEqual([undefined])
    expect(store.ledger.entries.count({ text: 'looked' }, 1)).toBe(1)
  })

  it('refuses to change or remove a row', () => {
    ledger.record(account, [trail('one')])
    const other = new DatabaseSync(file)
    expect(() => other.exec("UPDATE ledger_rows SET record = '{}'")).toThrow('append-only')
    expect(() => other.exec('DELETE FROM ledger_rows')).toThrow('append-only')
    other.close()
  })

  describe('when somebody wrote into its file', () => {
    beforeEach(() => {
      for (const id of ['one', 'two', 'three']) ledger.record(account, [trail(id)])
    })
    it('is well as long as nobody did', async () => {
      expect(await verdicts()).toMatchObject([{ account, rows: 3 }])
      expect((await verdicts())[0]?.fault).toBeUndefined()
    })
    it.each([
      ['a changed record', "UPDATE ledger_rows SET record = replace(record, 'ann', 'ben') WHERE seq = 2", 'altered', 2],
      ['a removed row', 'DELETE FROM ledger_rows WHERE seq = 2', 'missing', 2],
      ['a removed end', 'DELETE FROM ledger_rows WHERE seq = 3', 'truncated', 3],
      ['everything removed', 'DELETE FROM ledger_rows', 'truncated', 1],
      [
        'two rows that changed places',
        'UPDATE ledger_rows SET seq = 9 WHERE seq = 1; UPDATE ledger_rows SET seq = 1 WHERE seq = 2; UPDATE ledger_rows SET seq = 2 WHERE seq = 9',
        'reordered',
        1,
      ],
      [
        'an entry that shows something else',
        "UPDATE ledger_entries SET json = replace(json, 'Approved', 'Rejected')",
        'altered',
        1,
      ],
      [
        'an entry that names somebody else',
        `UPDATE ledger_entries SET json = replace(json, '"name":"ann"', '"name":"ben"')`,
        'altered',
        1,
      ],
      [
        'an entry with another reason',
        "UPDATE ledger_entries SET json = replace(json, 'Looked at it', 'Was told to')",
        'altered',
        1,
      ],
      [
        'an entry that was never recorded',
        `INSERT INTO ledger_entries SELECT id + 9, account, region, name, pipeline, execution_id, NULL, NULL, json
         FROM ledger_entries WHERE id = (SELECT max(id) FROM ledger_entries)`,
        'notRecorded',
        0,
      ],
      [
        'an account whose whole chain went with its end',
        'DELETE FROM ledger_rows; DELETE FROM ledger_heads',
        'notRecorded',
        0,
      ],
      [
        'a row that no search finds',
        'DELETE FROM ledger_entries WHERE id = (SELECT min(id) FROM ledger_entries)',
        'notIndexed',
        1,
      ],
    ])('finds %s', async (_, sql, kind, seq) => {
      expect(await tamper(sql)).toMatchObject({ kind, seq })
    })
    it('finds an account that went with all that was shown of it by a head that was kept', async () => {
      const kept = store.ledger.chain.head(account)
      await tamper('DELETE FROM ledger_rows', 'DELETE FROM ledger_heads', 'DELETE FROM ledger_entries')
      expect(await verdicts()).toEqual([])
      expect((await verdicts(kept))[0]?.fault).toMatchObject({ kind: 'truncated', seq: 1 })
    })
    it('finds a chain cut short together with its end by a head that was kept', async () => {
      const kept = store.ledger.chain.head(account)
      await tamper(
        'DELETE FROM ledger_rows WHERE seq = 3',
        'UPDATE ledger_heads SET seq = 2, hash = (SELECT hash FROM ledger_rows WHERE seq = 2)',
      )
      expect((await verdicts(kept))[0]?.fault).toMatchObject({ kind: 'truncated', seq: 3 })
    })
  })
})
