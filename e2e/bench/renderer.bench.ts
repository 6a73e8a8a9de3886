import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { type Asked, listen } from '../../main/aws/listener.testing.ts'
import { manyPipelines } from '../../main/pipelines/manyPipelines.testing.ts'
import { rememberFleet, rowsPainted, startBuiltDesk } from './builtDesk.ts'
import { load, sizeOf } from './fleetCloud.ts'
import { type Figure, percentile, report } from './results.ts'

/**
 * The built desk (Node shell) on a database of 1,000 rows, in a Chromium without a screen: what a person waits for. AWS
 * is a few lines in this process. A machine without a graphics card draws by its processor.
 */
const count = sizeOf('RENDERER_PIPELINES', 1000)
const traffic = sizeOf('RENDERER_TRAFFIC_SECONDS', 60)
const stages = 50
const actions = 100
const frame = 16.7
/** How fast the list is scrolled: 88 rows a second. px/s */
const wheel = 3180

const directory = mkdtempSync(join(tmpdir(), 'renderer-bench-'))
const account = '111111111111'
const many = manyPipelines(count)
const server = await listen(() => account)
server.answer = asked => big(asked) ?? busy(asked)

/** Twenty of them run, so that the desk looks at them every few seconds. */
function busy(asked: Asked) {
  const answer = many.answer(asked)
  const runs = asked.operation === 'GetPipelineState' && /^p-([1-9]|1\d|20)$/.test(String(asked.input.name))
  if (!runs) return answer
  const body: unknown = JSON.parse(JSON.stringify(answer.body).replace('"Succeeded"', '"InProgress"'))
  return { ...answer, body: z.looseObject({}).parse(body) }
}

/** `p-0` has as many stages and actions as AWS lets a pipeline have at most. */
function big({ operation, input }: Asked) {
  if ((input.name ?? input.pipelineName) !== 'p-0') return undefined
  const each = <T>(length: number, make: (index: number) => T) => Array.from({ length }, (_, index) => make(index))
  const actionTypeId = { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' }
  switch (operation) {
    case 'GetPipeline':
      return {
        body: {
          pipeline: {
            name: 'p-0',
            version: 1,
            roleArn: `arn:aws:iam::${account}:role/Pipeline`,
            stages: each(stages, stage => ({
              name: `Stage${stage}`,
              actions: each(actions, action => ({ name: `Action${action}`, actionTypeId, runOrder: 1 + (action % 4) })),
            })),
          },
        },
      }
    case 'GetPipelineState':
      return {
        body: {
          pipelineVersion: 1,
          stageStates: each(stages, stage => ({
            stageName: `Stage${stage}`,
            latestExecution: { pipelineExecutionId: many.newestId('p-0'), status: 'Succeeded' },
            actionStates: each(actions, action => ({
              actionName: `Action${action}`,
              latestExecution: { status: 'Succeeded', lastStatusChange: 1_764_000_000 },
            })),
          })),
        },
      }
    default:
      return undefined
  }
}

const profile = { name: 'bench', accessKeyId: 'AKIABENCH', secretAccessKey: 'secret' }
await rememberFleet(directory, server.endpoint, [profile], count)
const desk = await startBuiltDesk(directory, server.endpoint, [profile])
const { page } = desk

/** Remembers when each message came and when what it changed was painted. */
await page.addInitScript(() => {
  const bench = { messageAt: 0, patches: [] as number[] }
  Object.assign(globalThis, { bench })
  const Original = WebSocket
  globalThis.WebSocket = class extends Original {
    constructor(...given: ConstructorParameters<typeof Original>) {
      super(...given)
      this.addEventListener('message', ({ data }) => {
        if (String(data).includes('"kind":"patch"')) bench.messageAt = performance.now()
      })
    }
  }
  document.addEventListener('DOMContentLoaded', () => {
    new MutationObserver(() => {
      const { messageAt } = bench
      if (messageAt === 0) return
      bench.messageAt = 0
      // After the frame that shows it has been made.
      requestAnimationFrame(() => setTimeout(() => bench.patches.push(performance.now() - messageAt)))
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  })
})

const pass = (ms: number) => new Promise(done => setTimeout(done, ms))

/** The processors' time so far, and what of it others had, in ticks (proc(5)). */
function ticks() {
  const [, ...spent] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/ +/).map(Number) ?? []
  const [, , , idle = 0, waiting = 0, , , stolen = 0] = spent
  return { all: spent.reduce((sum, each) => sum + each, 0), idle: idle + waiting, stolen }
}

/** The desk's local cloud executes its samples at first: waits until a quarter of the processors is busy at most. */
async function untilCalm() {
  for (;;) {
    const before = ticks()
    await pass(5_000)
    const after = ticks()
    if ((after.idle - before.idle) / (after.all - before.all) > 0.75) return
  }
}

await page.goto(desk.url)
await rowsPainted(page, count)
await untilCalm()
const paints: number[] = []
for (let round = 0; round < 5; round++) {
  await page.reload()
  paints.push(await rowsPainted(page, count))
}

interface Frames {
  /** Between two frames. ms */
  times: readonly number[]
  /** What of the processors' time other machines of the same host had meanwhile, for which frames are late too. % */
  stolen: number
  /** Processor time of the desk's page, of the thread that scripts and lays out, for each 16.7 ms. ms */
  busy: number
}

const drawing = await desk.rendererPid()
/** What a thread of the page's process has worked so far (scheduler statistics of the kernel). ms */
const workedBy = (thread: number | string) =>
  Number(readFileSync(`/proc/${drawing}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6
/** The one that scripts and lays out. */
const worked = () => workedBy(drawing)

const passes = 5
/** Of five passes the one that others disturbed least. */
async function calmest(measure: () => Promise<Frames>): Promise<Frames> {
  let found = await measure()
  for (let round = 1; round < passes; round++) {
    const next = await measure()
    if (next.stolen < found.stolen) found = next
  }
  return found
}

const seconds = 4

/** Acts 60 times a second, as a hand does: faster than the page where it lags. */
async function byHand(act: (step: number) => Promise<void>) {
  const began = performance.now()
  const acts: Promise<void>[] = []
  for (let step = 0; performance.now() < began + seconds * 1000; step++) {
    acts.push(act(step))
    await pass(Math.max(0, began + ((step + 1) * 1000) / 60 - performance.now()))
  }
  await Promise.all(acts)
}

/** The frames of 4 s in which somebody acts, by real input. */
async function framesWhile(act: () => Promise<unknown>, shown = page): Promise<Frames> {
  const before = { ...ticks(), worked: worked(), at: performance.now() }
  const measured = shown.evaluate(
    lasts =>
      new Promise<number[]>(done => {
        const times: number[] = []
        let began: number | undefined
        let last = 0
        const next = (now: number) => {
          if (began === undefined) began = now
          else times.push(now - last)
          last = now
          if (now - began < lasts) requestAnimationFrame(next)
          else done(times)
        }
        requestAnimationFrame(next)
      }),
    seconds * 1000,
  )
  await act()
  const times = await measured
  const after = ticks()
  return {
    times,
    stolen: (100 * (after.stolen - before.stolen)) / (after.all - before.all),
    busy: ((worked() - before.worked) * frame) / (performance.now() - before.at),
  }
}

/** The middle of what a locator finds. px */
async function middleOf(selector: string) {
  const box = await page.locator(selector).boundingBox()
  if (!box) throw new Error(`Nothing is shown of ${selector}.`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function scrollFromTop(shown: Page) {
  await shown.evaluate(() => {
    const table: Element | null = document.querySelector('table')
    for (let element = table; element; element = element.parentElement) element.scrollTop = 0
  })
  await pass(1_000)
  // The browser turns the wheel itself, or the test would take a tenth of a processor to tell it each notch.
  const browser = await shown.context().newCDPSession(shown)
  const frames = await framesWhile(
    () =>
      browser.send('Input.synthesizeScrollGesture', {
        x: 700,
        y: 450,
        yDistance: -wheel * seconds,
        speed: wheel,
        gestureSourceType: 'mouse',
        preventFling: true,
      }),
    shown,
  )
  await browser.detach()
  return frames
}
const scrolled = await calmest(() => scrollFromTop(page))
await page.mouse.move(0, 0)

/** The same scrolling of rows that are words and nothing else: what the browser itself takes on this machine. */
const plain = await desk.browser.newPage()
await plain.setContent(
  `<style>body{margin:0;font:13px system-ui}tr{height:36px}td{white-space:nowrap;padding:0 10px;border-bottom:1px solid #ddd}</style><table>${`<tr>${'<td>A word or two</td>'.repeat(11)}</tr>`.repeat(count)}</table>`,
)
await plain.bringToFront()
const plainScrolled = await calmest(() => scrollFromTop(plain))
await plain.close()
await page.bringToFront()

await page.evaluate(() => {
  for (let element = document.querySelector('[role=grid]'); element; element = element.parentElement)
    element.scrollTop = 0
  ;(globalThis as unknown as { bench: { patches: number[] } }).bench.patches.length = 0
})
for (let second = 0; second < traffic; second++) {
  for (let each = 0; each < 3; each++) many.execute(`p-${1 + ((second * 3 + each) % 20)}`)
  await pass(1000)
}
const patches = await page.evaluate(() => (globalThis as unknown as { bench: { patches: number[] } }).bench.patches)

await page.evaluate(hash => {
  location.hash = hash
}, `#/pipeline/${account}/us-east-1/p-0`)
await page.locator('.react-flow__node').first().waitFor({ timeout: 60_000 })
await pass(3_000)

/** Drags the graph to and fro, as far as a hand reaches. */
async function pan() {
  const { x, y } = await middleOf('.react-flow')
  await page.mouse.move(x, y)
  await page.mouse.down()
  const reach = 43
  const to = (step: number) => x - 7 * (reach - Math.abs((step % (2 * reach)) - reach))
  const frames = await framesWhile(() => byHand(step => page.mouse.move(to(step), y)))
  await page.mouse.up()
  return frames
}
const fitted = await calmest(pan)
const { x, y } = await middleOf('.react-flow')
await page.mouse.move(x, y)
await page.keyboard.down('Control')
while ((await page.locator('[data-level=far]').count()) > 0) await page.mouse.wheel(0, -53)
await page.keyboard.up('Control')
await pass(2_000)
const read = await calmest(pan)

/** Processor time of all threads of the page's process in `lasts` ms, in which nobody touches it. % of one processor */
async function pageCpu(lasts: number) {
  const all = () => readdirSync(`/proc/${drawing}/task`).reduce((sum, thread) => sum + workedBy(thread), 0)
  const [before, began] = [all(), performance.now()]
  await pass(lasts)
  return (100 * (all() - before)) / (performance.now() - began)
}

/** The fleet where nothing runs in sight: the account of the bench, whose executions have ended. */
server.answer = asked => big(asked) ?? many.answer(asked)
await page.mouse.move(0, 0)
await page.evaluate(() => {
  location.hash = '#/fleet?filter=acct:bench'
})
await rowsPainted(page, count)
await page.waitForFunction(() => document.querySelector('[role=grid] [data-state=running]') === null, undefined, {
  polling: 1_000,
  timeout: 180_000,
})
await pass(10_000)
const resting = await pageCpu(120_000)

const ms = (value: number) => `${value.toFixed(1)} ms`
const overFrame = ({ times, stolen }: Frames): Pick<Figure, 'measured' | 'beside' | 'ratio'> => ({
  measured: `p50 ${ms(percentile(times, 0.5))}, p95 ${ms(percentile(times, 0.95))}, ${stolen.toFixed(0)} % stolen`,
  beside: `${frame} ms (one frame)`,
  ratio: (percentile(times, 0.95) / frame).toFixed(2),
})
report('renderer', [
  {
    what: `first paint of ${count} rows from a reload, median of ${paints.length} (no graphics card, ${load()})`,
    measured: ms(percentile(paints, 0.5)),
    beside: '—',
    ratio: '—',
  },
  {
    what: `patch received to painted, ${patches.length} patches`,
    measured:
      patches.length === 0 ? 'none came' : `p50 ${ms(percentile(patches, 0.5))}, p95 ${ms(percentile(patches, 0.95))}`,
    beside: '—',
    ratio: '—',
  },
  {
    what: `frames while scrolling ${count} rows, the calmest of ${passes} passes (% of the processors’ time that other machines took)`,
    ...overFrame(scrolled),
  },
  {
    what: 'processor time of the page’s main thread for each frame of it (frames are later where two processors also draw)',
    measured: ms(scrolled.busy),
    beside: `${frame} ms (one frame)`,
    ratio: (scrolled.busy / frame).toFixed(2),
  },
  { what: 'the same frames of a bare table of words, by the browser alone', ...overFrame(plainScrolled) },
  { what: `frames while panning ${stages} stages × ${actions} actions, all in sight`, ...overFrame(fitted) },
  { what: 'frames while panning them at reading zoom', ...overFrame(read) },
  {
    what: `CPU of the page’s process at rest, by asking: ${count} rows, none of them running, two minutes`,
    measured: `${resting.toFixed(1)} %`,
    beside: '1 % (aim)',
    ratio: resting.toFixed(2),
  },
])
await desk.stop()
await server.stop()
rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
process.exit(0)
