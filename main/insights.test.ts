import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MetricsQuery } from '../preload/contract/metrics.ts'
import type { PipelineView } from '../preload/contract/pipelines.ts'
import { administrator, removeData, startDesk, type TestDesk, until } from './desk.testing.ts'
import { createSite, type Place, production, publishSource, siteKey } from './site.testing.ts'
import { openStore } from './store/store.ts'

const approve = (view: PipelineView) =>
  view.stages.flatMap(({ actions }) => actions).find(({ name }) => name === 'Approve')
const period = () => {
  const now = Date.now()
  return { from: new Date(now - 7 * 86_400_000).toISOString(), to: new Date(now + 60_000).toISOString() }
}
const query = (): MetricsQuery => ({
  scope: { kind: 'pipeline', key: siteKey },
  period: period(),
  bucket: 'day',
  sampleData: false,
})
const month = () => new Date().toISOString().slice(0, 7)

describe('Insights and Cost of what a local cloud executed', { timeout: 90_000 }, () => {
  let desk: TestDesk
  let place: Place

  /** Approves whatever waits and waits for its end; gives the execution. */
  const release = async (after?: string) => {
    const watch = () => desk.caller.pipelines.watch({ key: siteKey, of: 'now' })
    const waits = await until(
      watch(),
      view => approve(view)?.state === 'waiting' && approve(view)?.executionId !== after,
    )
    const action = approve(waits)
    const { outcome } = await desk.caller.operations.perform({
      kind: 'decide',
      key: siteKey,
      stage: 'Prod',
      action: 'Approve',
      actionExecutionId: action?.actionExecutionId ?? '',
      decision: 'Approved',
      comment: '',
      typedName: 'site',
    })
    expect(outcome.state).toBe('confirmed')
    await until(watch(), view =>
      view.executions.some(each => each.id === action?.executionId && each.state === 'succeeded'),
    )
    return action?.executionId ?? ''
  }
  const read = async () => {
    await desk.caller.metrics.readHistory({ days: 30 })
    return until(
      desk.caller.metrics.watchHistory(),
      ({ state, sources }) =>
        state === 'done' && sources.some(({ account, read }) => account === production && read === 1),
    )
  }
  const connected = () =>
    until(
      desk.caller.accounts.watch(),
      ({ accounts, localCloud }) =>
        localCloud.state === 'ready' &&
        accounts.length === 3 &&
        accounts.every(({ session }) => session.state === 'valid'),
    )

  beforeAll(async () => {
    desk = await startDesk({ empty: true })
    const { localCloud } = await connected()
    if (localCloud.state !== 'ready') throw new Error('not ready')
    place = {
      endpoint: localCloud.endpoint,
      credentials: await administrator(localCloud.credentialsFile, 'production'),
    }
    await createSite(place)
    await until(desk.caller.pipelines.watchFleet(), update =>
      (update.kind === 'snapshot' ? update.rows : update.changed).some(({ key }) => key.name === siteKey.name),
    )
    const first = await release()
    await publishSource(place, 'second')
    await release(first)
  }, 90_000)
  afterAll(async () => {
    await desk.stop()
    removeData(desk)
  })

  it('reads the past behind everything else, and says how far it is', async () => {
    const progress = await read()
    const source = progress.sources.find(({ account, region }) => account === production && region === siteKey.region)
    expect(source).toMatchObject({ state: 'read', pipelines: 1, read: 1, executions: 2, actions: 6, problems: [] })
  })

  it('counts the deployments into the production account, with their basis', async () => {
    const report = await desk.caller.metrics.report(query())
    expect(report.basis).toMatchObject({ pipelines: 1, executions: 2, sampleExecutions: 0, leftOut: 0, incomplete: [] })
    expect(report.dora.deploymentFrequency).toMatchObject({ count: 2 })
    expect(report.dora.leadTime.value).toBeUndefined()
    expect(report.dora.leadTime.count).toBe(2)
    expect(report.production).toEqual([
      { key: siteKey, stage: 'Prod', rule: 'The last stage that deploys into a production account.' },
    ])
    expect(report.time.map(({ kind }) => kind)).toContain('approval')
    expect(report.time.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  })

  it('prices an execution action by action, the approval free', async () => {
    const [execution] = (await until(desk.caller.pipelines.watch({ key: siteKey, of: 'now' }), () => true)).executions
    const cost = await desk.caller.cost.execution({ key: siteKey, executionId: execution?.id ?? '' })
    expect(cost).toMatchObject({ complete: true, localCloud: true })
    expect(cost.actions.map(({ action, exempt }) => [action, exempt !== undefined])).toEqual([
      ['Page', false],
      ['Approve', true],
      ['Publish', false],
    ])
  })

  it('adds the pipeline up with its artifacts, and says what the types would cost', async () => {
    const cost = await desk.caller.cost.pipeline({ key: siteKey, month: month(), sampleData: false })
    expect(cost.row.executions).toBe(2)
    expect(cost.whatIf.storedGb.low).toBeGreaterThan(0)
    expect(cost.breakEven.minutesPerMonth).toBe(500)
    expect(cost.basis).toMatchObject({ executions: 2, localCloud: true, running: true })
    const same = await desk.caller.cost.whatIf({ base: cost.whatIf, change: {} })
    expect(same.saves).toEqual({ low: 0, high: 0, currency: 'USD' })
    const { answer } = await desk.caller.cost.switchTypes({ month: month(), sampleData: false })
    expect(answer).toMatch(/^With every pipeline on V2/)
  })

  it('asks CloudWatch for no more than was agreed to', async () => {
    const plan = await desk.caller.metrics.cloudWatchPlan({ scope: query().scope, period: period() })
    const ask = (agreedMetrics: number) =>
      desk.caller.metrics.cloudWatch({ scope: query().scope, period: period(), agreedMetrics })
    await expect(ask(plan.metrics - 1)).rejects.toThrow('that were agreed to')
    expect((await ask(plan.metrics)).plan).toEqual(plan)
  })

  it('goes on after a restart where it was: only what is new is asked for', async () => {
    await desk.stop()
    const store = openStore(join(desk.data, 'desk.db'), 0)
    const before = store.history.mark(siteKey)
    store.close()
    desk = await startDesk({ data: desk.data, empty: true })
    await connected()
    const progress = await read()
    // One page of each list of the one pipeline.
    expect(progress.calls).toBeLessThan(20)
    expect(before.actions?.whole).toBe(true)
    expect((await desk.caller.metrics.report(query())).dora.deploymentFrequency.count).toBe(2)
  })
})
