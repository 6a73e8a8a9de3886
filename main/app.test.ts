import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CodePipelineClient, GetPipelineStateCommand } from '@aws-sdk/client-codepipeline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PipelineView } from '../preload/contract/pipelines.ts'
import { administrator, removeData, startDesk, type TestDesk, until } from './desk.testing.ts'
import { createPipeline, createSite, type Place, production, publishSource, siteKey } from './site.testing.ts'
import { openStore } from './store/store.ts'

const stage = (view: PipelineView, name: string) => view.stages.find(each => each.name === name)
const action = (view: PipelineView, name: string) =>
  view.stages.flatMap(({ actions }) => actions).find(each => each.name === name)

describe('the desk on a local cloud', { timeout: 90_000 }, () => {
  let desk: TestDesk
  let place: Place
  const watch = (of = 'now') => desk.caller.pipelines.watch({ key: siteKey, of })

  const connected = async () => {
    const snapshot = await until(
      desk.caller.accounts.watch(),
      ({ accounts, localCloud }) =>
        localCloud.state === 'ready' &&
        accounts.length === 3 &&
        accounts.every(({ session }) => session.state === 'valid'),
    )
    if (snapshot.localCloud.state !== 'ready') throw new Error('not ready')
    const credentials = await administrator(snapshot.localCloud.credentialsFile, 'production')
    place = { endpoint: snapshot.localCloud.endpoint, credentials }
    return snapshot
  }

  beforeAll(async () => {
    desk = await startDesk({ empty: true })
  })
  afterAll(async () => {
    await desk.stop()
    removeData(desk)
  })

  it('becomes the three accounts, and tells no secret of them', async () => {
    const snapshot = await connected()
    expect(snapshot.accounts.map(({ name, environment }) => [name, environment])).toEqual([
      ['tooling', 'development'],
      ['staging', 'staging'],
      ['production', 'production'],
    ])
    const session = snapshot.accounts.find(({ id }) => id === production)?.session
    expect(session).toMatchObject({ state: 'valid', as: expect.stringContaining(`arn:aws:iam::${production}:`) })
    expect(JSON.stringify(snapshot)).not.toContain(place.credentials.secretAccessKey)
    expect(JSON.stringify(snapshot)).not.toContain(place.credentials.accessKeyId)
  })

  it('shows a new pipeline, its execution, and the approval that waits', async () => {
    await createSite(place)
    const fleet = await until(desk.caller.pipelines.watchFleet(), update =>
      (update.kind === 'snapshot' ? update.rows : update.changed).some(
        row => row.key.name === 'site' && row.state === 'waiting',
      ),
    )
    const row = (fleet.kind === 'snapshot' ? fleet.rows : fleet.changed).find(({ key }) => key.name === 'site')
    expect(row).toMatchObject({
      accountName: 'production',
      environment: 'production',
      stages: [
        { name: 'Source', state: 'succeeded' },
        { name: 'Prod', state: 'waiting' },
      ],
      waitingSince: expect.any(String),
    })
    const view = await until(watch(), each => action(each, 'Approve')?.state === 'waiting')
    expect(action(view, 'Approve')?.approval).toMatchObject({ customData: expect.stringMatching(/^Look at \S+/) })
    expect(action(view, 'Publish')?.state).toBe('notRun')
    expect(JSON.stringify(view)).not.toMatch(/"token"/)
  })

  it('says what an approval will do, wants the name typed in production, and refuses without it', async () => {
    const view = await until(watch(), each => action(each, 'Approve')?.state === 'waiting')
    const actionExecutionId = action(view, 'Approve')?.actionExecutionId ?? ''
    const request = {
      kind: 'decide' as const,
      key: siteKey,
      stage: 'Prod',
      action: 'Approve',
      actionExecutionId,
      decision: 'Approved' as const,
      comment: 'looks right',
    }
    const preview = await desk.caller.operations.preview(request)
    expect(preview).toMatchObject({ mustTypeName: true, warnings: [] })
    expect(preview.impossible).toBeUndefined()
    expect(preview.effects.join(' ')).toMatch(
      /production .*us-east-1.*site.*Approve in Prod is approved.*Then Publish runs/,
    )
    const refused = await desk.caller.operations.perform(request)
    expect(refused.outcome).toMatchObject({ state: 'refused', failure: { code: 'NameNotTyped' } })
    const wrong = await desk.caller.operations.perform({
      ...request,
      actionExecutionId: '00000000-0000-4000-8000-000000000000',
      typedName: 'site',
    })
    expect(wrong.outcome).toMatchObject({ state: 'refused', failure: { code: 'ApprovalReplaced' } })
  })

  it('approves, records it before and after, and shows the deployed page', async () => {
    const view = await until(watch(), each => action(each, 'Approve')?.state === 'waiting')
    const record = await desk.caller.operations.perform({
      kind: 'decide',
      key: siteKey,
      stage: 'Prod',
      action: 'Approve',
      actionExecutionId: action(view, 'Approve')?.actionExecutionId ?? '',
      decision: 'Approved',
      comment: 'looks right',
      typedName: 'site',
    })
    expect(record.outcome).toMatchObject({ state: 'confirmed', requestId: expect.any(String) })
    expect(record.as).toContain(production)
    expect((await desk.caller.operations.recent({ limit: 1 }))[0]).toEqual(record)

    const done = await until(watch(), each => stage(each, 'Prod')?.state === 'succeeded')
    expect(action(done, 'Approve')).toMatchObject({ state: 'succeeded', summary: 'looks right' })
    const detail = await desk.caller.pipelines.action({
      key: siteKey,
      actionExecutionId: action(done, 'Publish')?.actionExecutionId ?? '',
    })
    expect(detail.deployedUrl).toMatch(/^http:\/\/site-page\.s3-website\.localhost:\d+\/$/)
  })

  it('refuses to decide again, and says that it was decided', async () => {
    const view = await until(watch(), each => action(each, 'Approve')?.state === 'succeeded')
    const preview = await desk.caller.operations.preview({
      kind: 'decide',
      key: siteKey,
      stage: 'Prod',
      action: 'Approve',
      actionExecutionId: action(view, 'Approve')?.actionExecutionId ?? '',
      decision: 'Rejected',
      comment: '',
    })
    expect(preview.impossible).toMatchObject({ code: 'ApprovalAlreadyCompletedException' })
    expect(preview.impossible?.message).toContain('approved')
  })

  it('shows a new revision unasked, on the open pipeline and in the fleet', async () => {
    const before = (await until(watch(), () => true)).executions[0]?.id
    const open = until(watch(), view => view.executions[0]?.id !== before)
    const listed = until(desk.caller.pipelines.watchFleet(), update =>
      (update.kind === 'snapshot' ? update.rows : update.changed).some(
        row => row.key.name === 'site' && row.execution?.id !== before,
      ),
    )
    await publishSource(place, 'second')
    const [view] = await Promise.all([open, listed])
    expect(view.executions[0]?.status).toBe('InProgress')
  })

  it('shows a past execution as it was, with its own stages', async () => {
    const now = await until(watch(), each => each.executions.length > 1 && action(each, 'Approve')?.state === 'waiting')
    const past = now.executions.at(-1)?.id ?? ''
    const view = await until(watch(past), () => true)
    expect(view.stages.map(({ name, state }) => [name, state])).toEqual([
      ['Source', 'succeeded'],
      ['Prod', 'succeeded'],
    ])
    expect(view.variables).toContainEqual({ namespace: 'codepipeline', name: 'PipelineExecutionId', value: past })
  })

  it('closes and opens a transition', async () => {
    const close = {
      kind: 'closeTransition' as const,
      key: siteKey,
      stage: 'Prod',
      reason: 'freeze until Monday',
      typedName: 'site',
    }
    expect((await desk.caller.operations.perform(close)).outcome.state).toBe('confirmed')
    const closed = await until(watch(), each => stage(each, 'Prod')?.transition.open === false)
    expect(stage(closed, 'Prod')?.transition).toMatchObject({ reason: 'freeze until Monday', by: expect.any(String) })
    expect((await desk.caller.operations.perform(close)).outcome).toMatchObject({
      failure: { code: 'TransitionClosed' },
    })
    const open = { kind: 'openTransition' as const, key: siteKey, stage: 'Prod', typedName: 'site' }
    expect((await desk.caller.operations.perform(open)).outcome.state).toBe('confirmed')
  })

  it('refuses every write to an account that is set read-only', async () => {
    await desk.caller.accounts.update({ id: production, readOnly: true })
    const { outcome } = await desk.caller.operations.perform({
      kind: 'start',
      key: siteKey,
      variables: [],
      typedName: 'site',
    })
    expect(outcome).toMatchObject({ state: 'refused', failure: { code: 'ReadOnly' } })
    await desk.caller.accounts.update({ id: production, readOnly: false })
  })

  it('keeps no key and no approval token: not in the database, not in the log', async () => {
    const { secretAccessKey, accessKeyId } = place.credentials
    const files = readdirSync(desk.data).filter(name => name.startsWith('desk.db'))
    const kept = files.map(name => readFileSync(join(desk.data, name)).toString('latin1')).join() + desk.logged.join()
    expect(kept).not.toContain(secretAccessKey)
    expect(kept).not.toContain(accessKeyId)
    const state = await new CodePipelineClient({ region: 'us-east-1', ...place }).send(
      new GetPipelineStateCommand({ name: 'site' }),
    )
    const token = state.stageStates?.flatMap(each => each.actionStates ?? []).find(each => each.latestExecution?.token)
    expect(token).toBeDefined()
    expect(kept).not.toContain(token?.latestExecution?.token)
  })

  it('names for each past execution whether it can be rolled back to, or why not', async () => {
    const candidates = await desk.caller.operations.rollbackCandidates({ key: siteKey, stage: 'Prod' })
    expect(candidates.length).toBeGreaterThan(1)
    expect(candidates.filter(({ eligible }) => !eligible).every(({ why }) => why !== undefined)).toBe(true)
    expect(candidates.at(-1)).toMatchObject({ eligible: true })
  })

  it('decides about an older execution of a PARALLEL pipeline, whose state AWS does not give', async () => {
    const key = { ...siteKey, name: 'site-parallel' }
    const look = (of = 'now') => desk.caller.pipelines.watch({ key, of })
    await createPipeline(place, key.name, 'PARALLEL')
    await until(desk.caller.pipelines.watchFleet(), update =>
      (update.kind === 'snapshot' ? update.rows : update.changed).some(
        row => row.key.name === key.name && row.state === 'waiting',
      ),
    )
    const first = await until(look(), each => action(each, 'Approve')?.state === 'waiting')
    const older = first.executions[0]?.id ?? ''
    const start = { kind: 'start' as const, key, variables: [], typedName: key.name }
    expect((await desk.caller.operations.perform(start)).outcome.state).toBe('confirmed')
    await until(look(), each => each.executions[0]?.id !== older && action(each, 'Approve')?.state === 'waiting')
    const view = await until(look(older), each => action(each, 'Approve')?.state === 'waiting')
    const { outcome } = await desk.caller.operations.perform({
      kind: 'decide',
      key,
      stage: 'Prod',
      action: 'Approve',
      actionExecutionId: action(view, 'Approve')?.actionExecutionId ?? '',
      decision: 'Rejected',
      comment: 'not this one',
      typedName: key.name,
    })
    expect(outcome).toMatchObject({ state: 'confirmed' })
    const rejected = await until(look(older), each => stage(each, 'Prod')?.state === 'failed')
    expect(action(rejected, 'Publish')?.state).toBe('notRun')
  })

  it('starts the cloud again when it dies, and nothing is lost', async () => {
    const before = (await until(desk.caller.pipelines.watchFleet(), () => true)).kind
    expect(before).toBe('snapshot')
    process.kill(desk.pids.at(-1)!, 'SIGKILL')
    await until(desk.caller.accounts.watch(), ({ localCloud }) => localCloud.state !== 'ready')
    await connected()
    expect(desk.pids.length).toBe(2)
    const view = await until(watch(), each => action(each, 'Approve')?.state === 'waiting')
    expect(view.executions.length).toBeGreaterThan(1)
  })

  it('leaves quietly when it is stopped while it starts', async () => {
    const brief = await startDesk({ empty: true })
    await brief.stop()
    expect(brief.logged.filter(line => line.startsWith('error'))).toEqual([])
  })

  it('begins the next time with the last snapshot, and closes what a killed desk left open', async () => {
    const last = await until(desk.caller.pipelines.watchFleet(), () => true)
    await desk.stop()
    const store = openStore(join(desk.data, 'desk.db'), 0)
    store.journal.put({
      id: 'left-open',
      at: new Date().toISOString(),
      as: 'somebody',
      request: { kind: 'openTransition', key: siteKey, stage: 'Prod' },
      outcome: { state: 'requested' },
    })
    store.close()
    desk = await startDesk({ data: desk.data, empty: true })
    const first = await until(desk.caller.pipelines.watchFleet(), () => true)
    if (first.kind !== 'snapshot' || last.kind !== 'snapshot') throw new Error('no snapshot')
    expect(first.rows.map(({ key }) => key)).toEqual(last.rows.map(({ key }) => key))
    expect(first.loading).toBe(false)
    expect((await until(watch(), () => true)).stages.length).toBe(2)
    const journal = await desk.caller.operations.recent({ limit: 50 })
    expect(journal.find(({ id }) => id === 'left-open')?.outcome).toMatchObject({ state: 'unknown' })
  })
})
