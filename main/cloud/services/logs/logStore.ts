import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'

/** What CloudWatch Logs adds to a message's UTF-8 bytes where it counts size (PutLogEvents, API reference). */
export const eventOverhead = 26

export interface LogGroupRow {
  id: number
  account: string
  region: string
  name: string
  created: Millis
  retention: number | null
  tags: string
  bytes: number
}

export interface LogStreamRow {
  id: number
  groupId: number
  name: string
  created: Millis
  firstAt: Millis | null
  lastAt: Millis | null
  lastIngested: Millis | null
  bytes: number
}

export interface LogEventRow {
  id: number
  streamId: number
  at: Millis
  ingested: Millis
  message: string
}

/** A place between two events: events are ordered by time, then by when they came in. */
export interface LogPosition {
  at: Millis
  id: number
}

export interface LogEvent {
  at: Millis
  message: string
}

/** Rows of groups, streams and events. */
export interface LogStore {
  group(account: string, region: string, name: string): LogGroupRow | undefined
  /** By name, ascending, after `after`; `contains` and `prefix` narrow. */
  groups(
    account: string,
    region: string,
    by: { prefix: string; contains: string; after: string; limit: number },
  ): LogGroupRow[]
  createGroup(account: string, region: string, name: string, at: Millis, tags: Readonly<Record<string, string>>): void
  deleteGroup(group: LogGroupRow): void
  setTags(group: LogGroupRow, tags: Readonly<Record<string, string>>): void
  setRetention(group: LogGroupRow, days: number | null): void
  /** Removes what is older than its group keeps, in all groups. */
  expire(now: Millis): void
  stream(group: LogGroupRow, name: string): LogStreamRow | undefined
  streams(group: LogGroupRow, prefix: string): LogStreamRow[]
  createStream(group: LogGroupRow, name: string, at: Millis): void
  deleteStream(stream: LogStreamRow): void
  append(streamId: number, events: readonly LogEvent[], ingested: Millis): void
  /** Events of one stream on one side of a position, nearest first in time order of `direction`. */
  read(
    stream: LogStreamRow,
    range: { direction: 'forward' | 'backward'; from: LogPosition; since: Millis; until: Millis; limit: number },
  ): LogEventRow[]
  /** Events of a group in time order, after a position; `streams` narrows, undefined means all. */
  scan(
    group: LogGroupRow,
    range: {
      streams: readonly LogStreamRow[] | undefined
      after: LogPosition
      since: Millis
      until: Millis
      limit: number
    },
  ): LogEventRow[]
}

const day = 24 * 60 * 60 * 1000

/** Makes the store over the cloud's database; the tables are there already. */
export function logStore(database: CloudDatabase): LogStore {
  return {
    group: (account, region, name) =>
      database.get<LogGroupRow>(
        'SELECT * FROM logs_group WHERE account = ? AND region = ? AND name = ?',
        account,
        region,
        name,
      ),
    groups: (account, region, by) =>
      database.all<LogGroupRow>(
        `SELECT * FROM logs_group WHERE account = ? AND region = ? AND name > ?
         AND substr(name, 1, length(?)) = ? AND instr(name, ?) > 0 ORDER BY name LIMIT ?`,
        account,
        region,
        by.after,
        by.prefix,
        by.prefix,
        by.contains,
        by.limit,
      ),
    createGroup(account, region, name, at, tags) {
      database.run(
        'INSERT INTO logs_group (account, region, name, created, tags) VALUES (?, ?, ?, ?, ?)',
        account,
        region,
        name,
        at,
        JSON.stringify(tags),
      )
    },
    deleteGroup(group) {
      database.run('DELETE FROM logs_group WHERE id = ?', group.id)
    },
    setTags(group, tags) {
      database.run('UPDATE logs_group SET tags = ? WHERE id = ?', JSON.stringify(tags), group.id)
    },
    setRetention(group, days) {
      database.run('UPDATE logs_group SET retention = ? WHERE id = ?', days, group.id)
    },
    expire(now) {
      database.transaction(() => {
        for (const { id, retention } of database.all<{ id: number; retention: number }>(
          'SELECT id, retention FROM logs_group WHERE retention IS NOT NULL',
        ))
          database.run('DELETE FROM logs_event WHERE groupId = ? AND at < ?', id, now - retention * day)
      })
    },
    stream: (group, name) =>
      database.get<LogStreamRow>('SELECT * FROM logs_stream WHERE groupId = ? AND name = ?', group.id, name),
    streams: (group, prefix) =>
      database.all<LogStreamRow>(
        'SELECT * FROM logs_stream WHERE groupId = ? AND substr(name, 1, length(?)) = ? ORDER BY name',
        group.id,
        prefix,
        prefix,
      ),
    createStream(group, name, at) {
      database.run('INSERT INTO logs_stream (groupId, name, created) VALUES (?, ?, ?)', group.id, name, at)
    },
    deleteStream(stream) {
      database.run('DELETE FROM logs_stream WHERE id = ?', stream.id)
    },
    append(streamId, events, ingested) {
      if (events.length === 0) return
      database.transaction(() => {
        const stream = database.get<{ groupId: number }>('SELECT groupId FROM logs_stream WHERE id = ?', streamId)
        // Deleted while somebody wrote to it: nothing is left to write to, as with AWS.
        if (!stream) return
        let first = Number.POSITIVE_INFINITY
        let last = Number.NEGATIVE_INFINITY
        let bytes = 0
        for (const { at, message } of events) {
          database.run(
            'INSERT INTO logs_event (groupId, streamId, at, ingested, message) VALUES (?, ?, ?, ?, ?)',
            stream.groupId,
            streamId,
            at,
            ingested,
            message,
          )
          first = Math.min(first, at)
          last = Math.max(last, at)
          bytes += Buffer.byteLength(message) + eventOverhead
        }
        database.run(
          `UPDATE logs_stream SET firstAt = min(coalesce(firstAt, ?), ?), lastAt = max(coalesce(lastAt, ?), ?),
           lastIngested = ?, bytes = bytes + ? WHERE id = ?`,
          first,
          first,
          last,
          last,
          ingested,
          bytes,
          streamId,
        )
        database.run('UPDATE logs_group SET bytes = bytes + ? WHERE id = ?', bytes, stream.groupId)
      })
    },
    read(stream, { direction, from, since, until, limit }) {
      const forward = direction === 'forward'
      return database.all<LogEventRow>(
        `SELECT id, streamId, at, ingested, message FROM logs_event
         WHERE streamId = ? AND (at, id) ${forward ? '>' : '<'} (?, ?) AND at >= ? AND at < ?
         ORDER BY at ${forward ? 'ASC' : 'DESC'}, id ${forward ? 'ASC' : 'DESC'} LIMIT ?`,
        stream.id,
        from.at,
        from.id,
        since,
        until,
        limit,
      )
    },
    scan(group, { streams, after, since, until, limit }) {
      // json_each keeps it one prepared statement, however many streams are named.
      const named = streams ? 'AND streamId IN (SELECT value FROM json_each(?))' : 'AND ? IS NULL'
      return database.all<LogEventRow>(
        `SELECT id, streamId, at, ingested, message FROM logs_event
         WHERE groupId = ? AND (at, id) > (?, ?) AND at >= ? AND at <= ? ${named} ORDER BY at, id LIMIT ?`,
        group.id,
        after.at,
        after.id,
        since,
        until,
        streams ? JSON.stringify(streams.map(stream => stream.id)) : null,
        limit,
      )
    },
  }
}
