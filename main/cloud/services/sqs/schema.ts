import type { CloudDatabase } from '../../state/database.ts'

const steps = [
  `CREATE TABLE sqs_queue (
     id INTEGER PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
     created INTEGER NOT NULL, modified INTEGER NOT NULL, purged INTEGER, attributes TEXT NOT NULL, tags TEXT NOT NULL,
     UNIQUE (account, region, name));
   CREATE TABLE sqs_message (
     id INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL REFERENCES sqs_queue (id) ON DELETE CASCADE,
     messageId TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL, sender TEXT NOT NULL,
     sent INTEGER NOT NULL, visible INTEGER NOT NULL, receives INTEGER NOT NULL DEFAULT 0,
     firstReceived INTEGER, receipt TEXT, deadLetterOf TEXT);
   CREATE INDEX sqs_message_visible ON sqs_message (queue, visible, id);`,
]

/** Makes the tables of this room. */
export function migrateSqs(database: CloudDatabase): void {
  database.migrate('sqs', steps)
}
