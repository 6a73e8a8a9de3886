import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'

export interface LogEvent {
  /** Milliseconds since the Unix epoch. */
  at: number
  text: string
}

/** A page of a log stream. CloudWatch Logs gives the same `next` again where nothing more is there yet. */
export interface LogPage {
  events: LogEvent[]
  next?: string
}

/** What CloudWatch Logs is asked. */
export interface Logs {
  /** From the start without a token. */
  page(at: At, log: { group: string; stream: string }, token: string | undefined, ask: Ask): Promise<LogPage>
  /** The last lines, oldest first. */
  last(at: At, log: { group: string; stream: string }, limit: number, ask: Ask): Promise<LogEvent[]>
}

export function logs(door: Door): Logs {
  const read = (
    at: At,
    { group, stream }: { group: string; stream: string },
    how: { startFromHead: boolean; nextToken?: string; limit?: number },
    ask: Ask,
  ) =>
    door(
      at,
      {
        service: 'logs',
        name: 'GetLogEvents',
        same: JSON.stringify([group, stream, how]),
        send: client => client.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, ...how })),
      },
      ask,
    )
  const eventsOf = (events: { timestamp?: number | undefined; message?: string | undefined }[] | undefined) =>
    (events ?? []).map(({ timestamp = 0, message = '' }) => ({ at: timestamp, text: message }))
  return {
    async page(at, log, token, ask) {
      const how = { startFromHead: true, ...(token !== undefined && { nextToken: token }) }
      const output = await read(at, log, how, ask)
      return {
        events: eventsOf(output.events),
        ...(output.nextForwardToken !== undefined && { next: output.nextForwardToken }),
      }
    },
    last: async (at, log, limit, ask) => eventsOf((await read(at, log, { startFromHead: false, limit }, ask)).events),
  }
}
