import { describe, expect, it } from 'vitest'
import type { Definition, ExecutionSummary } from '../../preload/contract/pipelines.ts'
import type { At, Priority } from '../aws/ask.ts'
import { createAws } from '../aws/aws.ts'
import { createCallBudget } from '../aws/callBudget.ts'
import type { CodePipeline } from '../aws/codePipeline.ts'
import { manualClock } from '../base/clock.ts'
import { openStore } from '../store/store.ts'
import { createFleet } from './fleet.ts'
import { createRealm } from './realm.ts'

const day = '2025-11-24T12:00:00.000Z'
const execution = (number: number): ExecutionSummary => ({
  id: `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`,
  state: 'succeeded',
  status: 'Succeeded',
  type: 'STANDARD',
  startedAt: day,
  updatedAt: day,
  revisions: [],
  sample: false,
})
const definition: Definition = {
  version: 1,
  type: 'V2',
  mode: 'SUPERSEDED',
  roleArn: 'arn:aws:iam::111111111111:role/Pipeline',
  artifactBuckets: [],
  stages: [{ name: 'Source', actions: [], conditions: [] }],
  variables: [],
}

/** Realms with idle pipelines, asked through the real budget on a clock that the test moves. */
function restingDesk(accounts: number, perAccount: number) {
  const clock = manualClock()
  const budget = createCallBudget({ clock, random: Math.random, judge: () => 'final' })
  const calls = new Map<string, number>()
  const newest = new Map<string, number>()
  const numberOf = ({ account, name }: { account: string; name: string }) => newest.get(`${account} ${name}`) ?? 1
  const answer = <T>(at: At, api: string, priority: Priority, value: () => T) =>
    budget.run(
      {
        at,
        api: `codepipeline:${api}`,
        send: async () => {
          calls.set(api, (calls.get(api) ?? 0) + 1)
          return value()
        },
      },
      { priority },
    )
  const real = createAws({ clock, random: Math.random })
  const codePipeline: CodePipeline = {
    ...real.codePipeline,
    pipelines: (at, { priority }) =>
      answer(at, 'ListPipelines', priority, () =>
        Array.from({ length: perAccount }, (_, index) => ({
          name: `p-${index}`,
          version: 1,
          type: 'V2' as const,
          mode: 'SUPERSEDED' as const,
        })),
      ),
    definition: (key, _version, { priority }) => answer(key, 'GetPipeline', priority, () => definition),
    executions: (key, _limit, { priority }) =>
      answer(key, 'ListPipelineExecutions', priority, () =>
        Array.from({ length: numberOf(key) }, (_, index) => execution(numberOf(key) - index)),
      ),
    state: (key, { priority }) =>
      answer(key, 'GetPipelineState', priority, () => ({
        version: 1,
        stages: [
          {
            name: 'Source',
            latest: { executionId: execution(numberOf(key)).id, status: 'Succeeded', type: 'STANDARD' as const },
            inbound: [],
            transition: { open: true as const },
            actions: [],
            conditions: [],
            retries: 0,
          },
        ],
      })),
  }
  const store = openStore(':memory:', 0)
  const fleet = createFleet(store.fleet, clock, write => write())
  const realms = Array.from({ length: accounts }, (_, index) => {
    const id = `1${String(index).padStart(11, '0')}`
    return createRealm({
      at: { account: id, region: 'us-east-1' },
      account: () => ({ name: `team-${index}`, environment: 'development' }),
      aws: { codePipeline, rateOf: budget.rateOf },
      store,
      fleet,
      authors: { named: executions => executions, find: async () => false, remember: () => {} },
      clock,
      keep: write => write(),
      onChange: () => {},
      onAnswer: () => {},
    })
  })
  return {
    clock,
    calls,
    fleet,
    execute: (account: string, name: string) => void newest.set(`${account} ${name}`, 2),
    start: () => realms.forEach(realm => realm.resume()),
    /** Moves the clock in small steps; between them, whatever was answered is taken in. */
    async pass(ms: number) {
      for (let left = ms; left > 0; left -= 100) {
        clock.advance(Math.min(left, 100))
        await new Promise(setImmediate)
      }
    },
    stop() {
      for (const realm of realms) realm.suspend()
      budget.stop()
      real.stop()
      store.close()
    },
  }
}

describe.each([
  [1, 200],
  [4, 50],
  [20, 10],
])('%i accounts of %i pipelines at rest', (accounts, perAccount) => {
  it('cost one cheap call for each in 55 s, and one listing of each account', { timeout: 60_000 }, async () => {
    const desk = restingDesk(accounts, perAccount)
    desk.start()
    const total = accounts * perAccount
    await desk.pass(6 * 60_000)
    expect([...desk.fleet.rows().values()].filter(({ state }) => state === 'succeeded')).toHaveLength(total)
    desk.calls.clear()
    await desk.pass(5 * 55_000)
    const { GetPipelineState: states = 0, ListPipelines: listings = 0, ...others } = Object.fromEntries(desk.calls)
    expect(others).toEqual({})
    expect(states / 5 / total).toBeLessThanOrEqual(1.02)
    expect(listings / 5 / accounts).toBeLessThanOrEqual(1.2)

    // And no change goes unseen for longer than a minute.
    desk.execute('100000000000', 'p-3')
    await desk.pass(60_000)
    expect(desk.fleet.rows().get('100000000000/us-east-1/p-3')?.execution?.id).toBe(execution(2).id)
    desk.stop()
  })
})
