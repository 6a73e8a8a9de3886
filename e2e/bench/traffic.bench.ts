import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryOf, rememberFleet, rowsPainted, startBuiltDesk } from './builtDesk.ts'
import { load, sizeOf, startFleetCloud } from './fleetCloud.ts'
import { report } from './results.ts'

/**
 * Whether anything grows while the desk is looked at all day: the built desk, the page that shows it, and the local cloud
 * behind it, each in a process of its own, while executions begin and end in fifty of a thousand pipelines.
 */
const accounts = sizeOf('FLEET_ACCOUNTS', 20)
const perAccount = sizeOf('FLEET_PIPELINES', 50)
const seconds = sizeOf('TRAFFIC_SECONDS', 300)
const total = accounts * perAccount
/** Caches fill at first, and stay. */
const warm = seconds / 10
const samples = 60

const cloud = await startFleetCloud(accounts, perAccount)
const directory = mkdtempSync(join(tmpdir(), 'traffic-bench-'))
await rememberFleet(directory, cloud.endpoint, cloud.accounts, total)
await cloud.limit()
const desk = await startBuiltDesk(directory, cloud.endpoint, cloud.accounts)
await desk.page.goto(desk.url)
await rowsPainted(desk.page, total)
const renderer = await desk.rendererPid()
const pass = (ms: number) => new Promise(done => setTimeout(done, ms))

const busy = cloud.accounts.flatMap(account => cloud.names.slice(0, 3).map(name => ({ account, name }))).slice(0, 50)
const runs = new Map<(typeof busy)[number], string>()
async function change(pipeline: (typeof busy)[number]) {
  const world = cloud.world(pipeline.account)
  const execution = runs.get(pipeline)
  if (execution === undefined) runs.set(pipeline, await world.start(pipeline.name))
  else {
    await world.end(pipeline.name, execution)
    runs.delete(pipeline)
  }
}

interface Memory {
  at: number
  main: number
  renderer: number
  heap: number
  cloud: number
}
const memories: Memory[] = []
const began = performance.now()
const elapsed = () => (performance.now() - began) / 1000
let changes = 0
while (elapsed() < seconds) {
  const pipeline = busy[changes % busy.length]
  if (pipeline) await change(pipeline)
  changes++
  if (elapsed() >= (memories.length * seconds) / samples) {
    const heap = await desk.heap()
    const at = elapsed()
    memories.push({ at, main: memoryOf(desk.pid), renderer: memoryOf(renderer), heap, cloud: cloud.memory() })
  }
  await pass(1000)
}
const settled = memories.filter(({ at }) => at >= warm)
const fifth = Math.max(1, Math.floor(settled.length / 5))
const mean = (of: readonly Memory[], key: keyof Memory) => of.reduce((sum, each) => sum + each[key], 0) / of.length
const growth = (key: keyof Memory) => {
  const [from, to] = [mean(settled.slice(0, fifth), key), mean(settled.slice(-fifth), key)]
  return {
    measured: `${from.toFixed(0)} → ${to.toFixed(0)} MB`,
    beside: 'no growth (aim)',
    ratio: (to / from).toFixed(2),
  }
}
const minutes = `${(seconds / 60).toFixed(0)} minutes of traffic, ${changes} changes in ${busy.length} of ${total} pipelines by asking, first and last fifth after a warm-up`
report('traffic', [
  { what: `memory over ${minutes} (${load()}): main process`, ...growth('main') },
  { what: 'the same: the process that draws the page', ...growth('renderer') },
  { what: 'the same: the page’s heap after a collection', ...growth('heap') },
  { what: 'the same: the local cloud', ...growth('cloud') },
])
await desk.stop()
await cloud.stop()
rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
process.exit(0)
