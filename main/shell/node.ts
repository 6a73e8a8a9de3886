import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { createApp } from '../app.ts'
import { messageOf, sentencesOf } from '../base/failure.ts'
import { supervise } from './childProcess.ts'
import { findChromium, hasDisplay, openAppWindow } from './chromiumWindow.ts'
import { defaultDataDirectory } from './dataDirectory.ts'
import type { Host } from './host.ts'
import { fileLog, openCloudLog } from './log.ts'
import { startLoopbackServer } from './loopbackServer.ts'
import { printWithChromium } from './printPdf.ts'
import { listenAsBefore } from './rememberedPort.ts'

/** A printed address waits for a person to copy it; one that opens a window at once need not. */
const printedTtl = 10 * 60_000
const openedTtl = 60_000

const Options = z.object({
  open: z.boolean(),
  json: z.boolean(),
  port: z.coerce.number('--port takes a number from 0 to 65535').int().min(0).max(65535),
  data: z.string().min(1).optional(),
})

function options(argv: readonly string[]) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      'no-open': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      data: { type: 'string' },
    },
  })
  return Options.parse({
    open: !values['no-open'],
    json: values.json,
    port: values.port,
    ...(values.data !== undefined && { data: values.data }),
  })
}

const say = (line: string) => process.stderr.write(`${line}\n`)

/** The Node shell: the same app served to a browser window over a loopback WebSocket. */
async function main() {
  const wanted = options(process.argv.slice(2))
  const data = resolve(wanted.data ?? defaultDataDirectory(process.platform, process.env))
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const { log, file, flush } = fileLog(data)
  const cloudLog = openCloudLog(data)
  const here = import.meta.dirname
  const printer = findChromium(process.platform, process.env)
  const host: Host = {
    name: 'node',
    data,
    startCloud(args) {
      const child = spawn(process.execPath, [join(here, 'cloud.js'), '--follow-parent', ...args], {
        // A file rather than a pipe: it outlives the desk, so a cloud whose desk was killed can still end in order.
        stdio: ['pipe', 'pipe', cloudLog],
      })
      return supervise(child, name => child.kill(name))
    },
    async openExternal(url) {
      // Not the whole address: a sign-in's holds what ties its answer to the desk.
      log('info', 'The page opens links in its own browser', { origin: URL.parse(url)?.origin })
    },
    ...(printer !== undefined && { printPdf: (html: string) => printWithChromium(printer, html) }),
    log,
  }
  const app = createApp(host)
  const server = await listenAsBefore(data, wanted.port, port =>
    startLoopbackServer({
      router: app.router,
      renderer: join(here, '..', 'renderer'),
      port,
      onError: error => log('error', messageOf(error)),
    }),
  )

  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= (async () => {
      await app.stop()
      await server.stop()
      flush()
    })()
    return stopping
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void stop().finally(() => process.exit(0))
    })
  }
  await app.start()

  const browser =
    wanted.open && hasDisplay(process.platform, process.env) ? findChromium(process.platform, process.env) : undefined
  const url = server.launchUrl(browser && !wanted.json ? openedTtl : printedTtl)
  if (wanted.json) process.stdout.write(`${JSON.stringify({ url })}\n`)
  if (browser) {
    const window = openAppWindow(browser, wanted.json ? server.launchUrl(openedTtl) : url, data)
    window.onClose(() => void stop().finally(() => process.exit(0)))
    say('CloudPipelines is open in a window of its own. Close it, or press Ctrl+C here, to stop.')
  } else {
    if (wanted.open)
      say(
        hasDisplay(process.platform, process.env)
          ? 'No Chromium-based browser was found, so no window is opened.'
          : 'There is no display, so no window is opened.',
      )
    if (!wanted.json)
      say(
        `CloudPipelines is served at\n\n  ${url}\n\nThe address works once, within ten minutes. Press Enter for a new one, Ctrl+C to stop.`,
      )
    if (process.stdin.isTTY) process.stdin.on('data', () => say(`  ${server.launchUrl(printedTtl)}`))
  }
  say(`Data: ${data}\nLog:  ${file}`)
}

/** A sentence for the terminal, with what to do where that is known. */
function why(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error)
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  return taken ? `${messageOf(error)}. Name another port with --port, or leave it out.` : sentencesOf(error)
}

main().catch((error: unknown) => {
  say(`CloudPipelines could not start: ${why(error)}`)
  process.exit(1)
})
