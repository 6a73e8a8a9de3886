import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MetricsQuery } from '../preload/contract/metrics.ts'
import type { PipelineKey, PipelineRow } from '../preload/contract/pipelines.ts'
import { removeData, startDesk, type TestDesk, until } from './desk.testing.ts'

const day = 86_400_000

describe('Insights with the samples of a fresh local cloud', { timeout: 180_000 }, () => {
  let desk: TestDesk
  const rows = new Map<string, PipelineRow>()
  const keyOf = (name: string): PipelineKey => {
    const row = rows.get(name)
    if (!row) throw new Error(`No pipeline ${name}`)
    return row.key
  }
  /** The last fourteen days, as Insights asks at first. */
  const query = (name: string): MetricsQuery => {
    const tonight = Math.ceil(Date.now() / day) * day
    return {
      scope: { kind: 'pipeline', key: keyOf(name) },
      period: { from: new Date(tonight - 14 * day).toISOString(), to: new Date(tonight).toISOString() },
      bucket: 'day',
      sampleData: true,
    }
  }

  beforeAll(async () => {
    desk = await startDesk()
    const count = (state: PipelineRow['state']) => [...rows.values()].filter(row => row.state === state).length
    await until(desk.caller.pipelines.watchFleet(), update => {
      for (const row of update.kind === 'snapshot' ? update.rows : update.changed) rows.set(row.key.name, row)
      return (
        rows.size === 9 &&
        rows.get('infrastructure-europe')?.version === 2 &&
        count('failed') === 2 &&
        count('waiting') === 1 &&
        count('running') === 2
      )
    })
    // The past is written once a pipeline's own story has been told.
    for (const name of ['infrastructure-europe', 'web-shop'])
      await until(desk.caller.pipelines.watch({ key: keyOf(name), of: 'now' }), ({ executions }) =>
        executions.some(({ sample }) => sample),
      )
    await desk.caller.metrics.readHistory({ days: 60 })
    await until(desk.caller.metrics.watchHistory(), ({ state, read }) => state === 'done' && read === 9)
  }, 180_000)
  afterAll(async () => {
    await desk.stop()
    removeData(desk)
  })

  it('answers why the lead time doubled: a test that the new definition made slower', async () => {
    const { answer, before, after, actions } = await desk.caller.metrics.explain(query('infrastructure-europe'))
    const factor = (after.medianMs ?? 0) / (before.medianMs ?? 1)
    expect(factor).toBeGreaterThan(1.6)
    expect(factor).toBeLessThan(2.6)
    expect(answer).toMatch(/times that of the period before.*longer.*in tests/)
    expect(actions[0]).toMatchObject({ stage: 'Validate', action: 'Ports', kind: 'test' })
    const [slower] = await desk.caller.metrics.regressions(query('infrastructure-europe'))
    expect(slower).toMatchObject({
      action: 'Ports',
      sampleData: true,
      cause: {
        kind: 'definition',
        from: 1,
        to: 2,
        what: ['ProjectName: infrastructure-ports → infrastructure-ports-each'],
      },
    })
  })

  it('shows an action that is flaky, and calls it sample data', async () => {
    const flaky = await desk.caller.metrics.flaky(query('web-shop'))
    expect(flaky).toMatchObject([{ stage: 'Test', action: 'Links', error: 'JobFailed', sampleData: true }])
    expect(await desk.caller.metrics.flaky({ ...query('web-shop'), sampleData: false })).toEqual([])
  })
})
