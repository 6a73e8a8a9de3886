import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CloudAccount } from '../../main/cloud/cloud.ts'
import { target } from './cloudUnderTest.ts'
import { createShop, type ShopCloud, shopPipeline, workingCopy } from './shop.ts'

/** The cloud as a process of its own, killed without a chance to say anything. */

const main = fileURLToPath(new URL('../../main/cloud/main.ts', import.meta.url))
let data: string
let child: ChildProcess
let shop: ReturnType<typeof shopPipeline>

async function start(): Promise<ShopCloud> {
  child = spawn(process.execPath, [main, '--json', '--empty', '--data', join(data, 'cloud')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!child.stdout) throw new Error('The cloud has no output')
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`The cloud ended with ${code} before it was ready`)
  })
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), gone])) as [string]
  gone.catch(() => {})
  const ready = JSON.parse(line) as { endpoint: string; accounts: CloudAccount[] }
  const accountNamed = (name: string) => {
    const found = ready.accounts.find(account => account.name === name)
    if (!found) throw new Error(`no account ${name}`)
    return found
  }
  const cloud: ShopCloud = {
    accountNamed,
    settings({ account = 'tooling' } = {}) {
      const { accessKeyId, secretAccessKey } = accountNamed(account)
      const credentials = { accessKeyId, secretAccessKey }
      return { region: 'us-east-1', maxAttempts: 1, forcePathStyle: true, endpoint: ready.endpoint, credentials }
    },
  }
  shop = shopPipeline(cloud)
  return cloud
}
const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
  shop.close()
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

describe.skipIf(target === 'aws')('a cloud that is killed', { timeout: 120_000 }, () => {
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'killed-'))
  })
  afterEach(async () => {
    await end('SIGTERM')
    rmSync(data, { recursive: true, force: true })
  })

  it('keeps a waiting approval with its token, and ends a running build with the reason', async () => {
    const copy = workingCopy(join(data, 'clone'))
    const cloud = await start()
    await copy.follow(cloud)
    const roles = await createShop(cloud)
    const good = await copy.push('Hello World')
    await shop.create(roles)
    const token = await shop.tokenFor(good)
    await copy.push('slow World')
    const running = await vi.waitUntil(
      async () => {
        const build = await shop.latestOf(1, 'Build')
        return build?.status === 'InProgress' && build.externalExecutionId ? build : undefined
      },
      { timeout: 30_000, interval: 50 },
    )
    await end('SIGKILL')

    await start()
    const build = await vi.waitUntil(
      async () => {
        const found = await shop.latestOf(1, 'Build')
        return found?.status === 'Failed' ? found : undefined
      },
      { timeout: 30_000, interval: 50 },
    )
    expect(build.actionExecutionId).toBe(running.actionExecutionId)
    expect(build.errorDetails?.code).toBe('JobFailed')
    expect(build.errorDetails?.message).not.toBe('')
    expect((await shop.latestOf(2, 'Approve'))?.token).toBe(token)
    await shop.approve(token)
    await vi.waitUntil(async () => (await shop.executions()).some(({ status }) => status === 'Succeeded'), {
      timeout: 30_000,
      interval: 50,
    })
    expect(await shop.page()).toBe('Hello Release')
    expect((await shop.executions()).map(({ status }) => status)).toEqual(['Failed', 'Succeeded'])
  })
})
