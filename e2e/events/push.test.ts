import { DeleteQueueCommand, GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startWatching, type Watched } from '../../main/pipelines/watched.testing.ts'
import type { PipelineRow } from '../../preload/contract/pipelines.ts'
import { type CloudUnderTest, startCloudUnderTest, target } from '../wire/cloudUnderTest.ts'
import { deployEvents, type Settings } from './deploy.ts'
import { type FleetWorld, fleetWorld } from './fleetWorld.ts'

const region = 'us-east-1'

/** Against the local cloud: a real account would need the stack deployed, and two accounts. */
describe.runIf(target === 'local')('a desk that is told of changes', { timeout: 60_000 }, () => {
  let cloud: CloudUnderTest
  let watched: Watched
  let queueUrl = ''
  const worlds = new Map<string, FleetWorld>()
  const settingsOf = (account: string): Settings => {
    const { accessKeyId, secretAccessKey } = cloud.accountNamed(account)
    return { region, endpoint: cloud.local().endpoint, credentials: { accessKeyId, secretAccessKey } }
  }
  const world = (account: string) => {
    const found = worlds.get(account)
    if (!found) throw new Error(`no world ${account}`)
    return found
  }
  const row = (account: string, name: string): PipelineRow | undefined =>
    watched.rows.get(`${cloud.accountNamed(account).id}/${region}/${name}`)
  const states = (account: string, name: string) => row(account, name)?.stages.map(({ state }) => state)
  const calls = () => {
    const budgets = watched.aws.meter.read().budgets.flatMap(({ apis }) => apis)
    return budgets.filter(({ api }) => !api.startsWith('sqs:')).reduce((sum, { calls }) => sum + calls, 0)
  }
  /** Starts an execution, and gives how long the row took to show it, in ms. Ends it again. */
  const noticed = async (account: string, name: string): Promise<number> => {
    const id = await world(account).start(name)
    const before = performance.now()
    await watched.fleet(() => row(account, name)?.execution?.id === id)
    const took = performance.now() - before
    await watched.fleet(() => states(account, name)?.[1] === 'running')
    await world(account).end(name, id)
    await watched.fleet(() => row(account, name)?.state === 'stopped' && states(account, name)?.[1] === 'stopped')
    return took
  }

  beforeAll(async () => {
    cloud = await startCloudUnderTest()
    const [hub, member] = ['tooling', 'staging'] as const
    for (const account of [hub, member]) {
      const one = await fleetWorld(settingsOf(account), cloud.accountNamed(account).id)
      worlds.set(account, one)
      for (const name of ['shop', 'blog']) await one.create(name)
    }
    const made = await deployEvents(settingsOf(hub), cloud.accountNamed(hub).id, {
      MemberAccounts: [cloud.accountNamed(member).id],
    })
    await deployEvents(settingsOf(member), cloud.accountNamed(member).id, { HubBusArn: made.BusArn ?? '' })
    queueUrl = made.QueueUrl ?? ''
    watched = await startWatching({
      endpoint: cloud.local().endpoint,
      profiles: [hub, member].map(name => cloud.accountNamed(name)),
    })
    await watched.fleet(() => [...watched.rows.values()].filter(({ state }) => state !== 'stale').length === 4)
  })
  afterAll(async () => {
    for (const one of worlds.values()) one.close()
    await watched?.stop()
    await cloud?.stop()
  })

  it('shows a change of any account within half a second, by the resources that the template describes', async () => {
    watched.settings.update({ eventQueues: [queueUrl] })
    // The first event proves that events come at all.
    await noticed('tooling', 'shop')
    await noticed('staging', 'shop')
    const times: number[] = []
    for (const account of ['tooling', 'staging', 'tooling', 'staging']) times.push(await noticed(account, 'blog'))
    // The machine may be busy with other tests: the best of them says what the way itself takes.
    expect(Math.min(...times)).toBeLessThan(500)
    expect(watched.notices.all()).toEqual([])
  })

  it('shows a pipeline that was made, without being asked, and hands on who made it', async () => {
    await world('staging').create('fresh')
    await watched.fleet(() => row('staging', 'fresh') !== undefined)
    await vi.waitUntil(() => watched.recorded.some(event => JSON.stringify(event).includes('"name":"fresh"')))
    expect(watched.recorded).toContainEqual(
      expect.objectContaining({
        eventName: 'CreatePipeline',
        recipientAccountId: cloud.accountNamed('staging').id,
        userIdentity: expect.objectContaining({ type: 'IAMUser' }),
      }),
    )
    expect(watched.notices.all()).toEqual([])
  })

  it('takes events that come twice, late, mixed up or broken as no more than hints', async () => {
    const sqs = new SQSClient(settingsOf('tooling'))
    const { id: account } = cloud.accountNamed('staging')
    const event = (id: number, pipeline: string, state: string) =>
      JSON.stringify({
        version: '0',
        id: `event-${id}`,
        'detail-type': 'CodePipeline Pipeline Execution State Change',
        source: 'aws.codepipeline',
        account,
        region,
        time: '2020-01-01T00:00:00Z',
        resources: [],
        detail: { pipeline, 'execution-id': 'none', state },
      })
    const bodies = [
      ...Array.from({ length: 60 }, (_, index) => event(index % 3, 'shop', index % 2 ? 'SUCCEEDED' : 'STARTED')),
      event(4, 'nobody', 'FAILED'),
      event(5, 'shop', 'NEVER HEARD OF').replace(account, '000000000000'),
      '{"half":',
      'null',
      '[]',
      JSON.stringify({ id: 'x', source: 'aws.s3', account, region, 'detail-type': 'Object Created', detail: {} }),
      JSON.stringify({
        id: 'y',
        source: 'aws.codepipeline',
        account,
        region,
        'detail-type': 'Something New',
        detail: {},
      }),
    ]
    const before = { row: row('staging', 'shop'), calls: calls() }
    for (let from = 0; from < bodies.length; from += 10) {
      const Entries = bodies.slice(from, from + 10).map((MessageBody, index) => ({ Id: String(index), MessageBody }))
      await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
    }
    // The last of all is a real change.
    await noticed('staging', 'blog')
    await vi.waitFor(async () => {
      const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
      const left = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...AttributeNames] }),
      )
      expect(Object.values(left.Attributes ?? {})).toEqual(['0', '0'])
    }, 10_000)
    sqs.destroy()
    expect(row('staging', 'shop')?.execution).toEqual(before.row?.execution)
    expect(row('staging', 'nobody')).toBeUndefined()
    expect(calls() - before.calls).toBeLessThan(60)
    expect(watched.notices.all()).toEqual([])
  })

  it('asks again by itself, and says so, when the queue is gone', async () => {
    const sqs = new SQSClient(settingsOf('tooling'))
    await sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl }))
    sqs.destroy()
    for await (const notices of watched.notices.watch(undefined)) {
      if (notices.length === 0) continue
      expect(notices[0]?.failure.code).toMatch(/QueueDoesNotExist|NonExistentQueue/)
      expect(notices[0]?.failure.next).toContain('events.cfn.yaml')
      break
    }
    const before = calls()
    await noticed('staging', 'blog')
    expect(calls()).toBeGreaterThan(before)
    watched.settings.update({ eventQueues: [] })
    expect(watched.notices.all()).toEqual([])
  })
})
