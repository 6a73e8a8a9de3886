import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { _electron, type BrowserContext, test as base, chromium, expect, type Page } from '@playwright/test'
import { electronBinary } from './electronBinary.ts'

const root = resolve(import.meta.dirname, '..')

/** Chromium as every suite starts it: Debian's, without what would call outside. */
const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** A desk that executes, with its own data and its own local cloud, and a page that shows it. */
export interface Desk {
  page: Page
  /** The desk's data directory; the local cloud's is `cloud` inside it. */
  data: string
  /** Opens an outside page, as a link of the desk would, in a browser of its own. */
  open(url: string): Promise<Page>
  /** Ends the desk and opens it again on the same data. */
  restart(): Promise<Page>
  stop(): Promise<void>
}

async function ended(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise<void>(done => {
    child.once('exit', () => done())
  })
}

async function openNode(
  data: string,
  profile: string,
  env: NodeJS.ProcessEnv,
): Promise<{ page: Page; close(): Promise<void> }> {
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', join(root, 'out/main/node.js'), '--json', '--no-open', '--data', data],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env,
    },
  )
  const url = await new Promise<string>((done, fail) => {
    createInterface({ input: child.stdout }).once('line', line => done(JSON.parse(line).url))
    child.once('exit', code => fail(new Error(`The desk ended with ${code} before it was ready.`)))
  })
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    args: chromiumArgs,
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(url)
  return {
    page,
    async close() {
      await context.close()
      child.kill('SIGTERM')
      await ended(child)
    },
  }
}

async function openElectron(data: string, env: NodeJS.ProcessEnv): Promise<{ page: Page; close(): Promise<void> }> {
  const app = await _electron.launch({
    executablePath: electronBinary()!,
    args: [root, '--data', data],
    env: { ...env } as Record<string, string>,
  })
  return { page: await app.firstWindow(), close: () => app.close() }
}

/** Opens a desk on `data` in the shell that the Playwright project names; `more` goes into its environment. */
export async function openDesk(
  shell: string,
  data = mkdtempSync(join(tmpdir(), 'desk-')),
  more: NodeJS.ProcessEnv = {},
): Promise<Desk> {
  const env = { ...process.env, ...more }
  const open = () => (shell === 'electron' ? openElectron(data, env) : openNode(data, join(data, 'browser'), env))
  let current = await open()
  const desk: Desk = {
    page: current.page,
    data,
    async open(url) {
      const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs })
      const outside = await browser.newPage()
      outside.once('close', () => void browser.close())
      await outside.goto(url)
      return outside
    },
    async restart() {
      await current.close()
      current = await open()
      desk.page = current.page
      return current.page
    },
    async stop() {
      await current.close()
      rmSync(data, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return desk
}

/** The samples execute for real at the first start: waits until each pipeline is in the state that it is meant to show. */
async function samplesTold(page: Page) {
  for (const count of [/^Failed 2/, /^Waiting 1/, /^Running 2/])
    await expect(page.getByRole('button', { name: count })).toBeVisible({ timeout: 90_000 })
  await expect(page.getByRole('grid', { name: 'Pipelines' })).toHaveAttribute('aria-rowcount', '10')
}

/** `desk` is shared by the tests of a worker: it is dear to start. A test that breaks it opens its own. */
export const test = base.extend<{ page: Page; shell: string }, { desk: Desk }>({
  shell: async ({}, use, info) => use(String(info.project.metadata.shell)),
  desk: [
    async ({}, use, info) => {
      const shell = String(info.project.metadata.shell)
      const desk = await openDesk(shell)
      await samplesTold(desk.page)
      await use(desk)
      await desk.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  page: async ({ desk }, use) => use(desk.page),
})

export { expect }
