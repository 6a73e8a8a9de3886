import type { FilterLogEventsRequest, FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../server/operation.ts'
import { eventId, readToken, writeToken } from './eventToken.ts'
import { filterPattern } from './filterPattern.ts'
import type { Logs } from './index.ts'
import { eventOverhead, type LogEventRow, type LogPosition } from './logStore.ts'
import { checkLimit, findGroup, findStream, groupNameOf, groupResource, invalidParameter } from './refusals.ts'

const mostEvents = 10_000
const mostBytes = 1_048_576
const batch = 2_000
/** So that one call over a huge group answers soon; the rest comes with the token, as AWS does it. */
const mostScanned = 50_000

export const filterLogEvents: Operation<Logs, FilterLogEventsRequest, FilterLogEventsResponse> = {
  resources: (input, call) => groupResource(call, groupNameOf(input)),
  run({ store }, input, call) {
    if (input.logStreamNames !== undefined && input.logStreamNamePrefix !== undefined)
      throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive.')
    const limit = checkLimit(input.limit, mostEvents)
    const matches = filterPattern(input.filterPattern)
    const group = findGroup(store, call, groupNameOf(input))
    const known = store.streams(group, input.logStreamNamePrefix ?? '')
    const streams =
      input.logStreamNames?.map(name => findStream(store, group, name)) ??
      (input.logStreamNamePrefix === undefined ? undefined : known)
    const nameOf = new Map(known.map(stream => [stream.id, stream.name]))
    const since = input.startTime ?? 0
    const until = input.endTime ?? Number.MAX_SAFE_INTEGER
    let after: LogPosition = input.nextToken === undefined ? { at: 0, id: 0 } : readToken(input.nextToken).position
    const found: LogEventRow[] = []
    let bytes = 0
    let scanned = 0
    let more = true
    while (more && scanned < mostScanned && found.length < limit && bytes < mostBytes) {
      const rows = store.scan(group, { streams, after, since, until, limit: batch })
      more = rows.length === batch
      for (const [index, row] of rows.entries()) {
        after = { at: row.at, id: row.id }
        scanned++
        if (!matches(row.message)) continue
        found.push(row)
        bytes += Buffer.byteLength(row.message) + eventOverhead
        if (found.length < limit && bytes < mostBytes) continue
        more ||= index < rows.length - 1
        break
      }
    }
    return {
      events: found.map(row => ({
        logStreamName: nameOf.get(row.streamId) ?? '',
        timestamp: row.at,
        message: row.message,
        ingestionTime: row.ingested,
        eventId: eventId(row),
      })),
      searchedLogStreams: [],
      ...(more ? { nextToken: writeToken({ direction: 'forward', position: after }) } : {}),
    }
  },
}
