import type { PutEventsRequest, PutEventsRequestEntry, PutEventsResponse } from '@aws-sdk/client-eventbridge'
import { z } from 'zod'
import { AwsError } from '../../server/awsError.ts'
import type { Call, Operation } from '../../server/operation.ts'
import { busNamed, type EventBridge, validation } from './lends.ts'
import { busArn } from './model.ts'

const detail = z.record(z.string(), z.unknown())

/** Events of one's own. An entry that is not right fails alone. */
export const putEvents: Operation<EventBridge, PutEventsRequest, PutEventsResponse> = {
  resources: ({ Entries = [] }, call) => [
    ...new Set(Entries.map(({ EventBusName }) => busArn(busNamed(call, EventBusName)))),
  ],
  run(lends, { Entries = [] }, call) {
    if (Entries.length < 1 || Entries.length > 10)
      throw validation(
        `1 validation error detected: Value '${JSON.stringify(Entries)}' at 'entries' failed to satisfy constraint: Member must have length ${Entries.length < 1 ? 'greater than or equal to 1' : 'less than or equal to 10'}`,
      )
    const results = Entries.map(entry => {
      try {
        return { EventId: put(lends, call, entry) }
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        return { ErrorCode: error.name, ErrorMessage: error.message }
      }
    })
    return { FailedEntryCount: results.filter(result => 'ErrorCode' in result).length, Entries: results }
  },
}

function put({ rules, route, clock }: EventBridge, call: Call, entry: PutEventsRequestEntry): string {
  const { Source: source, DetailType: type, Detail: text, Resources = [], Time, EventBusName } = entry
  const invalid = (message: string) => new AwsError('InvalidArgument', message)
  if (!source) throw invalid('Parameter Source is not valid. Reason: Source is a required argument.')
  if (!type) throw invalid('Parameter DetailType is not valid. Reason: DetailType is a required argument.')
  if (text === undefined) throw invalid('Parameter Detail is not valid. Reason: Detail is a required argument.')
  if (source.startsWith('aws.')) throw new AwsError('NotAuthorizedForSourceException', 'Not authorized for the source.')
  const bus = busNamed(call, EventBusName)
  // UNCONFIRMED for buses that are not there: AWS drops such events without a word; an error is easier to find.
  if (!rules.hasBus(bus)) throw invalid(`Event bus ${bus.bus} does not exist.`)
  return route(bus, {
    source,
    'detail-type': type,
    account: call.account,
    region: call.region,
    time: (Time ?? new Date(clock.now())).toISOString().replace(/\.\d+Z$/, 'Z'),
    resources: Resources,
    detail: detailIn(text),
  })
}

function detailIn(text: string): Record<string, unknown> {
  try {
    return detail.parse(JSON.parse(text))
  } catch {
    throw new AwsError('MalformedDetail', 'Detail is malformed.')
  }
}
