import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyId } from '../../main/pipelines/key.ts'
import { startWatching } from '../../main/pipelines/watched.testing.ts'
import { openStore } from '../../main/store/store.ts'
import { deployEvents } from '../events/deploy.ts'
import { bareCpu } from './bareCalls.ts'
import { type BenchAccount, latencyMs, load, sizeOf, startFleetCloud } from './fleetCloud.ts'
import { type Figure, percentile, report } from './results.ts'

const accounts = sizeOf('FLEET_ACCOUNTS', 20)
const perAccount = sizeOf('FLEET_PIPELINES', 50)
const seconds = sizeOf('FLEET_SECONDS', 120)
const total = accounts * perAccount
const runningCount = Math.min(50, Math.floor(total / 4))

interface Pipeline {
  account: BenchAccount
  name: string
  id: string
  key: { account: string; region: string; name: string }
  /** That runs now. */
  execution?: string
}
/**
 * From a change in the cloud to the changed row at the end of the desk's fleet stream (the window paints it some ms
 * later: `renderer`), and the calls that the desk makes for it: by asking alone, or with events.
 */
export async function measureDetection(how: 'asking' | 'events'): Promise<void> {
  const cloud = await startFleetCloud(accounts, perAccount)
  const directory = mkdtempSync(join(tmpdir(), 'fleet-detect-'))
  const store = openStore(join(directory, 'desk.db'), 0)
  await cloud.limit()
  const desk = await startWatching({ endpoint: cloud.endpoint, profiles: cloud.accounts, store })
  const say = (text: string) => process.stdout.write(`${text}; ${load()}\n`)

  // One of each account, then the next of each: what runs is spread over all.
  const all: Pipeline[] = cloud.names.flatMap(name =>
    cloud.accounts.map(account => {
      const key = { account: account.id, region: 'us-east-1', name }
      return { account, name, key, id: keyId(key) }
    }),
  )
  const [opened, ...others] = all as [Pipeline, ...Pipeline[]]
  const running = others.slice(0, runningCount)
  const idle = others.slice(runningCount)

  /** Whoever waits for a row to look so. */
  const waiting = new Set<{ met: () => boolean; done: () => void }>()
  void desk
    .fleet(() => {
      for (const each of waiting) if (each.met()) each.done()
      return false
    })
    // It ends with the desk.
    .catch(() => {})
  const shown = (met: () => boolean) =>
    new Promise<void>(resolve => {
      if (met()) return resolve()
      const each = {
        met,
        done: () => {
          waiting.delete(each)
          resolve()
        },
      }
      waiting.add(each)
    })
  const row = ({ id }: Pipeline) => desk.rows.get(id)
  /** Events are measured at the pace of a busy fleet, two or three changes a second; asking is too slow to need one. */
  const calm = () => pass(how === 'asking' ? 0 : 500 + Math.random() * 2000)
  const pass = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

  /** Starts or ends an execution, and gives the ms from AWS's answer to the row that says so. */
  async function changed(pipeline: Pipeline): Promise<number> {
    const world = cloud.world(pipeline.account)
    const { execution } = pipeline
    if (execution === undefined) {
      const started = await world.start(pipeline.name)
      const at = performance.now()
      pipeline.execution = started
      await shown(() => row(pipeline)?.execution?.id === started)
      return performance.now() - at
    }
    await world.end(pipeline.name, execution)
    const at = performance.now()
    delete pipeline.execution
    await shown(() => row(pipeline)?.state === 'stopped')
    return performance.now() - at
  }

  /** Calls but those of SQS, and CPU, in a minute that was waited for. */
  async function minute() {
    const cpu = process.cpuUsage()
    const began = performance.now()
    await pass(60_000)
    const { user, system } = process.cpuUsage(cpu)
    const budgets = desk.aws.meter.read().budgets
    const of = (wanted: (api: string) => boolean) =>
      budgets.flatMap(({ apis }) => apis).reduce((sum, { api, calls }) => sum + (wanted(api) ? calls : 0), 0)
    const byApi = Map.groupBy(
      budgets.flatMap(({ apis }) => apis),
      ({ api }) => api,
    )
    for (const [api, uses] of byApi)
      process.stdout.write(`  ${api} ${uses.reduce((sum, { calls }) => sum + calls, 0)}\n`)
    return {
      calls: of(() => true),
      cpu: (user + system) / 10 / (performance.now() - began),
      throttled: budgets.reduce((sum, { throttled }) => sum + throttled, 0),
    }
  }

  const figures: Figure[] = []
  const ms = (times: readonly number[]) =>
    `${Math.round(percentile(times, 0.5))} ms, p99 ${Math.round(percentile(times, 0.99))} ms (${times.length} changes)`
  const verdict = (what: string, times: readonly number[], aim: number) =>
    figures.push({
      what,
      measured: ms(times),
      beside: `${aim / 1000} s (aim, p99)`,
      ratio: (percentile(times, 0.99) / aim).toFixed(2),
    })

  /** Open, running and idle at once, for as long as the run lasts. */
  async function detection(aims: { open: number; running: number; idle: number }) {
    const times = { open: [] as number[], running: [] as number[], idle: [] as number[] }
    const until = performance.now() + seconds * 1000
    const lasts = () => performance.now() < until
    const openOne = async () => {
      while (lasts()) {
        times.open.push(await changed(opened))
        await pass(500 + Math.random() * 1500)
      }
    }
    // Ends are what running ones tell; each is started again, and only then counted among the running.
    const runOnes = async (own: readonly Pipeline[]) => {
      while (lasts()) {
        const one = own[Math.floor(Math.random() * own.length)]
        if (one?.execution === undefined || row(one)?.state !== 'running') {
          await pass(200)
          continue
        }
        times.running.push(await changed(one))
        await changed(one)
        await calm()
      }
    }
    const idleOnes = async (own: readonly Pipeline[]) => {
      for (const one of own) {
        if (!lasts()) return
        times.idle.push(await changed(one))
        await changed(one)
        await calm()
      }
    }
    const split = <T>(items: readonly T[], parts: number) =>
      Array.from({ length: parts }, (_, part) => items.filter((_each, index) => index % parts === part))
    await Promise.all([
      openOne(),
      ...split(running, how === 'asking' ? 5 : 2).map(runOnes),
      ...split(idle.slice(0, 200), how === 'asking' ? 40 : 4).map(idleOnes),
    ])
    verdict(`change to row by ${how}, the open pipeline`, times.open, aims.open)
    verdict(`change to row by ${how}, running`, times.running, aims.running)
    verdict(`change to row by ${how}, idle`, times.idle, aims.idle)
    say(`${how}: open ${ms(times.open)}, running ${ms(times.running)}, idle ${ms(times.idle)}`)
  }

  // What runs is to be seen within 5 s, and a plain poller can't know which runs, nor that none does.
  const plain = total * 12
  const lax = total * 2
  // Each is asked every 15 minutes though events come, and listed every five: not in the minute that is measured.
  const heals = how === 'events' ? Math.round(total / 15 + accounts / 5) : 0
  const healing = heals > 0 ? ` and ${heals} on average to heal` : ''
  async function measured() {
    const rest = await minute()
    say(`${how} at rest: ${rest.calls} calls a minute, CPU ${rest.cpu.toFixed(1)} %, ${rest.throttled} throttled`)
    await Promise.all(running.map(changed))
    await pass(20_000)
    const busy = await minute()
    say(`${how} with ${runningCount} running: ${busy.calls} calls a minute, ${busy.throttled} throttled`)
    const beside = `${plain} (reckoned: a plain poller of the same freshness, the state of each every 5 s)`
    const atRest = rest.calls + heals
    figures.push(
      {
        what: `calls a minute by ${how}, at rest`,
        measured: `${rest.calls}${healing}, ${rest.throttled} throttled`,
        beside,
        ratio: (atRest / plain).toFixed(2),
      },
      {
        what: 'the same, beside one that sees no execution sooner than after 60 s',
        measured: `${atRest}`,
        beside: `${lax} (reckoned: state and executions of each every 60 s)`,
        ratio: (atRest / lax).toFixed(2),
      },
      {
        what: `calls a minute by ${how}, ${runningCount} running`,
        measured: `${busy.calls}, ${busy.throttled} throttled, CPU ${busy.cpu.toFixed(1)} %`,
        beside,
        ratio: (busy.calls / plain).toFixed(2),
      },
    )
    return rest
  }
  await shown(() => [...desk.rows.values()].filter(each => each.execution).length === total)
  // Definitions follow the rows, each once.
  while (!all.every(({ key }) => desk.pipelines.known(key)?.definition !== undefined)) await pass(500)
  if (how === 'events') await readEvents()
  await pass(65_000)
  const resting = await measured()
  const end = new AbortController()
  const watching = (async () => {
    for await (const _ of desk.pipelines.watch(opened.key, 'now', end.signal));
  })().catch(() => {})
  await detection(
    how === 'asking' ? { open: 2_000, running: 5_000, idle: 60_000 } : { open: 500, running: 500, idle: 500 },
  )
  end.abort()
  await watching

  /** Deploys the stack in each account; the first event of each proves that events come. */
  async function readEvents() {
    const [hub, ...members] = cloud.accounts
    if (!hub) return
    await cloud.unlimit()
    const made = await deployEvents(cloud.settings(hub), hub.id, { MemberAccounts: members.map(({ id }) => id) })
    for (const account of members) {
      await deployEvents(cloud.settings(account), account.id, { HubBusArn: made.BusArn ?? '' })
    }
    await cloud.limit()
    desk.settings.update({ eventQueues: [made.QueueUrl ?? ''] })
    for (let round = 0; round < 2; round++) await Promise.all(all.slice(0, accounts).map(changed))
  }

  const memory = `${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MB and ${cloud.memory().toFixed(0)} MB`
  const underWay = load()
  await desk.stop()
  // Events ask too little for a peer.
  const bare = how === 'asking' ? await bareCpu(cloud, resting.calls) : undefined
  report(how === 'asking' ? 'fleetAsking' : 'fleetEvents', [
    ...figures,
    {
      what: `CPU of the main process at rest, by ${how}`,
      measured: `${resting.cpu.toFixed(1)} %`,
      beside: bare === undefined ? '1 % (aim)' : `${bare.toFixed(1)} % (as many calls by bare SDK clients; aim 1 %)`,
      ratio: (resting.cpu / (bare ?? 1)).toFixed(2),
    },
    {
      what: `memory of the desk’s main process and of the cloud, ${latencyMs} ms a call, ${underWay}`,
      measured: memory,
      beside: '—',
      ratio: '—',
    },
  ])
  store.close()
  await cloud.stop()
  rmSync(directory, { recursive: true, force: true })
}
