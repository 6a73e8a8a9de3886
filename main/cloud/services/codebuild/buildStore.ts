import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import { type BuildRecord, buildRecord } from './model.ts'
import type { ProcessIdentity } from './runner/processes.ts'

interface BuildRow {
  body: string
}

/** A build that had not ended when the cloud did, with the process that it may have left behind. */
interface Unfinished {
  record: BuildRecord
  process?: ProcessIdentity
}

/** Rows of builds. */
export interface BuildStore {
  get(arn: string): BuildRecord | undefined
  find(account: string, region: string, project: string, uuid: string): BuildRecord | undefined
  /** The build that this token started, no earlier than `since`. */
  byToken(account: string, region: string, project: string, token: string, since: Millis): BuildRecord | undefined
  insert(record: BuildRecord, token: string | undefined): void
  update(record: BuildRecord): void
  /** Notes the process that runs the build's commands, before it runs any. */
  started(arn: string, identity: ProcessIdentity): void
  unfinished(): Unfinished[]
  /** Ids, newest first unless `ascending`, beyond `after` (a sequence number). */
  list(
    account: string,
    region: string,
    by: { project: string | undefined; ascending: boolean; after: number | undefined; limit: number },
  ): { id: string; sequence: number }[]
}

const read = (row: BuildRow | undefined) => row && buildRecord.parse(JSON.parse(row.body))

/** Makes the store over the cloud's database; the tables are there already. */
export function buildStore(database: CloudDatabase): BuildStore {
  return {
    get: arn => read(database.get<BuildRow>('SELECT body FROM codebuild_build WHERE arn = ?', arn)),
    find: (account, region, project, uuid) =>
      read(
        database.get<BuildRow>(
          'SELECT body FROM codebuild_build WHERE account = ? AND region = ? AND project = ? AND uuid = ?',
          account,
          region,
          project,
          uuid,
        ),
      ),
    byToken: (account, region, project, token, since) =>
      read(
        database.get<BuildRow>(
          `SELECT body FROM codebuild_build
           WHERE account = ? AND region = ? AND project = ? AND token = ? AND started >= ? ORDER BY sequence DESC`,
          account,
          region,
          project,
          token,
          since,
        ),
      ),
    insert(record, token) {
      database.run(
        'INSERT INTO codebuild_build (arn, account, region, project, uuid, token, started, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        record.arn,
        record.account,
        record.region,
        record.project,
        record.uuid,
        token ?? null,
        record.startedAt,
        JSON.stringify(record),
      )
    },
    update(record) {
      database.run(
        'UPDATE codebuild_build SET body = ?, ended = ? WHERE arn = ?',
        JSON.stringify(record),
        record.endedAt ?? null,
        record.arn,
      )
    },
    started(arn, { pid, startTicks }) {
      database.run('UPDATE codebuild_build SET pid = ?, pidStarted = ? WHERE arn = ?', pid, startTicks ?? null, arn)
    },
    unfinished: () =>
      database
        .all<BuildRow & { pid: number | null; pidStarted: string | null }>(
          'SELECT body, pid, pidStarted FROM codebuild_build WHERE ended IS NULL ORDER BY sequence',
        )
        .map(({ body, pid, pidStarted }) => ({
          record: buildRecord.parse(JSON.parse(body)),
          ...(pid === null ? {} : { process: { pid, ...(pidStarted === null ? {} : { startTicks: pidStarted }) } }),
        })),
    list: (account, region, { project, ascending, after, limit }) =>
      database.all<{ id: string; sequence: number }>(
        `SELECT project || ':' || uuid AS id, sequence FROM codebuild_build
         WHERE account = ? AND region = ? AND (? IS NULL OR project = ?) AND sequence ${ascending ? '>' : '<'} ?
         ORDER BY sequence ${ascending ? 'ASC' : 'DESC'} LIMIT ?`,
        account,
        region,
        project ?? null,
        project ?? null,
        after ?? (ascending ? 0 : Number.MAX_SAFE_INTEGER),
        limit,
      ),
  }
}
