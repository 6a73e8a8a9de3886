import type { CloudDatabase } from '../../state/database.ts'

const steps = [
  `CREATE TABLE cloudwatch_metric (
     id INTEGER PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
     dimensions TEXT NOT NULL, latest INTEGER NOT NULL DEFAULT 0, UNIQUE (account, region, namespace, name, dimensions));
   CREATE TABLE cloudwatch_datum (
     metric INTEGER NOT NULL REFERENCES cloudwatch_metric (id) ON DELETE CASCADE, at INTEGER NOT NULL,
     unit TEXT NOT NULL, count REAL NOT NULL, sum REAL NOT NULL, least REAL NOT NULL, most REAL NOT NULL, samples TEXT);
   CREATE INDEX cloudwatch_datum_of ON cloudwatch_datum (metric, at);
   CREATE INDEX cloudwatch_datum_at ON cloudwatch_datum (at);
   CREATE TABLE cloudwatch_alarm (
     account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, state TEXT NOT NULL,
     reason TEXT NOT NULL, reasonData TEXT, updated INTEGER NOT NULL, transitioned INTEGER NOT NULL,
     configured INTEGER NOT NULL, PRIMARY KEY (account, region, name)) WITHOUT ROWID;`,
]

/** Makes the tables of this room. */
export function migrateCloudWatch(database: CloudDatabase): void {
  database.migrate('cloudwatch', steps)
}
