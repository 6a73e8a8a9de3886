import { describe, expect, it } from 'vitest'
import type { ActionDetail } from '../../preload/contract/pipelines.ts'
import { openDatabase } from './database.ts'
import { historyStore } from './history.ts'
import { openStore } from './store.ts'

const key = { account: '111122223333', region: 'us-east-1', name: 'shop' }
const attempt = (id: string, startedAt: string, more: Partial<ActionDetail> = {}): ActionDetail => ({
  key,
  stage: 'Build',
  action: 'Compile',
  actionExecutionId: id,
  executionId: 'e1',
  state: 'succeeded',
  startedAt,
  updatedAt: '2026-01-02T00:10:00.000Z',
  configuration: {},
  resolvedConfiguration: {},
  inputArtifacts: [{ name: 'Source' }],
  outputArtifacts: [],
  outputVariables: {},
  sample: false,
  ...more,
})

describe('the past in the store', () => {
  it('gives the attempts that began within a time, oldest first, with all that figures need', () => {
    const store = openStore(':memory:', 0)
    store.actionExecutions.put([
      attempt('late', '2026-01-03T00:00:00.000Z'),
      attempt('b', '2026-01-02T00:00:00.000Z', {
        version: 3,
        type: { category: 'Build', owner: 'AWS', provider: 'CodeBuild' },
        externalId: 'shop:1',
        error: { code: 'JobFailed', message: 'no' },
        state: 'failed',
        sample: true,
      }),
      attempt('a', '2026-01-01T00:00:00.000Z'),
    ])
    const found = store.history.actions(key, '2026-01-01T00:00:00.000Z', '2026-01-03T00:00:00.000Z')
    expect(found.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(found[1]).toMatchObject({
      startedAt: Date.UTC(2026, 0, 2),
      updatedAt: Date.UTC(2026, 0, 2, 0, 10),
      state: 'failed',
      sample: true,
      version: 3,
      category: 'Build',
      provider: 'CodeBuild',
      externalId: 'shop:1',
      errorCode: 'JobFailed',
      inputs: 1,
      outputs: 0,
    })
    store.close()
  })

  it('answers them from the index alone', () => {
    const { database } = openDatabase(':memory:', 0)
    let asked = ''
    historyStore({
      ...database,
      all(sql, ...values) {
        asked = sql
        return database.all(sql, ...values)
      },
    }).actions(key, '', '~')
    const plan = database.all(`EXPLAIN QUERY PLAN ${asked}`, key.account, key.region, key.name, '', '~')
    expect(plan.map(({ detail }) => detail).join()).toContain('USING COVERING INDEX action_executions_facts')
    database.close()
  })

  it('remembers how far a pipeline was read, its builds and when its revisions were committed', () => {
    const store = openStore(':memory:', 0)
    expect(store.history.mark(key)).toEqual({})
    const mark = {
      actions: { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z', token: 't', whole: false },
    }
    store.history.putMark(key, mark)
    expect(store.history.mark(key)).toEqual(mark)
    const build = { id: 'p:1', project: 'p', startedAt: '2026-01-01T00:00:00.000Z', queuedSeconds: 0, status: 'FAILED' }
    store.history.putBuilds(key, [build])
    expect(store.history.builds(['p:1', 'p:2'])).toEqual(new Map([['p:1', build]]))
    store.history.putCommit('c0ffee', '2026-01-01T00:00:00.000Z')
    expect(store.history.commits(['c0ffee', 'x'])).toEqual(new Map([['c0ffee', '2026-01-01T00:00:00.000Z']]))
    store.fleet.remove(key)
    expect(store.history.mark(key)).toEqual({})
    store.close()
  })
})
