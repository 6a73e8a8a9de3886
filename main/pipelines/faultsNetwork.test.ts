import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Listener, listen } from '../aws/listener.testing.ts'
import { type ManualClock, manualClock } from '../base/clock.ts'
import { manyPipelines } from './manyPipelines.testing.ts'
import { startWatching, type Watched } from './watched.testing.ts'

const count = 40
const account = '111111111111'

/** Simulated time over real sockets: each step lets what was sent meanwhile be answered. */
describe('without a network', { timeout: 90_000 }, () => {
  let clock: ManualClock
  let server: Listener
  let watched: Watched
  const many = manyPipelines(count)
  const end = new AbortController()

  const pass = async (ms: number, done = () => false) => {
    for (let passed = 0; passed < ms && !done(); passed += 100) {
      clock.advance(100)
      for (let turn = 0; turn < 6; turn++) await new Promise(resolve => setImmediate(resolve))
      await new Promise(resolve => setTimeout(resolve, 1))
    }
  }
  const rows = () => [...watched.pipelines.fleet().values()]

  beforeEach(async () => {
    clock = manualClock(Date.now())
    server = await listen(() => account)
    server.answer = many.answer
    const starting = startWatching({
      endpoint: server.endpoint,
      profiles: [{ name: 'one', accessKeyId: 'AKIAONE', secretAccessKey: 'secret' }],
      clock,
      random: () => 0.5,
    })
    watched = await starting
    await pass(60_000, () => rows().filter(({ state }) => state === 'succeeded').length === count)
  })
  afterEach(async () => {
    end.abort()
    await watched.stop()
    await server.stop()
  })

  it('keeps every row for 30 s, tries now and then, and goes on by itself when the network is back', async () => {
    expect(rows()).toHaveLength(count)
    await pass(30_000)
    server.asked.length = 0
    server.answer = () => ({ body: {}, drop: true })
    await pass(30_000)
    // Ten pipelines fall due each ten seconds; nobody asks them while nothing can be reached.
    expect(server.asked.length).toBeGreaterThan(3)
    expect(server.asked.length).toBeLessThan(60)
    expect(rows()).toHaveLength(count)
    expect(rows().filter(({ problem }) => problem)).toEqual([])
    const [first] = [await (await snapshot()).next()]
    expect(first?.value?.problems).toEqual([
      expect.objectContaining({ account, failure: expect.objectContaining({ code: 'Unreachable' }) }),
    ])

    many.execute('p-7')
    server.answer = many.answer
    const row = () => rows().find(({ key }) => key.name === 'p-7')
    await pass(90_000, () => row()?.execution?.id === many.newestId('p-7'))
    expect(row()?.execution?.id).toBe(many.newestId('p-7'))
    expect((await (await snapshot()).next()).value?.problems).toEqual([])
  })

  const snapshot = async () => watched.pipelines.watchFleet(end.signal)[Symbol.asyncIterator]()
})
