import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'

/** One question to LookupEvents: it takes one attribute. */
export interface TrailQuestion {
  by: { key: 'EventName' | 'ResourceName' | 'EventId'; value: string }
  from: Date
  /** Inclusive. */
  to: Date
  /** Of the page before; belongs to the very same question. */
  token: string | undefined
}

export interface TrailPage {
  /** Newest first: the records that CloudTrail wrote, parsed. */
  events: unknown[]
  /** How many had no record that can be read. */
  unreadable: number
  next: string | undefined
}

/** What CloudTrail's event history is asked: the management events of the last 90 days, two questions a second. */
export interface CloudTrail {
  page(at: At, question: TrailQuestion, ask: Ask): Promise<TrailPage>
}

export function cloudTrail(door: Door): CloudTrail {
  return {
    async page(at, { by, from, to, token }, ask) {
      const output = await door(
        at,
        {
          service: 'cloudtrail',
          name: 'LookupEvents',
          same: JSON.stringify([by, from, to, token]),
          send: client =>
            client.send(
              new LookupEventsCommand({
                LookupAttributes: [{ AttributeKey: by.key, AttributeValue: by.value }],
                StartTime: from,
                EndTime: to,
                MaxResults: 50,
                ...(token !== undefined && { NextToken: token }),
              }),
            ),
        },
        ask,
      )
      const found = output.Events ?? []
      const events = found.flatMap(({ CloudTrailEvent: text }) => parsed(text))
      return { events, unreadable: found.length - events.length, next: output.NextToken }
    },
  }
}

function parsed(text: string | undefined): unknown[] {
  try {
    return text === undefined ? [] : [JSON.parse(text)]
  } catch {
    return []
  }
}
