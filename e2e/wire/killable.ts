import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { CloudAccount } from '../../main/cloud/cloud.ts'
import type { ShopCloud } from './shop.ts'

const main = fileURLToPath(new URL('../../main/cloud/main.ts', import.meta.url))

/** A cloud as a process of its own, which can be killed without a chance to say anything. */
export interface KillableCloud extends ShopCloud {
  port: number
  /** What it said was wrong, a line each: must stay empty. */
  faults: readonly string[]
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** Starts a cloud without samples on a directory, at a free port unless one is named. */
export async function startKillable(data: string, port = 0): Promise<KillableCloud> {
  const child: ChildProcess = spawn(
    process.execPath,
    [main, '--json', '--empty', '--data', data, '--port', String(port)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  if (!child.stdout || !child.stderr) throw new Error('The cloud has no output')
  const faults: string[] = []
  createInterface(child.stderr).on('line', line => {
    if (!isWarning(line)) faults.push(line)
  })
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`The cloud ended with ${code} before it was ready: ${faults.join('\n')}`)
  })
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), gone])) as [string]
  gone.catch(() => {})
  const ready = JSON.parse(line) as { endpoint: string; accounts: CloudAccount[] }
  const accountNamed = (name: string) => {
    const found = ready.accounts.find(account => account.name === name)
    if (!found) throw new Error(`no account ${name}`)
    return found
  }
  return {
    port: Number(new URL(ready.endpoint).port),
    faults,
    accountNamed,
    settings({ account = 'tooling' } = {}) {
      const { accessKeyId, secretAccessKey } = accountNamed(account)
      const credentials = { accessKeyId, secretAccessKey }
      return { region: 'us-east-1', maxAttempts: 1, forcePathStyle: true, endpoint: ready.endpoint, credentials }
    },
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(signal)
      await once(child, 'exit')
    },
  }
}

/** Whether a line of the log is a warning, of something that the cloud lives with (pino's level 40). */
function isWarning(line: string): boolean {
  try {
    const entry: unknown = JSON.parse(line)
    return typeof entry === 'object' && entry !== null && 'level' in entry && Number(entry.level) <= 40
  } catch {
    return false
  }
}
