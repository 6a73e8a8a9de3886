import type { DatabaseSync } from 'node:sqlite'

/** Numbered by their place, append-only: what was once released is never changed. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE accounts (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE settings (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL) STRICT;
  CREATE TABLE rows (
    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (account, region, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE views (
    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (account, region, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE definitions (
    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (account, region, name, version)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE executions (
    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL,
    started_at TEXT NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (account, region, name, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX executions_newest ON executions (account, region, name, started_at DESC);
  CREATE TABLE action_executions (
    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL,
    execution_id TEXT NOT NULL, stage TEXT NOT NULL, action TEXT NOT NULL,
    started_at TEXT NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (account, region, name, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX action_executions_of ON action_executions (account, region, name, execution_id);
  CREATE INDEX action_executions_newest ON action_executions (account, region, name, stage, action, started_at DESC);
  CREATE TABLE journal (
    id TEXT PRIMARY KEY, change INTEGER NOT NULL UNIQUE, at TEXT NOT NULL,
    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
    outcome TEXT NOT NULL, json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX journal_newest ON journal (at DESC);
  CREATE INDEX journal_of ON journal (account, region, name, at DESC);
  `,
  `
  CREATE TABLE listings (
    account TEXT NOT NULL, region TEXT NOT NULL,
    PRIMARY KEY (account, region)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE sso_sessions (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE sealed (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
  `,
  `
  CREATE TABLE pasts (
    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (account, region, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE builds (
    id TEXT PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, json TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX builds_of ON builds (account, region);
  CREATE TABLE commits (id TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE prices (
    id TEXT NOT NULL, region TEXT NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (id, region)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX action_executions_facts ON action_executions (
    account, region, name, started_at, execution_id, stage, action, id,
    json_extract(json, '$.updatedAt'), json_extract(json, '$.state'), json_extract(json, '$.sample'),
    json_extract(json, '$.version'), json_extract(json, '$.type.category'), json_extract(json, '$.type.owner'),
    json_extract(json, '$.type.provider'), json_extract(json, '$.externalId'), json_extract(json, '$.error.code'),
    json_extract(json, '$.roleArn'), json_extract(json, '$.region'),
    json_array_length(json, '$.inputArtifacts'), json_array_length(json, '$.outputArtifacts')
  );
  `,
]

/** The version that this desk writes. */
export const newest = migrations.length

/** Applies what is missing, each step whole or not at all. */
export function migrate(sqlite: DatabaseSync): 'done' | 'tooNew' {
  const version = Number(sqlite.prepare('PRAGMA user_version').get()?.user_version ?? 0)
  if (version > newest) return 'tooNew'
  for (const [index, sql] of migrations.entries()) {
    if (index >= version) sqlite.exec(`BEGIN; ${sql}; PRAGMA user_version = ${index + 1}; COMMIT`)
  }
  return 'done'
}
