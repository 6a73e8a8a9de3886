import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { planOf } from '../../execution/plan.ts'
import { runnerOver, standIns, succeed, twoStages, withoutApproval } from '../../execution/runner.testing.ts'
import { ActionFailure } from '../../providers/provider.ts'
import { type CloudDatabase, openDatabase } from '../../state/database.ts'

/** A machine may be busy. */
const patience = { timeout: 10_000, interval: 20 }

let database: CloudDatabase | undefined
afterEach(() => database?.close())

function cloudWith(act?: Parameters<typeof standIns>[0]) {
  database = openDatabase(':memory:')
  const cloud = runnerOver(database, standIns(act).providers)
  const seen = (action: string, state: string) =>
    vi.waitUntil(
      () => cloud.published.find(({ detail }) => detail.action === action && detail.state === state)?.detail,
      patience,
    )
  return { ...cloud, seen }
}

describe('the event of an action', () => {
  it('belongs to the attempt in which it ended, though its failure begins the next', async () => {
    let builds = 0
    const cloud = cloudWith(job => {
      if (job.action.name === 'Build' && builds++ === 0) throw new ActionFailure('JobFailed', 'Tests fail')
      return succeed(job)
    })
    const declaration: PipelineDeclaration = {
      ...withoutApproval,
      stages: withoutApproval.stages?.map(stage =>
        stage.name === 'Release'
          ? { ...stage, onFailure: { result: 'RETRY', retryConfiguration: { retryMode: 'FAILED_ACTIONS' } } }
          : stage,
      ),
    }
    cloud.startExecution(cloud.pipeline(declaration), 'e1')
    await cloud.seen('Build', 'SUCCEEDED')
    const attempts = cloud.published
      .filter(({ detail }) => detail.action === 'Build')
      .map(({ detail }) => [detail.state, detail['pipeline-execution-attempt']])
    expect(attempts).toEqual([
      ['STARTED', 1],
      ['FAILED', 1],
      ['STARTED', 2],
      ['SUCCEEDED', 2],
    ])
    await cloud.runner.stop()
  })

  it('says what kind of action it was, though its definition was replaced while it ran', async () => {
    const cloud = cloudWith()
    const pipeline = cloud.pipeline(twoStages)
    cloud.startExecution(pipeline, 'e1')
    const { id } = await vi.waitUntil(() => cloud.runner.state(pipeline).stages.Release?.actions.Approve, patience)
    cloud.runner.dispatch(pipeline, { kind: 'definitionChanged', plan: planOf(twoStages, 2) })
    cloud.runner.dispatch(pipeline, {
      kind: 'actionSucceeded',
      actionExecutionId: id,
      result: { artifacts: [], variables: {} },
    })
    expect(await cloud.seen('Approve', 'SUCCEEDED')).toMatchObject({
      version: 1,
      type: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
    })
    await cloud.runner.stop()
  })

  it('says why it failed, though nothing outside ever ran', async () => {
    const message = 'No bucket with the name x was found'
    const cloud = cloudWith(() => {
      throw new ActionFailure('ConfigurationError', message)
    })
    cloud.startExecution(cloud.pipeline(twoStages), 'e1')
    expect((await cloud.seen('Checkout', 'FAILED'))['execution-result']).toEqual({
      'external-execution-summary': message,
      'error-code': 'ConfigurationError',
    })
    await cloud.runner.stop()
  })
})

describe('the event of a start', () => {
  it('says who pushed what where, when a connection brought it', async () => {
    const cloud = cloudWith()
    const pipeline = cloud.pipeline(twoStages)
    const connectionArn = 'arn:aws:codestar-connections:us-east-1:111122223333:connection/c'
    const author = { name: 'Ann', email: 'ann@example.com', at: Date.UTC(2026, 10, 22, 9) }
    const push = {
      connectionArn,
      repository: 'hats/shop',
      provider: 'GitHub',
      commitId: 'c0ffee',
      message: 'Sell hats',
      author,
      branch: 'main',
    }
    cloud.runner.dispatch(pipeline, {
      kind: 'executionStarted',
      executionId: 'e1',
      trigger: { type: 'WebhookV2', detail: '{}', push },
      variables: {},
      overrides: [],
    })
    const { detail } = await vi.waitUntil(() => cloud.published[0], patience)
    expect(detail['execution-trigger']).toEqual({
      'author-display-name': 'Ann',
      'author-email': 'ann@example.com',
      'author-id': 'Ann',
      'author-date': '2026-11-22T09:00:00Z',
      'full-repository-name': 'hats/shop',
      'provider-type': 'GitHub',
      'commit-message': 'Sell hats',
      'commit-id': 'c0ffee',
      'connection-arn': connectionArn,
      'branch-name': 'main',
    })
    await cloud.runner.stop()
  })
})

describe('the event of a stop', () => {
  it('has the comment that was given, and none where there was none', async () => {
    const cloud = cloudWith()
    const pipeline = cloud.pipeline(twoStages)
    for (const [executionId, reason] of [
      ['e1', 'bad build'],
      ['e2', undefined],
    ] as const) {
      cloud.startExecution(pipeline, executionId)
      await vi.waitUntil(() => cloud.runner.state(pipeline).stages.Release?.latest === executionId, patience)
      cloud.runner.dispatch(pipeline, { kind: 'stopRequested', executionId, abandon: true, reason, by: 'ann' })
    }
    const stopping = await vi.waitUntil(() => {
      const all = cloud.published.filter(({ detail }) => detail.state === 'STOPPING' && !detail.stage)
      return all.length === 2 && all
    }, patience)
    expect(stopping.map(({ detail }) => detail['stop-execution-comments'])).toEqual(['bad build', undefined])
    await cloud.runner.stop()
  })
})
