import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { controlFile, controlPath, faultsReport } from '../../main/cloud/server/faults/control.ts'
import { type FleetWorld, fleetWorld } from '../events/fleetWorld.ts'

const ready = z.object({
  endpoint: z.string(),
  accounts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      profile: z.string(),
      accessKeyId: z.string(),
      secretAccessKey: z.string(),
    }),
  ),
})
export type BenchAccount = z.infer<typeof ready>['accounts'][number]

/** What the figures are measured with: calls a second of each API in each account and region, and its latency. */
export const perSecond = 5
export const latencyMs = 40

/** A local cloud in a process of its own with pipelines at rest in many accounts. */
export interface FleetCloud {
  endpoint: string
  accounts: readonly BenchAccount[]
  /** Of one account; made once. */
  world(account: BenchAccount): FleetWorld
  names: readonly string[]
  settings(account: BenchAccount): { region: string; endpoint: string; credentials: BenchAccount; maxAttempts: number }
  /** From now on calls take as long and are as many as in AWS; counts from nothing. */
  limit(): Promise<void>
  unlimit(): Promise<void>
  /** Calls that were refused since {@link limit}. */
  throttled(): Promise<number>
  /** Resident memory of the cloud's process. MB */
  memory(): number
  stop(): Promise<void>
}

export async function startFleetCloud(accountCount: number, perAccount: number): Promise<FleetCloud> {
  const data = mkdtempSync(join(tmpdir(), 'fleet-bench-'))
  const ids = Array.from({ length: accountCount }, (_, index) => `1${String(index).padStart(11, '0')}`)
  const args = ids.flatMap((id, index) => ['--account', `${id}:team-${index}`])
  const child: ChildProcess = spawn(
    process.execPath,
    [
      resolve(import.meta.dirname, '../../main/cloud/main.ts'),
      '--json',
      '--empty',
      '--follow-parent',
      '--data',
      data,
      ...args,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  if (!child.stdout) throw new Error('The cloud has no output.')
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { endpoint, accounts } = ready.parse(JSON.parse(String(line)))
  const { token } = controlFile.parse(JSON.parse(readFileSync(join(data, 'control.json'), 'utf8')))
  const control = async (rules?: object) => {
    const response = await fetch(endpoint + controlPath, {
      method: rules ? 'PUT' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(rules && { body: JSON.stringify(rules) }),
    })
    return faultsReport.parse(await response.json())
  }
  const settings = (account: BenchAccount) => ({ region: 'us-east-1', endpoint, credentials: account, maxAttempts: 1 })
  const names = Array.from({ length: perAccount }, (_, index) => `service-${String(index).padStart(3, '0')}`)
  const worlds = new Map<string, FleetWorld>()
  await Promise.all(
    accounts.map(async account => {
      const world = await fleetWorld(settings(account), account.id)
      worlds.set(account.id, world)
      for (const name of names) await world.create(name)
    }),
  )
  return {
    endpoint,
    accounts,
    names,
    settings,
    world(account) {
      const found = worlds.get(account.id)
      if (!found) throw new Error(`no world ${account.id}`)
      return found
    },
    async limit() {
      // Of what is read: the changes that are measured are made by the bench itself.
      const throttle = ['Get*', 'List*'].map(operation => `codepipeline.${operation}=${perSecond}`)
      await control({ throttle, fault: [`*=${latencyMs}ms`] })
    },
    async unlimit() {
      await control({})
    },
    async throttled() {
      return (await control()).throttle.reduce((sum, { fired }) => sum + fired, 0)
    },
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    async stop() {
      for (const world of worlds.values()) world.close()
      child.kill('SIGTERM')
      await once(child, 'exit')
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** A size that a shorter run may make smaller: `FLEET_ACCOUNTS=4 npm run bench fleetCold`. */
export const sizeOf = (variable: string, usual: number): number => Number(process.env[variable] ?? usual)

/** How busy the machine is besides: others' work is in the figures. */
export const load = (): string => `load ${readFileSync('/proc/loadavg', 'utf8').split(' ')[0]}`
