import type { CloudDatabase } from '../../state/database.ts'

/**
 * An event is kept in parts and put together when it is looked up: a caller and a user agent are the same for thousands
 * of calls, and reads, which are most of them, have no answer. What has no index of its own is
 * found by walking back in time.
 */
const steps = [
  `CREATE TABLE cloudtrail_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
   CREATE TABLE cloudtrail_event (
     id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, region TEXT NOT NULL, at INTEGER NOT NULL,
     eventId TEXT NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL, readOnly INTEGER NOT NULL,
     username TEXT, accessKey TEXT, identity INTEGER NOT NULL, agent INTEGER NOT NULL,
     sourceIp TEXT NOT NULL, requestId TEXT NOT NULL,
     request TEXT, response TEXT, errorCode TEXT, errorMessage TEXT, resources TEXT);
   CREATE INDEX cloudtrail_by_time ON cloudtrail_event (account, region, at, id);
   CREATE INDEX cloudtrail_by_name ON cloudtrail_event (account, region, name, at, id);
   CREATE INDEX cloudtrail_by_id ON cloudtrail_event (eventId);
   CREATE INDEX cloudtrail_reads ON cloudtrail_event (id) WHERE readOnly = 1;
   CREATE TABLE cloudtrail_resource (
     event INTEGER NOT NULL REFERENCES cloudtrail_event (id) ON DELETE CASCADE, account TEXT NOT NULL,
     region TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL);
   CREATE INDEX cloudtrail_resource_of ON cloudtrail_resource (event);
   CREATE INDEX cloudtrail_resource_by_name ON cloudtrail_resource (account, region, name, event);
   CREATE INDEX cloudtrail_resource_by_type ON cloudtrail_resource (account, region, type, event);`,
  `ALTER TABLE cloudtrail_event ADD COLUMN additional TEXT;`,
  `ALTER TABLE cloudtrail_event ADD COLUMN serviceEvent TEXT;`,
  `ALTER TABLE cloudtrail_event ADD COLUMN brief INTEGER NOT NULL DEFAULT 0;
   UPDATE cloudtrail_event SET brief = readOnly;
   DROP INDEX cloudtrail_reads;
   CREATE INDEX cloudtrail_brief ON cloudtrail_event (id) WHERE brief = 1;`,
]

/** Makes the tables of this room. */
export function migrateCloudTrail(database: CloudDatabase): void {
  database.migrate('cloudtrail', steps)
}
