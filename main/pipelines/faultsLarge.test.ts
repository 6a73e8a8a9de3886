import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultLimits } from '../aws/bucket.ts'
import { type Listener, listen } from '../aws/listener.testing.ts'
import { until } from '../desk.testing.ts'
import { manyPipelines } from './manyPipelines.testing.ts'
import { startWatching, type Watched } from './watched.testing.ts'

describe('10,000 pipelines in one account', { timeout: 120_000 }, () => {
  let server: Listener
  let watched: Watched
  const many = manyPipelines(10_000)
  const end = new AbortController()
  const calls = new Map<string, number>()

  beforeAll(async () => {
    server = await listen(() => '111111111111')
    server.answer = asked => {
      calls.set(asked.operation, (calls.get(asked.operation) ?? 0) + 1)
      return many.answer(asked)
    }
    watched = await startWatching({
      endpoint: server.endpoint,
      profiles: [{ name: 'one', accessKeyId: 'AKIAONE', secretAccessKey: 'secret' }],
    })
  })
  afterAll(async () => {
    end.abort()
    await watched.stop()
    await server.stop()
  })

  it('are all listed, asked within the budget, and the one that is opened comes first', async () => {
    const began = performance.now()
    await watched.fleet(() => watched.rows.size === 10_000)
    const key = { account: '111111111111', region: 'us-east-1', name: 'p-9999' }
    const view = await until(watched.pipelines.watch(key, 'now', end.signal), ({ row }) => row.execution !== undefined)
    expect(view.row.execution?.id).toBe(many.newestId('p-9999'))
    await watched.fleet(() => [...watched.rows.values()].filter(({ state }) => state === 'succeeded').length >= 40)
    const seconds = (performance.now() - began) / 1000
    const most = defaultLimits.burst + defaultLimits.rate * seconds + 1
    expect([...calls].filter(([, made]) => made > most)).toEqual([])
  })
})
