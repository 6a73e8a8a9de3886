import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { CloudAccount } from '../../main/cloud/cloud.ts'

/** What every SDK client of a benchmark takes. */
export interface Settings {
  endpoint: string
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string }
  maxAttempts: number
}

/** A local cloud in a process of its own, as a person starts it. */
export interface CloudProcess {
  settings: Settings
  account: CloudAccount
  accounts: readonly CloudAccount[]
  gitCredentialsFile: string
  /** From the spawn to the ready line. ms */
  startedIn: number
  /** Resident memory now. MB */
  memory(): number
  /** Processor time that the process has used so far, user and system. ms */
  cpu(): number
  stop(): Promise<void>
}

/** Starts a cloud without samples in a directory of its own, which is removed when it stops. */
export async function startCloudProcess(...more: readonly string[]): Promise<CloudProcess> {
  const data = mkdtempSync(join(tmpdir(), 'bench-'))
  const began = performance.now()
  const child = spawn(
    process.execPath,
    [resolve(import.meta.dirname, '../../main/cloud/main.ts'), '--json', '--empty', '--data', data, ...more],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const startedIn = performance.now() - began
  const { endpoint, accounts, gitCredentialsFile } = JSON.parse(String(line))
  const [account] = accounts
  const { accessKeyId, secretAccessKey } = account
  const proc = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8')
  return {
    settings: { endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 },
    account,
    accounts,
    gitCredentialsFile,
    startedIn,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(proc('status'))?.[1]) / 1024,
    cpu() {
      // Fields 14 and 15 of proc(5)'s stat, in ticks of 10 ms; the name before them may hold spaces.
      const fields = proc('stat').split(') ')[1]?.split(' ') ?? []
      return (Number(fields[11]) + Number(fields[12])) * 10
    },
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
      process.off('exit', kill)
      rmSync(data, { recursive: true, force: true })
    },
  }
}
