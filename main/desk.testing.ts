import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadSharedConfigFiles } from '@smithy/core/config'
import { type App, createApp } from './app.ts'
import type { Host } from './shell/host.ts'

/** A desk on a local cloud of its own, for tests. */
export interface TestDesk {
  app: App
  /** Calls procedures in memory; subscriptions end with `stop`. */
  caller: ReturnType<App['router']['createCaller']>
  host: Host
  /** The cloud's processes so far, the newest last. */
  pids: number[]
  data: string
  logged: string[]
  /** Ends the app but keeps the data. */
  stop(): Promise<void>
}

/** Starts a desk; `data` of an earlier one goes on with it. */
export async function startDesk(
  options: {
    data?: string
    empty?: boolean
    isolated?: boolean
    cloud?: readonly string[]
    vault?: Host['vault']
  } = {},
): Promise<TestDesk> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'desk-'))
  const pids: number[] = []
  const logged: string[] = []
  const host: Host = {
    name: 'node',
    data,
    startCloud(args) {
      const entry = fileURLToPath(new URL('cloud/main.ts', import.meta.url))
      const child = spawn(
        process.execPath,
        [entry, '--follow-parent', ...args, ...(options.empty ? ['--empty'] : []), ...(options.cloud ?? [])],
        {
          stdio: ['pipe', 'pipe', 'ignore'],
        },
      )
      if (child.pid !== undefined) pids.push(child.pid)
      const lines: ((line: string) => void)[] = []
      let rest = ''
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        const parts = (rest + chunk).split('\n')
        rest = parts.pop() ?? ''
        for (const line of parts) for (const listener of lines) listener(line)
      })
      const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
      return {
        onLine: listener => void lines.push(listener),
        onExit: listener => void child.once('exit', code => listener(code)),
        async stop() {
          child.kill('SIGKILL')
          await gone
        },
      }
    },
    ...(options.vault && { vault: options.vault }),
    openExternal: async () => {},
    log: (level, message, fields) => void logged.push(`${level} ${message} ${JSON.stringify(fields)}`),
  }
  const app = createApp(host)
  const end = new AbortController()
  const caller = app.router.createCaller({}, { signal: end.signal })
  await app.start()
  return {
    app,
    caller,
    host,
    pids,
    data,
    logged,
    async stop() {
      end.abort()
      await app.stop()
    },
  }
}

export const removeData = ({ data }: TestDesk) => rmSync(data, { recursive: true, force: true })

/** The first item that is as wanted; the stream is left then. */
export async function until<T, U extends T>(
  stream: Promise<AsyncIterable<T>> | AsyncIterable<T>,
  wanted: (item: T) => item is U,
): Promise<U>
export async function until<T>(
  stream: Promise<AsyncIterable<T>> | AsyncIterable<T>,
  wanted: (item: T) => boolean,
): Promise<T>
export async function until<T>(
  stream: Promise<AsyncIterable<T>> | AsyncIterable<T>,
  wanted: (item: T) => boolean,
): Promise<T> {
  let last: T | undefined
  for await (const item of await stream) {
    last = item
    if (wanted(item)) return item
  }
  throw new Error(`The stream ended before: last ${JSON.stringify(last)}`)
}

/** The keys of the cloud's administrator of one account, as the AWS CLI would read them. */
export async function administrator(credentialsFile: string, profile: string) {
  const { credentialsFile: profiles } = await loadSharedConfigFiles({
    filepath: credentialsFile,
    configFilepath: '/dev/null',
    ignoreCache: true,
  })
  const { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey } = profiles[profile] ?? {}
  if (!accessKeyId || !secretAccessKey)
    throw new Error(`No keys of ${profile} in ${readFileSync(credentialsFile, 'utf8')}`)
  return { accessKeyId, secretAccessKey }
}
