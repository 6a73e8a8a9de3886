import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { localOnly } from './cloudUnderTest.ts'
import { type KillableCloud, startKillable } from './killable.ts'
import { createShop, shopPipeline, workingCopy } from './shop.ts'

let data: string
let cloud: KillableCloud
let shop: ReturnType<typeof shopPipeline>

async function start(): Promise<void> {
  cloud = await startKillable(join(data, 'cloud'))
  shop = shopPipeline(cloud)
}
const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
  shop.close()
  await cloud.end(signal)
  expect(cloud.faults).toEqual([])
}

describe.skipIf(localOnly('it kills the cloud'))('a cloud that is killed', { timeout: 120_000 }, () => {
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'killed-'))
  })
  afterEach(async () => {
    await end('SIGTERM')
    rmSync(data, { recursive: true, force: true })
  })

  it('keeps a waiting approval with its token, and ends a running build with the reason', async () => {
    const copy = workingCopy(join(data, 'clone'))
    await start()
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
