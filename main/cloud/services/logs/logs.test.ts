import { beforeEach, describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from '../../../base/clock.ts'
import type { Call } from '../../server/operation.ts'
import { openDatabase } from '../../state/database.ts'
import { createLogs } from './index.ts'

const group = '/aws/codebuild/shop'
let clock: ManualClock
let logs: ReturnType<typeof createLogs>
beforeEach(() => {
  clock = manualClock()
  logs = createLogs({ database: openDatabase(':memory:'), clock })
})

interface Page {
  events: { message: string; timestamp: number; logStreamName?: string }[]
  nextForwardToken: string
  nextBackwardToken: string
  nextToken?: string
}
async function run<O = Page>(name: string, input: object, account = '111122223333'): Promise<O> {
  const operation = logs.service.operations[name]
  if (!operation) throw new Error(name)
  const call: Call = {
    account,
    region: 'us-east-1',
    caller: { kind: 'root', account, arn: '', userId: '', principalArn: '' },
    requestId: 'r',
    at: clock.now(),
    sourceIp: '127.0.0.1',
    userAgent: 'test',
    signal: new AbortController().signal,
  }
  return (await operation.run(logs.service.lends, { logGroupName: group, ...input }, call)) as O
}
const open = (stream: string) => logs.writer.open('111122223333', 'us-east-1', group, stream)
const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    at: clock.now() + from + index,
    message: `line ${from + index}\n`,
  }))
const messages = (page: Page) => page.events.map(event => event.message.trim())
const get = (input: object = {}) => run('GetLogEvents', { logStreamName: 'build', ...input })

describe('GetLogEvents', () => {
  it('follows a stream that grows: the forward token repeats at the end and later gives what is new', async () => {
    const stream = open('build')
    const empty = await get({ startFromHead: true })
    expect(empty.events).toEqual([])
    stream.append(lines(1, 3))
    const first = await get({ nextToken: empty.nextForwardToken })
    expect(messages(first)).toEqual(['line 1', 'line 2', 'line 3'])
    const end = await get({ nextToken: first.nextForwardToken })
    expect(end.events).toEqual([])
    expect(end.nextForwardToken).toBe(first.nextForwardToken)
    stream.append(lines(4, 4))
    expect(messages(await get({ nextToken: end.nextForwardToken }))).toEqual(['line 4'])
  })

  it('gives the latest first by default, pages backwards, and events of one moment in the order they came', async () => {
    open('build').append(lines(1, 9).map(event => ({ ...event, at: clock.now() })))
    const last = await get({ limit: 4 })
    expect(messages(last)).toEqual(['line 6', 'line 7', 'line 8', 'line 9'])
    const before = await get({ limit: 4, nextToken: last.nextBackwardToken })
    expect(messages(before)).toEqual(['line 2', 'line 3', 'line 4', 'line 5'])
    const first = await get({ limit: 4, nextToken: before.nextBackwardToken })
    expect(messages(first)).toEqual(['line 1'])
    const none = await get({ nextToken: first.nextBackwardToken })
    expect([none.events.length, none.nextBackwardToken]).toEqual([0, first.nextBackwardToken])
  })

  it('keeps to the times asked for, and to 1 MB an answer', async () => {
    open('build').append(lines(1, 5))
    const some = await get({ startTime: clock.now() + 2, endTime: clock.now() + 4 })
    expect(messages(some)).toEqual(['line 2', 'line 3'])
    open('big').append(Array.from({ length: 8 }, () => ({ at: clock.now(), message: 'x'.repeat(200_000) })))
    const page = await run('GetLogEvents', { logStreamName: 'big', startFromHead: true })
    expect(page.events).toHaveLength(5)
    const rest = await run('GetLogEvents', { logStreamName: 'big', nextToken: page.nextForwardToken })
    expect(rest.events).toHaveLength(3)
  })

  it('says what is missing or wrong as AWS does, and shows no other account', async () => {
    await expect(get()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    })
    open('build')
    await expect(run('GetLogEvents', { logStreamName: 'other' })).rejects.toThrow(
      'The specified log stream does not exist.',
    )
    await expect(get({ nextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(get({ limit: 10_001 })).rejects.toThrow("Value '10001' at 'limit'")
    await expect(run('GetLogEvents', { logStreamName: 'build' }, '444455556666')).rejects.toThrow(
      'log group does not exist',
    )
  })
})

describe('FilterLogEvents', () => {
  const find = async (filterPattern: string, more: object = {}) =>
    messages(await run('FilterLogEvents', { filterPattern, ...more }))
  beforeEach(() => {
    open('a').append([
      { at: clock.now(), message: 'ERROR in cart: no price' },
      { at: clock.now() + 2, message: 'WARN slow' },
    ])
    open('b').append([
      { at: clock.now() + 1, message: 'ERROR 42 in stock' },
      { at: clock.now() + 3, message: 'all good' },
    ])
  })

  it('knows terms, quotes, any-of and not, over all streams in order of time', async () => {
    expect(await find('')).toHaveLength(4)
    expect(await find('ERROR')).toEqual(['ERROR in cart: no price', 'ERROR 42 in stock'])
    expect(await find('ERROR stock')).toEqual(['ERROR 42 in stock'])
    expect(await find('ERROR -stock')).toEqual(['ERROR in cart: no price'])
    expect(await find('?WARN ?good')).toEqual(['WARN slow', 'all good'])
    expect(await find('"cart: no"')).toEqual(['ERROR in cart: no price'])
    expect(await find('error')).toEqual([])
    expect(await find('ERROR', { logStreamNamePrefix: 'b' })).toEqual(['ERROR 42 in stock'])
  })

  it('pages to the end without losing or repeating any', async () => {
    const found: string[] = []
    let nextToken: string | undefined
    do {
      const page: Page = await run('FilterLogEvents', { limit: 1, ...(nextToken === undefined ? {} : { nextToken }) })
      found.push(...messages(page))
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    expect(found).toEqual(await find(''))
  })

  it('refuses patterns that it does not know instead of finding nothing', async () => {
    for (const pattern of ['{ $.level = "error" }', '[ip, user]', '%a.b%', '"open', 'a.b'])
      await expect(find(pattern)).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })
})

describe('groups and streams', () => {
  it('are made, listed, written to and deleted', async () => {
    await run('CreateLogGroup', { tags: { team: 'shop' } })
    await expect(run('CreateLogGroup', {})).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' })
    await run('CreateLogStream', { logStreamName: 'one' })
    await run('PutLogEvents', {
      logStreamName: 'one',
      logEvents: [{ timestamp: clock.now(), message: 'hello' }],
    })
    expect(await run<object>('DescribeLogStreams', {})).toMatchObject({
      logStreams: [{ logStreamName: 'one', firstEventTimestamp: clock.now(), lastEventTimestamp: clock.now() }],
    })
    expect(await run<object>('DescribeLogGroups', { logGroupNamePrefix: '/aws/' })).toMatchObject({
      logGroups: [
        { logGroupName: group, arn: `arn:aws:logs:us-east-1:111122223333:log-group:${group}:*`, storedBytes: 31 },
      ],
    })
    const resourceArn = `arn:aws:logs:us-east-1:111122223333:log-group:${group}`
    expect(await run<object>('ListTagsForResource', { resourceArn })).toEqual({ tags: { team: 'shop' } })
    await run('DeleteLogGroup', {})
    expect(await run<object>('DescribeLogGroups', {})).toEqual({ logGroups: [] })
  })

  it('take no events out of order, and reject those too old or too new', async () => {
    open('build')
    const put = (times: number[]) =>
      run<object>('PutLogEvents', {
        logStreamName: 'build',
        logEvents: times.map(time => ({ timestamp: clock.now() + time, message: 'm' })),
      })
    await expect(put([2, 1])).rejects.toThrow('must be in chronological order')
    const hour = 3_600_000
    expect(await put([-15 * 24 * hour, 0, 3 * hour])).toMatchObject({
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 2 },
    })
    expect((await get()).events).toHaveLength(1)
  })

  it('forget what is older than they keep', async () => {
    open('build').append(lines(1, 2))
    clock.advance(5 * 24 * 3_600_000)
    open('build').append(lines(3, 3))
    await expect(run('PutRetentionPolicy', { retentionInDays: 4 })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
    await run('PutRetentionPolicy', { retentionInDays: 3 })
    expect(messages(await get())).toEqual(['line 3'])
  })
})
