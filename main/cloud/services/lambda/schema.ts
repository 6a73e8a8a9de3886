import type { CloudDatabase } from '../../state/database.ts'

const steps = [
  `CREATE TABLE lambda_function (
     account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, modified INTEGER NOT NULL,
     revision TEXT NOT NULL, settings TEXT NOT NULL, codeHash TEXT NOT NULL, codeSize INTEGER NOT NULL,
     statements TEXT NOT NULL, policyRevision TEXT NOT NULL, tags TEXT NOT NULL,
     PRIMARY KEY (account, region, name)) WITHOUT ROWID;
   CREATE TABLE lambda_event (
     id TEXT PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, payload BLOB NOT NULL,
     created INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL) WITHOUT ROWID;
   CREATE INDEX lambda_event_due ON lambda_event (due);`,
]

/** Makes the tables of this room. */
export function migrateLambda(database: CloudDatabase): void {
  database.migrate('lambda', steps)
}
