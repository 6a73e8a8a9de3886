import { expect, it, vi } from 'vitest'
import { manualClock } from '../../../base/clock.ts'
import { AwsError } from '../../server/awsError.ts'
import { openDatabase } from '../../state/database.ts'
import { createDeliveries, type Delivery } from './deliveries.ts'
import type { EventEnvelope } from './model.ts'
import { migrateEventBridge } from './schema.ts'

const event: EventEnvelope = {
  version: '0',
  id: '1',
  'detail-type': 'x',
  source: 'shop',
  account: '111122223333',
  time: '2026-11-22T09:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail: {},
}
const target = { Id: 'q', Arn: 'arn:aws:sqs:us-east-1:111122223333:q' }

function process(database: ReturnType<typeof openDatabase>, clock = manualClock()) {
  const arrived: Delivery[] = []
  const lost: string[] = []
  const errors: unknown[] = []
  let trouble: Error | undefined
  const deliveries = createDeliveries({
    database,
    clock,
    deliver(delivery) {
      if (trouble) throw trouble
      arrived.push(delivery)
    },
    gaveUp: (_delivery, error) => lost.push(error.name),
    onError: error => errors.push(error),
  })
  return {
    clock,
    arrived,
    lost,
    errors,
    deliveries,
    fail: (error: Error | undefined) => {
      trouble = error
    },
  }
}
const store = () => {
  const database = openDatabase(':memory:')
  migrateEventBridge(database)
  return database
}
const left = (database: ReturnType<typeof openDatabase>) =>
  database.get<{ n: number }>('SELECT count(*) AS n FROM events_delivery')?.n

it('brings to its target after a restart what had not arrived before', async () => {
  const database = store()
  const before = process(database)
  before.fail(new Error('busy'))
  before.deliveries.put('rule', [target], event)
  await vi.waitUntil(() => before.errors.length === 1)
  await before.deliveries.stop()
  expect(left(database)).toBe(1)
  const after = process(database, before.clock)
  after.deliveries.start()
  before.clock.advance(1_000)
  await vi.waitUntil(() => left(database) === 0)
  expect(after.arrived).toMatchObject([{ ruleArn: 'rule', target, event, attempts: 1 }])
})

it('tries again, later each time, and gives up as the target says', async () => {
  const database = store()
  const { clock, deliveries, lost, fail, errors } = process(database)
  const start = clock.now()
  fail(new Error('busy'))
  deliveries.put('rule', [{ ...target, RetryPolicy: { MaximumRetryAttempts: 2 } }], event)
  await vi.waitUntil(() => {
    clock.advance(100)
    return lost.length === 1
  })
  expect(errors).toHaveLength(3)
  expect(clock.now() - start).toBeGreaterThanOrEqual(500 + 1_000)
  expect(lost).toEqual(['InternalFailure'])
  expect(left(database)).toBe(0)
})

it('gives up at once what nobody will ever allow', async () => {
  const { deliveries, lost, fail } = process(store())
  fail(new AwsError('AccessDeniedException', 'no'))
  deliveries.put('rule', [target], event)
  await vi.waitUntil(() => lost.length === 1)
  expect(lost).toEqual(['AccessDeniedException'])
})
