import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startWatching, type Watched } from '../../main/pipelines/watched.testing.ts'
import type { FleetProblem } from '../../preload/contract/pipelines.ts'
import { type FleetWorld, fleetWorld } from '../events/fleetWorld.ts'
import { type CloudUnderTest, startCloudUnderTest, target } from '../wire/cloudUnderTest.ts'

const region = 'us-east-1'
const names = ['a', 'b', 'c', 'd', 'e', 'f']

/** The desk on a cloud that is told to fail. A real account can't be. */
describe.runIf(target === 'local')('the watcher in trouble', { timeout: 90_000 }, () => {
  let cloud: CloudUnderTest
  let watched: Watched
  const worlds = new Map<string, FleetWorld>()
  const troubled = 'tooling'
  const other = 'staging'
  const row = (account: string, name: string) => watched.rows.get(`${cloud.accountNamed(account).id}/${region}/${name}`)
  const budget = (account: string) =>
    watched.aws.meter.read().budgets.find(each => each.account === cloud.accountNamed(account).id)
  const world = (account: string) => {
    const found = worlds.get(account)
    if (!found) throw new Error(`no world ${account}`)
    return found
  }
  /** An execution starts, is shown, ends, and that is shown. A person asks: an idle pipeline's turn may be a minute off. */
  const followed = async (account: string, name: string) => {
    const key = { account: cloud.accountNamed(account).id, region, name }
    const id = await world(account).start(name)
    watched.pipelines.refresh(key)
    await watched.fleet(() => row(account, name)?.execution?.id === id)
    await world(account).end(name, id)
    watched.pipelines.refresh(key)
    await watched.fleet(() => row(account, name)?.state === 'stopped')
  }
  const on = (trouble: string) => `${cloud.accountNamed(troubled).id}/codepipeline=${trouble}`
  const problems = async (): Promise<FleetProblem[]> => (await watched.fleet(() => true)).problems
  const wellAgain = () =>
    watched.fleet(
      ({ problems }) => problems.length === 0 && [...watched.rows.values()].every(({ problem }) => !problem),
    )

  beforeAll(async () => {
    cloud = await startCloudUnderTest()
    for (const account of [troubled, other]) {
      const { id, ...credentials } = cloud.accountNamed(account)
      const one = await fleetWorld({ region, endpoint: cloud.local().endpoint, credentials }, id)
      worlds.set(account, one)
      for (const name of names) await one.create(name)
    }
    watched = await startWatching({
      endpoint: cloud.local().endpoint,
      profiles: [troubled, other].map(name => cloud.accountNamed(name)),
    })
    await watched.fleet(() => [...watched.rows.values()].filter(({ state }) => state !== 'stale').length === 12)
  })
  afterEach(() => cloud.befall())
  afterAll(async () => {
    for (const one of worlds.values()) one.close()
    await watched?.stop()
    await cloud?.stop()
  })

  it('goes through a storm of throttled answers with fewer and fewer calls, and nobody else waits', async () => {
    cloud.befall({ fault: [on('throttled')] })
    watched.pipelines.refresh()
    await followed(other, 'a')
    await followed(other, 'b')
    await vi.waitUntil(() => budget(troubled)?.nextTryAt !== undefined)
    const during = budget(troubled)
    expect(during?.throttled).toBeGreaterThan(0)
    expect(during?.throttled).toBeLessThan(30)
    expect(budget(other)?.throttled).toBe(0)
    expect(
      [...watched.rows.values()].filter(({ key }) => key.account === cloud.accountNamed(troubled).id),
    ).toHaveLength(6)
    cloud.befall()
    await followed(troubled, 'a')
    await wellAgain()
  })

  it('keeps the last state through errors of AWS’s own, names them, and forgets them when they end', async () => {
    const before = budget(troubled)?.calls ?? 0
    cloud.befall({ fault: [on('500')] })
    watched.pipelines.refresh()
    await watched.fleet(() => [...watched.rows.values()].some(({ problem }) => problem !== undefined))
    await followed(other, 'c')
    expect(row(troubled, 'a')?.state).toBe('stopped')
    expect((budget(troubled)?.calls ?? 0) - before).toBeLessThan(150)
    cloud.befall()
    watched.pipelines.refresh()
    await wellAgain()
    await followed(troubled, 'b')
  })

  it('sees every change though one connection in five ends without an answer', async () => {
    cloud.befall({ fault: [on('drop-before@10%'), on('drop-after@10%')] })
    for (const name of ['c', 'd', 'e']) {
      // Writes are made by a client of the test's own, which gives up at once: they are tried until one arrives.
      const ids: string[] = []
      while (ids.length === 0)
        await world(troubled)
          .start(name)
          .then(
            id => ids.push(id),
            () => {},
          )
      await watched.fleet(() => row(troubled, name)?.state === 'running')
    }
    cloud.befall()
    for (const name of ['c', 'd', 'e']) {
      const id = row(troubled, name)?.execution?.id ?? ''
      await world(troubled).end(name, id)
    }
    await watched.fleet(() => ['c', 'd', 'e'].every(name => row(troubled, name)?.execution?.state === 'stopped'))
    expect(await problems()).toEqual([])
  })
})
