import type { LookupEventsRequest, LookupEventsResponse } from '@aws-sdk/client-cloudtrail'
import { z } from 'zod'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { eventJson } from './eventJson.ts'
import type { LookupKey, StoredEvent } from './eventStore.ts'
import { type CloudTrail, retention } from './index.ts'

const keys = [
  'EventId',
  'EventName',
  'ReadOnly',
  'Username',
  'ResourceType',
  'ResourceName',
  'EventSource',
  'AccessKeyId',
] as const satisfies readonly LookupKey[]

const attribute = z.object({ AttributeKey: z.enum(keys), AttributeValue: z.string().min(1).max(2000) })

const mostResults = 50

/** The management events of the last 90 days in one account and region, newest first, by at most one attribute. */
export const lookupEvents: Operation<CloudTrail, LookupEventsRequest, LookupEventsResponse> = {
  run({ store, recorder, tokens, limit, clock }, input, { account, region }) {
    limit(account, region)
    const { LookupAttributes: attributes = [], MaxResults: most = mostResults, NextToken, EventCategory } = input
    if (EventCategory !== undefined && EventCategory !== 'insight')
      throw new AwsError('InvalidEventCategoryException', `Invalid event category: ${String(EventCategory)}`)
    if (most < 1 || most > mostResults)
      throw new AwsError(
        'InvalidMaxResultsException',
        `A max results value of ${most} is invalid. Specify max results between 1 and 50.`,
      )
    const by = lookupAttribute(attributes)
    const now = clock.now()
    const since = Math.max(input.StartTime?.getTime() ?? 0, now - retention)
    const until = input.EndTime?.getTime() ?? now
    if (input.StartTime && input.EndTime && input.StartTime > input.EndTime)
      throw new AwsError('InvalidTimeRangeException', 'Invalid time range: the start time is after the end time.')
    const before = NextToken === undefined ? undefined : openToken(tokens.open(input, NextToken))
    if (EventCategory === 'insight') return { Events: [] }
    // Nobody may miss what they just did.
    recorder.flush()
    const found = store.lookup({ account, region, since, until, by, before, limit: most + 1 })
    const page = found.slice(0, most)
    const last = page.at(-1)
    return {
      Events: page.map(toEvent),
      ...(found.length > most && last && { NextToken: tokens.seal(input, `${last.at}/${last.id}`) }),
    }
  },
}

function lookupAttribute(attributes: readonly unknown[]) {
  const refused = (message: string) => new AwsError('InvalidLookupAttributesException', message)
  if (attributes.length > 1) throw refused('You can only specify one lookup attribute.')
  if (attributes.length === 0) return undefined
  const read = attribute.safeParse(attributes[0])
  if (!read.success) throw refused('The lookup attribute is not valid.')
  const { AttributeKey: key, AttributeValue: value } = read.data
  if (key === 'ReadOnly' && value !== 'true' && value !== 'false')
    throw refused(`Invalid value for attribute ReadOnly: ${value}`)
  return { key, value }
}

function openToken(position: string | undefined) {
  const [, at, id] = /^(\d+)\/(\d+)$/.exec(position ?? '') ?? []
  if (at === undefined || id === undefined) throw new AwsError('InvalidNextTokenException', 'Invalid token.')
  return { at: Number(at), id: Number(id) }
}

function toEvent(event: StoredEvent) {
  return {
    EventId: event.eventId,
    EventName: event.name,
    ReadOnly: String(event.readOnly),
    ...(event.accessKey !== undefined && { AccessKeyId: event.accessKey }),
    EventTime: new Date(Math.floor(event.at / 1000) * 1000),
    EventSource: event.source,
    ...(event.username !== undefined && { Username: event.username }),
    Resources: event.resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
    CloudTrailEvent: JSON.stringify(eventJson(event)),
  }
}
