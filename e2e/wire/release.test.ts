import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type CloudUnderTest, localOnly, startCloudUnderTest } from './cloudUnderTest.ts'
import { createShop, shopPipeline, workingCopy } from './shop.ts'

/** A commit by `git push` through source, build, approval and deployment into another account, with nothing stood in. */

let cloud: CloudUnderTest
let data: string
let first: string
let copy: ReturnType<typeof workingCopy>
let shop: ReturnType<typeof shopPipeline>

const start = async () => {
  cloud = await startCloudUnderTest({ data: join(data, 'cloud') })
  shop = shopPipeline(cloud)
  await copy.follow(cloud)
}
const stop = async () => {
  shop.close()
  await cloud.stop()
}

describe.skipIf(localOnly('it restarts the cloud in the middle of a release'))(
  'a release on the local cloud',
  { timeout: 120_000 },
  () => {
    beforeAll(async () => {
      data = mkdtempSync(join(tmpdir(), 'release-'))
      copy = workingCopy(join(data, 'clone'))
      await start()
      const roles = await createShop(cloud)
      first = await copy.push('Hello World 1')
      await shop.create(roles)
    })
    afterAll(async () => {
      await stop()
      rmSync(data, { recursive: true, force: true })
      if (cloud.faults.length > 0) throw new AggregateError(cloud.faults, 'the cloud had faults')
    })

    it('goes from a push to the page in the production account', async () => {
      await shop.approve(await shop.tokenFor(first))
      await shop.ended('Succeeded')
      expect(await shop.page()).toBe('Hello Release 1')
      const build = (await shop.actions()).find(({ actionName }) => actionName === 'Build')
      expect(build?.output).toMatchObject({
        outputVariables: { GREETING: 'hello' },
        executionResult: { externalExecutionId: expect.stringMatching(/^shop:/) as string },
      })
    })

    it('starts within two seconds of the next push, and says in which phase a build failed', async () => {
      const before = (await shop.executions()).length
      await copy.push('broken World 2')
      await vi.waitUntil(async () => (await shop.executions()).length === before + 1, { timeout: 2_000, interval: 20 })
      await shop.ended('Failed')
      const build = await shop.latestOf(1, 'Build')
      expect(build?.errorDetails?.code).toBe('JobFailed')
      expect(build?.errorDetails?.message).toMatch(
        /^Build terminated with state: FAILED\. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR/,
      )
      expect(await shop.page()).toBe('Hello Release 1')
    })

    it('keeps an approval waiting over a restart of the cloud, with the same token', async () => {
      const revision = await copy.push('Hello World 3')
      const token = await shop.tokenFor(revision)
      await stop()
      await start()
      expect(await shop.tokenFor(revision)).toBe(token)
      await shop.approve(token)
      await shop.ended('Succeeded')
      expect(await shop.page()).toBe('Hello Release 3')
    })
  },
)
