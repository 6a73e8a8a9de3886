import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ActionDetail, LogUpdate } from '../../preload/contract/pipelines.ts'
import { type Aws, createAws } from '../aws/aws.ts'
import { type Asked, type Listener, listen } from '../aws/listener.testing.ts'
import { systemClock } from '../base/clock.ts'
import { createActionEvidence, isBuild } from './actionEvidence.ts'
import { tailLog } from './tailLog.ts'

const account = '111122223333'
const build = 'shop:0b7e0000-0000-4000-8000-000000000001'
const detail: ActionDetail = {
  key: { account, region: 'us-east-1', name: 'shop' },
  stage: 'Build',
  action: 'Build',
  actionExecutionId: '00000000-0000-4000-8000-000000000001',
  executionId: '00000000-0000-4000-8000-000000000002',
  state: 'running',
  startedAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  configuration: {},
  resolvedConfiguration: {},
  inputArtifacts: [],
  outputArtifacts: [],
  outputVariables: {},
  sample: false,
  externalId: build,
}

describe('the tail of a log', () => {
  let server: Listener
  let aws: Aws
  /** What the build has written so far, and whether it has ended. */
  let lines: string[]
  let ended: boolean
  let hasLog: boolean

  const answer = ({ operation, input }: Asked) => {
    if (operation === 'BatchGetBuilds') {
      const logs = hasLog ? { groupName: '/aws/codebuild/shop', streamName: 'stream' } : {}
      return { body: { builds: [{ id: build, buildStatus: ended ? 'SUCCEEDED' : 'IN_PROGRESS', logs }] } }
    }
    const from = Number(input.nextToken ?? 0)
    const events = lines.slice(from, from + 2).map((message, index) => ({ timestamp: from + index, message }))
    return { body: { events, nextForwardToken: String(from + events.length) } }
  }
  const tail = (of: ActionDetail, signal?: AbortSignal) => {
    const evidence = createActionEvidence(aws)
    const options = {
      aws,
      clock: systemClock,
      action: () => Promise.resolve(of),
      logOf: (each: ActionDetail) => evidence.logOf(each, { priority: 'open' as const }),
      hasLog: isBuild,
    }
    return tailLog(options, signal)
  }
  const textsOf = (updates: LogUpdate[]) =>
    updates.flatMap(update =>
      update.kind === 'lines' ? update.lines.map(({ number, text }) => `${number} ${text}`) : [],
    )

  beforeEach(async () => {
    server = await listen(() => account)
    server.answer = answer
    aws = createAws({ clock: systemClock, random: () => 0 })
    aws.admit(account, {
      credentials: () => Promise.resolve({ accessKeyId: 'AKIA', secretAccessKey: 's' }),
      endpoint: server.endpoint,
      website: () => '',
    })
    lines = []
    ended = false
    hasLog = true
  })
  afterEach(async () => {
    aws.stop()
    await server.stop()
  })

  it('gives every line once and in order, over pages, and ends when the build has ended and all was read', async () => {
    lines = ['one\n', 'two\n', 'three\n']
    const updates: LogUpdate[] = []
    for await (const update of tail(detail)) {
      updates.push(update)
      if (textsOf(updates).length === 3 && !ended) {
        ended = true
        lines.push('the last words\n')
      }
    }
    expect(textsOf(updates)).toEqual(['1 one', '2 two', '3 three', '4 the last words'])
    expect(updates.at(-1)).toEqual({ kind: 'end' })
  })

  it('says that the log has not begun, and goes on when it does', async () => {
    hasLog = false
    const updates: LogUpdate[] = []
    for await (const update of tail(detail)) {
      updates.push(update)
      if (update.kind === 'none') {
        hasLog = true
        lines = ['begun']
        ended = true
      }
    }
    expect(updates.map(({ kind }) => kind)).toEqual(['none', 'lines', 'end'])
  })

  it('says that an action without a build has none', async () => {
    const updates: LogUpdate[] = []
    for await (const update of tail({ ...detail, externalId: 'stack/shop' })) updates.push(update)
    expect(updates).toEqual([{ kind: 'none', why: 'This action wrote no log.' }, { kind: 'end' }])
    expect(server.asked).toEqual([])
  })

  it('asks nothing more once nobody reads', async () => {
    const end = new AbortController()
    lines = ['one']
    for await (const update of tail(detail, end.signal)) if (update.kind === 'lines') end.abort()
    const asked = server.asked.length
    expect(asked).toBeGreaterThan(0)
    expect(server.asked.length).toBe(asked)
  })
})
