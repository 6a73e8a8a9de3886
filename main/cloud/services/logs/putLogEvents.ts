import type { PutLogEventsRequest, PutLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../server/operation.ts'
import type { Logs } from './index.ts'
import { eventOverhead } from './logStore.ts'
import { checkGroupName, checkStreamName, findGroup, findStream, invalidParameter, streamResource } from './refusals.ts'

const mostEvents = 10_000
const mostBytes = 1_048_576
const day = 24 * 60 * 60 * 1000
const oldest = 14 * day
const newest = 2 * 60 * 60 * 1000

export const putLogEvents: Operation<Logs, PutLogEventsRequest, PutLogEventsResponse> = {
  resources: (input, call) => streamResource(call, input.logGroupName, input.logStreamName),
  run({ store }, input, call) {
    const group = findGroup(store, call, checkGroupName(input.logGroupName))
    const stream = findStream(store, group, checkStreamName(input.logStreamName))
    const events = (input.logEvents ?? []).map(event => ({ at: event.timestamp ?? 0, message: event.message ?? '' }))
    if (events.length === 0 || events.length > mostEvents)
      throw invalidParameter(
        `A batch must hold between 1 and ${mostEvents} log events; this one holds ${events.length}.`,
      )
    const bytes = events.reduce((sum, event) => sum + Buffer.byteLength(event.message) + eventOverhead, 0)
    if (bytes > mostBytes) throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${mostBytes}`)
    const chronological = events.every((event, index) => event.at >= (events[index - 1]?.at ?? 0))
    if (!chronological)
      throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.')
    const expiry = call.at - (group.retention ?? Number.POSITIVE_INFINITY) * day
    const kept = (at: number) => at >= call.at - oldest && at >= expiry && at <= call.at + newest
    const tooOld = events.findLastIndex(event => event.at < call.at - oldest)
    const expired = events.findLastIndex(event => event.at < expiry)
    const tooNew = events.findIndex(event => event.at > call.at + newest)
    const rejected = {
      ...(tooOld >= 0 ? { tooOldLogEventEndIndex: tooOld + 1 } : {}),
      ...(expired >= 0 ? { expiredLogEventEndIndex: expired + 1 } : {}),
      ...(tooNew >= 0 ? { tooNewLogEventStartIndex: tooNew } : {}),
    }
    const accepted = events.filter(event => kept(event.at))
    store.append(stream.id, accepted, call.at)
    return {
      // Sequence tokens are no longer asked for, but still given.
      nextSequenceToken: String(call.at).padStart(56, '4'),
      ...(accepted.length < events.length ? { rejectedLogEventsInfo: rejected } : {}),
    }
  },
}
