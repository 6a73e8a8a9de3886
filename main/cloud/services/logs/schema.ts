import type { CloudDatabase } from '../../state/database.ts'

const steps = [
  `CREATE TABLE logs_group (
     id INTEGER PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
     created INTEGER NOT NULL, retention INTEGER, tags TEXT NOT NULL DEFAULT '{}', bytes INTEGER NOT NULL DEFAULT 0,
     UNIQUE (account, region, name));
   CREATE TABLE logs_stream (
     id INTEGER PRIMARY KEY, groupId INTEGER NOT NULL REFERENCES logs_group (id) ON DELETE CASCADE,
     name TEXT NOT NULL, created INTEGER NOT NULL,
     firstAt INTEGER, lastAt INTEGER, lastIngested INTEGER, bytes INTEGER NOT NULL DEFAULT 0,
     UNIQUE (groupId, name));
   CREATE TABLE logs_event (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     groupId INTEGER NOT NULL, streamId INTEGER NOT NULL REFERENCES logs_stream (id) ON DELETE CASCADE,
     at INTEGER NOT NULL, ingested INTEGER NOT NULL, message TEXT NOT NULL);
   CREATE INDEX logs_event_of_stream ON logs_event (streamId, at, id);
   CREATE INDEX logs_event_of_group ON logs_event (groupId, at, id);`,
]

/** Makes the tables of this room. */
export function migrateLogs(database: CloudDatabase): void {
  database.migrate('logs', steps)
}
