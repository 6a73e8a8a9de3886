import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { z } from 'zod'
import { defaultLimits } from '../../main/aws/bucket.ts'
import { startWatching } from '../../main/pipelines/watched.testing.ts'
import { openStore } from '../../main/store/store.ts'

/** An account as a profile of the AWS configuration names it. */
export interface Profile {
  name: string
  accessKeyId: string
  secretAccessKey: string
}

/** Resident memory of a process. MB */
export const memoryOf = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** The built desk (Node shell) in a process of its own, and a Chromium without a screen to open it in. */
export interface BuiltDesk {
  /** Of the main process. */
  pid: number
  url: string
  browser: BrowserContext
  page: Page
  /** Of the process that draws the page. */
  rendererPid(): Promise<number>
  /** What the page holds after a collection. MB */
  heap(): Promise<number>
  stop(): Promise<void>
}

/** Leaves the accounts and rows of an earlier start in `<directory>/data`, as fast as this machine can ask. */
export async function rememberFleet(
  directory: string,
  endpoint: string,
  profiles: readonly Profile[],
  pipelines: number,
): Promise<void> {
  const store = openStore(join(directory, 'data/desk.db'), 0)
  const fast = { ...defaultLimits, rate: 1000, fastest: 1000, burst: 1000 }
  const desk = await startWatching({ endpoint, profiles, store, limits: () => fast })
  await desk.fleet(() => [...desk.rows.values()].filter(row => row.execution).length === pipelines)
  await desk.stop()
  store.close()
}

/** Starts it on `<directory>/data`, with these profiles of one endpoint. A machine without a graphics card draws by its processor. */
export async function startBuiltDesk(
  directory: string,
  endpoint: string,
  profiles: readonly Profile[],
): Promise<BuiltDesk> {
  const root = resolve(import.meta.dirname, '../..')
  if (!existsSync(join(root, 'out/main/node.js'))) throw new Error('There is no build: run npm run build first.')
  const config = join(directory, 'config')
  writeFileSync(
    config,
    profiles
      .map(({ name, accessKeyId, secretAccessKey }) =>
        [
          `[profile ${name}]`,
          'region = us-east-1',
          `endpoint_url = ${endpoint}`,
          `aws_access_key_id = ${accessKeyId}`,
          `aws_secret_access_key = ${secretAccessKey}`,
          '',
        ].join('\n'),
      )
      .join('\n'),
  )
  const child = spawn(
    process.execPath,
    [join(root, 'out/main/node.js'), '--json', '--no-open', '--data', join(directory, 'data')],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
    },
  )
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(String(line)))
  const browser = await chromium.launchPersistentContext(join(directory, 'browser'), {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-sync'],
    viewport: { width: 1440, height: 900 },
  })
  const page = browser.pages()[0] ?? (await browser.newPage())
  return {
    pid: child.pid ?? 0,
    url,
    browser,
    page,
    async rendererPid() {
      const session = await browser.browser()?.newBrowserCDPSession()
      if (!session) throw new Error('The browser tells nothing of its processes.')
      const { processInfo } = await session.send('SystemInfo.getProcessInfo')
      await session.detach()
      // The one that draws a page has done most.
      const [busiest] = processInfo.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime)
      if (!busiest) throw new Error('No process draws a page.')
      return busiest.id
    },
    async heap() {
      const session = await browser.newCDPSession(page)
      await session.send('HeapProfiler.collectGarbage')
      await session.send('Performance.enable')
      const { metrics } = await session.send('Performance.getMetrics')
      await session.detach()
      return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 2 ** 20
    },
    async stop() {
      await browser.close()
      child.kill('SIGTERM')
      await once(child, 'exit')
      process.off('exit', kill)
    },
  }
}

/** Waits until the fleet's grid knows of `wanted` rows, and gives the ms from the navigation to the frame after it. */
export const rowsPainted = (page: Page, wanted: number) =>
  page.evaluate(
    count =>
      new Promise<number>(done => {
        const look = () => {
          const rows = Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 0)
          if (rows >= count) requestAnimationFrame(() => setTimeout(() => done(performance.now())))
          else requestAnimationFrame(look)
        }
        look()
      }),
    wanted,
  )
