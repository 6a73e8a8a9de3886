import type { CloudDatabase } from '../../state/database.ts'

const steps = [
  `CREATE TABLE sns_topic (
     arn TEXT PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, created INTEGER NOT NULL,
     displayName TEXT NOT NULL DEFAULT '', policy TEXT) WITHOUT ROWID;
   CREATE INDEX sns_topic_of ON sns_topic (account, region, arn);
   CREATE TABLE sns_subscription (
     id TEXT PRIMARY KEY, topic TEXT NOT NULL REFERENCES sns_topic (arn) ON DELETE CASCADE, owner TEXT NOT NULL,
     region TEXT NOT NULL, protocol TEXT NOT NULL, endpoint TEXT NOT NULL, confirmed INTEGER NOT NULL,
     token TEXT NOT NULL, raw INTEGER NOT NULL DEFAULT 0, filterPolicy TEXT, filterScope TEXT NOT NULL,
     UNIQUE (topic, protocol, endpoint));
   CREATE INDEX sns_subscription_of ON sns_subscription (owner, region, id);
   CREATE TABLE sns_delivery (
     id INTEGER PRIMARY KEY AUTOINCREMENT, endpoint TEXT NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL);`,
]

/** Makes the tables of this room. */
export function migrateSns(database: CloudDatabase): void {
  database.migrate('sns', steps)
}
