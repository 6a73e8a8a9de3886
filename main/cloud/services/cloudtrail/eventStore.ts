import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { EventResource } from './resources.ts'

/** One recorded call. JSON texts as they stand in the event. */
export interface TrailEvent {
  account: string
  region: string
  at: Millis
  eventId: string
  name: string
  source: string
  readOnly: boolean
  /** Of no lasting interest: only the newest of these are kept. */
  isBrief: boolean
  username: string | undefined
  accessKey: string | undefined
  identity: string
  agent: string
  sourceIp: string
  requestId: string
  request: string | undefined
  response: string | undefined
  /** `additionalEventData` */
  additional: string | undefined
  /** `serviceEventDetails` of an event that is no call of an API; `{}` where there are none. */
  serviceEvent: string | undefined
  error: { code: string; message: string } | undefined
  resources: readonly EventResource[]
}

export interface StoredEvent extends TrailEvent {
  id: number
}

/** What LookupEvents can ask for; one of them a call. */
export type LookupKey =
  | 'EventId'
  | 'EventName'
  | 'ReadOnly'
  | 'Username'
  | 'ResourceType'
  | 'ResourceName'
  | 'EventSource'
  | 'AccessKeyId'

export interface Lookup {
  account: string
  region: string
  since: Millis
  until: Millis
  by: { key: LookupKey; value: string } | undefined
  /** Continues after this event. */
  before: { at: Millis; id: number } | undefined
  limit: number
}

interface Row {
  id: number
  account: string
  region: string
  at: number
  eventId: string
  name: string
  source: string
  readOnly: number
  brief: number
  username: string | null
  accessKey: string | null
  identity: string
  agent: string
  sourceIp: string
  requestId: string
  request: string | null
  response: string | null
  additional: string | null
  serviceEvent: string | null
  errorCode: string | null
  errorMessage: string | null
  resources: string | null
}

const ofResource = (column: 'type' | 'name') =>
  `e.id IN (SELECT event FROM cloudtrail_resource WHERE account = ? AND region = ? AND ${column} = ?)`

const conditions: Readonly<Record<LookupKey, string>> = {
  EventId: 'e.eventId = ?',
  EventName: 'e.name = ?',
  ReadOnly: "e.readOnly = (? = 'true')",
  Username: 'e.username = ?',
  EventSource: 'e.source = ?',
  AccessKeyId: 'e.accessKey = ?',
  ResourceType: ofResource('type'),
  ResourceName: ofResource('name'),
}

/** How many events one sweep drops. */
const sweep = 2_000

/** Rows of events. */
export function createEventStore(database: CloudDatabase) {
  const texts = new Map<string, number>()
  const textId = (text: string): number => {
    const known = texts.get(text)
    if (known !== undefined) return known
    database.run('INSERT OR IGNORE INTO cloudtrail_text (text) VALUES (?)', text)
    const id = database.get<{ id: number }>('SELECT id FROM cloudtrail_text WHERE text = ?', text)?.id ?? 0
    // Callers come and go with their sessions: what is not in use any more need not be remembered.
    if (texts.size > 1_000) texts.clear()
    texts.set(text, id)
    return id
  }
  return {
    append(events: readonly TrailEvent[]): void {
      database.transaction(() => {
        for (const event of events) {
          const { account, region, resources, error } = event
          const { lastInsertRowid } = database.run(
            `INSERT INTO cloudtrail_event (account, region, at, eventId, name, source, readOnly, username, accessKey,
             identity, agent, sourceIp, requestId, request, response, errorCode, errorMessage, resources, additional,
             serviceEvent, brief)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
            account,
            region,
            event.at,
            event.eventId,
            event.name,
            event.source,
            event.readOnly ? 1 : 0,
            event.username ?? null,
            event.accessKey ?? null,
            textId(event.identity),
            textId(event.agent),
            event.sourceIp,
            event.requestId,
            event.request ?? null,
            event.response ?? null,
            error?.code ?? null,
            error?.message ?? null,
            resources.length > 0 ? JSON.stringify(resources) : null,
            event.additional ?? null,
            event.serviceEvent ?? null,
            event.isBrief ? 1 : 0,
          )
          for (const { type, name } of event.isBrief ? [] : resources) {
            database.run(
              'INSERT INTO cloudtrail_resource (event, account, region, type, name) VALUES (?, ?, ?, ?, ?)',
              lastInsertRowid,
              account,
              region,
              type,
              name,
            )
          }
        }
      })
    },
    /** Newest first. */
    lookup({ account, region, since, until, by, before, limit }: Lookup): StoredEvent[] {
      const from = before ?? { at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER }
      const rows = database.all<Row>(
        `SELECT e.*, i.text AS identity, a.text AS agent FROM cloudtrail_event e
         JOIN cloudtrail_text i ON i.id = e.identity JOIN cloudtrail_text a ON a.id = e.agent
         WHERE e.account = ? AND e.region = ? AND e.at >= ? AND e.at <= ? AND (e.at, e.id) < (?, ?)
         ${by ? `AND ${conditions[by.key]}` : ''} ORDER BY e.at DESC, e.id DESC LIMIT ?`,
        account,
        region,
        since,
        until,
        from.at,
        from.id,
        ...(by?.key.startsWith('Resource') ? [account, region, by.value] : by ? [by.value] : []),
        limit,
      )
      return rows.map(toEvent)
    },
    /**
     * Drops what is older than `before`, and of what is brief all beyond the `most` newest; a few thousand at a time, so that
     * nobody waits for it. Answers whether there is more to drop.
     */
    expire(before: Millis, most: number): boolean {
      return database.transaction(() => {
        const old = database.run(
          // Ids follow time: the first event that stays ends the search.
          `DELETE FROM cloudtrail_event WHERE id IN (SELECT id FROM cloudtrail_event WHERE id < coalesce(
           (SELECT id FROM cloudtrail_event WHERE at >= ? ORDER BY id LIMIT 1), ${Number.MAX_SAFE_INTEGER}) ORDER BY id LIMIT ?)`,
          before,
          sweep,
        )
        const beyond = database.run(
          `DELETE FROM cloudtrail_event WHERE id IN (SELECT id FROM cloudtrail_event WHERE brief = 1 AND id <=
           (SELECT id FROM cloudtrail_event WHERE brief = 1 ORDER BY id DESC LIMIT 1 OFFSET ?) ORDER BY id LIMIT ?)`,
          most,
          sweep,
        )
        return old.changes === sweep || beyond.changes === sweep
      })
    },
  }
}

export type EventStore = ReturnType<typeof createEventStore>

function toEvent(row: Row): StoredEvent {
  const { readOnly, brief, username, accessKey, request, response, errorCode, errorMessage, resources, ...rest } = row
  return {
    ...rest,
    readOnly: readOnly === 1,
    isBrief: brief === 1,
    username: username ?? undefined,
    accessKey: accessKey ?? undefined,
    request: request ?? undefined,
    response: response ?? undefined,
    additional: row.additional ?? undefined,
    serviceEvent: row.serviceEvent ?? undefined,
    error: errorCode === null ? undefined : { code: errorCode, message: errorMessage ?? '' },
    resources: resources === null ? [] : (JSON.parse(resources) as EventResource[]),
  }
}
