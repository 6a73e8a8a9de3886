import { describe, expect, it } from 'vitest'
import type { FleetUpdate, PipelineRow } from '../../preload/contract/pipelines.ts'
import { manualClock } from '../base/clock.ts'
import { openStore } from '../store/store.ts'
import { createFleet } from './fleet.ts'
import { rowOf } from './row.ts'

const key = { account: '111111111111', region: 'us-east-1', name: 'shop' }

const execution = {
  id: '11111111-1111-1111-1111-111111111111',
  state: 'succeeded' as const,
  status: 'Succeeded' as const,
  type: 'STANDARD' as const,
  startedAt: '2026-11-22T14:00:00.000Z',
  updatedAt: '2026-11-22T14:02:00.000Z',
  revisions: [],
  sample: false,
}

/** A fleet of one row that rests, read by somebody who keeps each update; `again` when the last start has kept it. */
function restingFleet(again = false) {
  const clock = manualClock()
  const now = () => new Date(clock.now()).toISOString()
  const row: PipelineRow = rowOf(
    {
      key,
      listed: { name: 'shop', version: 1, type: 'V2', mode: 'SUPERSEDED' },
      live: { version: 1, stages: [] },
      executions: [execution],
      asOf: now(),
    },
    { name: 'team', environment: 'development' },
  )
  const store = openStore(':memory:', 0)
  if (again) store.fleet.putRow(row)
  let writes = 0
  const fleet = createFleet(store.fleet, clock, write => {
    writes++
    write()
  })
  if (!again) fleet.put(row)
  const updates: FleetUpdate[] = []
  const end = new AbortController()
  const reading = (async () => {
    for await (const update of fleet.watch(end.signal)) updates.push(update)
  })()
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 1_000) {
      clock.advance(1_000)
      await new Promise(setImmediate)
    }
  }
  return {
    fleet,
    updates,
    row,
    writes: () => writes,
    kept: () => store.fleet.rows()[0],
    now,
    pass,
    /** AWS answers the same for `ms`, every 5 s. */
    async rest(ms: number) {
      for (let left = ms; left > 0; left -= 5_000) {
        await pass(5_000)
        fleet.seen({ key, asOf: now() })
        await new Promise(setImmediate)
      }
    },
    async stop() {
      end.abort()
      await pass(1_000)
      await reading
      store.close()
    },
  }
}

describe('a row that rests', () => {
  it('is written once in ten minutes, and its readers hear at most every ten seconds that it does', async () => {
    const desk = restingFleet()
    await desk.rest(600_000)
    const patches = desk.updates.slice(1)
    expect(patches.length).toBeLessThanOrEqual(60)
    expect(patches.length).toBeGreaterThanOrEqual(30)
    expect(patches.flatMap(update => (update.kind === 'patch' ? update.changed : []))).toEqual([])
    expect(desk.writes()).toBe(2)
    expect(desk.kept()?.asOf).toBe(desk.fleet.rows().values().next().value?.asOf)
    await desk.stop()
  })

  it('is told with its age when it is asked no more, for then its age shows', async () => {
    const desk = restingFleet()
    await desk.rest(120_000)
    const told = desk.updates.length
    const seen = desk.now()
    desk.fleet.setAsked(key, false)
    await desk.pass(1_000)
    desk.fleet.setAsked(key, false)
    await desk.pass(1_000)
    expect(desk.updates.slice(told)).toMatchObject([{ kind: 'patch', changed: [{ asOf: seen }] }])
    await desk.stop()
  })

  it('is told and written at once when it moves', async () => {
    const desk = restingFleet()
    await desk.rest(12_000)
    const told = desk.updates.length
    desk.fleet.put({ ...desk.row, state: 'running', asOf: desk.now() })
    await desk.pass(1_000)
    expect(desk.updates.slice(told)).toMatchObject([{ kind: 'patch', changed: [{ state: 'running' }] }])
    expect(desk.kept()?.state).toBe('running')
    await desk.stop()
  })

  it('is not told again because it was derived again', async () => {
    const desk = restingFleet()
    await desk.pass(12_000)
    for (let times = 0; times < 10; times++) desk.fleet.put({ ...structuredClone(desk.row), asOf: desk.now() })
    await desk.pass(5_000)
    expect(desk.updates.slice(1)).toMatchObject([{ kind: 'patch', changed: [] }])
    expect(desk.writes()).toBe(1)
    await desk.stop()
  })

  it('is neither written nor told again when AWS confirms what the last start had kept', async () => {
    const desk = restingFleet(true)
    desk.fleet.put({ ...desk.row, asOf: desk.now() })
    await desk.pass(1_000)
    expect(desk.updates.slice(1).flatMap(update => (update.kind === 'patch' ? update.changed : []))).toEqual([])
    expect(desk.writes()).toBe(0)
    await desk.stop()
  })

  it('is unknown until it was put', async () => {
    const desk = restingFleet()
    expect(desk.fleet.seen({ key: { ...key, name: 'other' }, asOf: desk.now() })).toBe(false)
    await desk.stop()
  })
})
