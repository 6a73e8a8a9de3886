import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FleetUpdate } from '../../preload/contract/pipelines.ts'
import { type Asked, type Listener, listen, refusal } from '../aws/listener.testing.ts'
import { until } from '../desk.testing.ts'
import { startWatching, type Watched } from './watched.testing.ts'

const keys: Record<string, string> = { AKIAONE: '111111111111', AKIATWO: '222222222222' }

function healthy({ operation, input }: Asked) {
  const started = 1_764_000_000
  const execution = '0b7e0000-0000-4000-8000-000000000001'
  switch (operation) {
    case 'ListPipelines':
      return { body: { pipelines: [{ name: 'shop', version: 1, pipelineType: 'V2', executionMode: 'SUPERSEDED' }] } }
    case 'GetPipeline':
      return {
        body: {
          pipeline: {
            name: input.name,
            version: 1,
            roleArn: 'arn:aws:iam::111111111111:role/Pipeline',
            stages: [{ name: 'Source', actions: [] }],
          },
        },
      }
    case 'GetPipelineState':
      return {
        body: {
          pipelineVersion: 1,
          stageStates: [
            { stageName: 'Source', latestExecution: { pipelineExecutionId: execution, status: 'Succeeded' } },
          ],
        },
      }
    case 'ListPipelineExecutions':
      return {
        body: {
          pipelineExecutionSummaries: [
            { pipelineExecutionId: execution, status: 'Succeeded', startTime: started, lastUpdateTime: started + 60 },
          ],
        },
      }
    default:
      return { body: {} }
  }
}

describe('when one account or region fails', { timeout: 90_000 }, () => {
  let server: Listener
  let watched: Watched
  let end: AbortController
  let valid: Set<string>
  const fleet = (wanted: (update: FleetUpdate) => boolean) => watched.fleet(wanted)
  const row = (account: string) => watched.rows.get(`${account}/us-east-1/shop`)

  beforeEach(async () => {
    valid = new Set(Object.keys(keys))
    server = await listen(key => (valid.has(key) ? keys[key] : undefined))
    server.answer = healthy
    watched = await startWatching({
      endpoint: server.endpoint,
      profiles: [
        { name: 'one', accessKeyId: 'AKIAONE', secretAccessKey: 'secret' },
        { name: 'two', accessKeyId: 'AKIATWO', secretAccessKey: 'secret' },
      ],
      random: () => 0,
    })
    end = new AbortController()
  })
  afterEach(async () => {
    end.abort()
    await watched.stop()
    await server.stop()
  })

  it('shows a denied account as one problem with its missing permission, and the other works on', async () => {
    server.answer = asked =>
      asked.accessKeyId === 'AKIATWO'
        ? refusal(
            'AccessDeniedException',
            'User: arn:aws:iam::222222222222:user/ann is not authorized to perform: codepipeline:ListPipelines on resource: * because no identity-based policy allows the codepipeline:ListPipelines action',
          )
        : healthy(asked)
    const denied = await fleet(({ problems }) => problems.length > 0)
    expect(denied.problems).toEqual([
      expect.objectContaining({
        account: '222222222222',
        failure: expect.objectContaining({
          code: 'AccessDeniedException',
          next: 'Ask for codepipeline:ListPipelines on *.',
        }),
      }),
    ])
    await fleet(() => row('111111111111')?.state === 'succeeded')
  })

  it('keeps the rows of an expired account, names the expiry, asks nothing of it, and resumes by itself', async () => {
    await fleet(() => row('222222222222')?.state === 'succeeded')
    valid.delete('AKIATWO')
    server.answer = asked =>
      valid.has(asked.accessKeyId)
        ? healthy(asked)
        : refusal('ExpiredTokenException', 'The security token included in the request is expired')
    const expired = await until(watched.accounts.watch(end.signal), ({ accounts: all }) =>
      all.some(({ id, session }) => id === '222222222222' && session.state === 'expired'),
    )
    expect(expired.accounts.find(({ id }) => id === '111111111111')?.session.state).toBe('valid')
    const kept = await fleet(({ problems }) => problems.some(({ account }) => account === '222222222222'))
    expect(kept.problems[0]?.failure.code).toMatch(/^ExpiredToken/)
    expect(row('222222222222')?.state).toBe('succeeded')

    server.asked.length = 0
    await until(watched.pipelines.watchFleet(end.signal), update => update.kind === 'patch')
    expect(
      server.asked.filter(
        ({ accessKeyId, operation }) => accessKeyId === 'AKIATWO' && operation !== 'GetCallerIdentity',
      ),
    ).toEqual([])

    valid.add('AKIATWO')
    expect((await watched.accounts.reconnect('222222222222')).session.state).toBe('valid')
    await fleet(({ problems }) => problems.length === 0)
  })

  it('asks less often when AWS throttles, says so on the meter, and shows no failure for it', async () => {
    await fleet(() => row('111111111111')?.state === 'succeeded')
    let refusals = 3
    server.answer = asked =>
      asked.operation === 'GetPipelineState' && asked.accessKeyId === 'AKIAONE' && refusals-- > 0
        ? refusal('ThrottlingException', 'Rate exceeded')
        : healthy(asked)
    const meter = await until(watched.aws.meter.watch(end.signal), ({ budgets }) =>
      budgets.some(({ throttled }) => throttled > 0),
    )
    const [one] = meter.budgets.filter(({ throttled }) => throttled > 0)
    expect(one).toMatchObject({ account: '111111111111', region: 'us-east-1', nextTryAt: expect.any(String) })
    expect(row('111111111111')?.problem).toBeUndefined()
  })

  it('forgets a pipeline that was deleted while it was open, and says so to who looks at it', async () => {
    await fleet(() => row('111111111111')?.state === 'succeeded')
    const key = { account: '111111111111', region: 'us-east-1', name: 'shop' }
    const looking = until(watched.pipelines.watch(key, 'now', end.signal), () => false)
    const gone = looking.catch((thrown: unknown) => thrown)
    server.answer = asked =>
      asked.operation === 'ListPipelines'
        ? { body: { pipelines: [] } }
        : refusal('PipelineNotFoundException', 'Account 111111111111 does not have a pipeline with name shop')
    expect(await gone).toMatchObject({ code: 'PipelineNotFound' })
    const last = await fleet(update => update.kind === 'snapshot')
    expect(last.kind === 'snapshot' && last.rows.filter(({ key: { account } }) => account === '111111111111')).toEqual(
      [],
    )
  })

  it('keeps every row when a token expires between two pages, and lists anew when it is valid again', async () => {
    await fleet(() => row('111111111111')?.state === 'succeeded' && row('222222222222')?.state === 'succeeded')
    // The second page would hold what was known so far.
    const paged = (asked: Asked) => {
      if (asked.operation !== 'ListPipelines' || asked.accessKeyId !== 'AKIATWO') return healthy(asked)
      if (asked.input.nextToken !== undefined) {
        valid.delete('AKIATWO')
        return refusal('ExpiredTokenException', 'The security token included in the request is expired')
      }
      return { body: { pipelines: [{ name: 'blog', version: 1 }], nextToken: 'page-2' } }
    }
    server.answer = paged
    watched.pipelines.refresh()
    await until(watched.accounts.watch(end.signal), ({ accounts: all }) =>
      all.some(({ id, session }) => id === '222222222222' && session.state === 'expired'),
    )
    expect(row('222222222222')?.state).toBe('succeeded')
    await fleet(update => update.kind === 'snapshot')
    expect([...watched.rows.keys()].sort()).toEqual(['111111111111/us-east-1/shop', '222222222222/us-east-1/shop'])
    server.answer = healthy
    valid.add('AKIATWO')
    await watched.accounts.reconnect('222222222222')
    await fleet(({ problems }) => problems.length === 0)
    expect(row('222222222222')?.state).toBe('succeeded')
  })

  it('begins a listing anew when a page’s own token grew too old', async () => {
    let tooOld = 1
    server.answer = asked => {
      if (asked.operation !== 'ListPipelines' || asked.accessKeyId !== 'AKIAONE') return healthy(asked)
      if (asked.input.nextToken === undefined) return { body: { pipelines: [{ name: 'blog' }], nextToken: 'page-2' } }
      return tooOld-- > 0
        ? refusal('InvalidNextTokenException', 'The next token was specified in an invalid format')
        : healthy(asked)
    }
    watched.pipelines.refresh()
    await fleet(() => watched.rows.has('111111111111/us-east-1/blog'))
    expect(row('111111111111')).toBeDefined()
    expect(tooOld).toBeLessThan(1)
  })

  it('shows a region that is not enabled as that region’s problem, and the account works on elsewhere', async () => {
    server.answer = asked =>
      asked.region === 'eu-south-1'
        ? refusal('UnrecognizedClientException', 'The security token included in the request is invalid')
        : healthy(asked)
    await watched.accounts.update({ id: '111111111111', regions: ['us-east-1', 'eu-south-1'] })
    const { problems } = await fleet(update => update.problems.length > 0)
    expect(problems).toEqual([
      expect.objectContaining({
        account: '111111111111',
        region: 'eu-south-1',
        failure: expect.objectContaining({ code: 'RegionDisabled' }),
      }),
    ])
    expect(watched.accounts.get('111111111111')?.session.state).toBe('valid')
    server.asked.length = 0
    await watched.pipelines.refreshed({ account: '111111111111', region: 'us-east-1', name: 'shop' })
    expect(server.asked.filter(({ region }) => region === 'eu-south-1').length).toBeLessThanOrEqual(1)
  })

  it('never tells the same question twice at a time, however many look at it', async () => {
    await fleet(() => row('111111111111')?.state === 'succeeded')
    server.asked.length = 0
    const key = { account: '111111111111', region: 'us-east-1', name: 'shop' }
    for (let i = 0; i < 20; i++) watched.pipelines.refresh(key)
    await watched.pipelines.refreshed(key)
    const asked = server.asked.filter(
      ({ operation, accessKeyId }) => operation === 'GetPipelineState' && accessKeyId === 'AKIAONE',
    )
    expect(asked.length).toBeLessThanOrEqual(2)
  })
})
