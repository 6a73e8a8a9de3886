import type { GetLogEventsRequest, GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../server/operation.ts'
import { readToken, writeToken } from './eventToken.ts'
import type { Logs } from './index.ts'
import { eventOverhead, type LogEventRow, type LogPosition } from './logStore.ts'
import {
  checkLimit,
  checkStreamName,
  findGroup,
  findStream,
  groupNameOf,
  invalidParameter,
  streamResource,
} from './refusals.ts'

const mostEvents = 10_000
const mostBytes = 1_048_576
const start: LogPosition = { at: 0, id: 0 }
const end: LogPosition = { at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER }

export const getLogEvents: Operation<Logs, GetLogEventsRequest, GetLogEventsResponse> = {
  resources: (input, call) => streamResource(call, groupNameOf(input), input.logStreamName),
  run({ store }, input, call) {
    const limit = checkLimit(input.limit, mostEvents)
    const since = input.startTime ?? 0
    const until = input.endTime ?? Number.MAX_SAFE_INTEGER
    if (since >= until) throw invalidParameter('startTime must be before endTime.')
    const stream = findStream(store, findGroup(store, call, groupNameOf(input)), checkStreamName(input.logStreamName))
    const token = input.nextToken === undefined ? undefined : readToken(input.nextToken)
    const direction = token?.direction ?? (input.startFromHead ? 'forward' : 'backward')
    const from = token?.position ?? (direction === 'forward' ? start : end)
    const near = fitting(store.read(stream, { direction, from, since, until, limit }))
    const events = direction === 'forward' ? near : near.reverse()
    // With nothing more to give, the token that was sent comes back: that is how clients see the end. A first read of
    // an empty stream starts both tokens at its beginning, so that a tail misses nothing.
    const edge = token?.position ?? start
    return {
      events: events.map(event => ({ timestamp: event.at, message: event.message, ingestionTime: event.ingested })),
      nextForwardToken: writeToken({ direction: 'forward', position: events.at(-1) ?? edge }),
      nextBackwardToken: writeToken({ direction: 'backward', position: events[0] ?? edge }),
    }
  },
}

/** As many of the first events as one answer of 1 MB holds, and never none where there is one. */
function fitting(events: LogEventRow[]): LogEventRow[] {
  let bytes = 0
  const first = events.findIndex((event, index) => {
    bytes += Buffer.byteLength(event.message) + eventOverhead
    return bytes > mostBytes && index > 0
  })
  return first < 0 ? events : events.slice(0, first)
}
