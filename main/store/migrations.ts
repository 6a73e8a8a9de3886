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
  `
  CREATE TABLE ledger_rows (
    account TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, own_id TEXT, record TEXT NOT NULL,
    UNIQUE (account, seq)
  ) STRICT;
  CREATE UNIQUE INDEX ledger_rows_own ON ledger_rows (account, own_id) WHERE own_id IS NOT NULL;
  CREATE TRIGGER ledger_rows_unchanged BEFORE UPDATE ON ledger_rows
    BEGIN SELECT RAISE(ABORT, 'The ledger is append-only: no row is ever changed'); END;
  CREATE TRIGGER ledger_rows_kept BEFORE DELETE ON ledger_rows
    BEGIN SELECT RAISE(ABORT, 'The ledger is append-only: no row is ever removed'); END;
  CREATE TABLE ledger_heads (account TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE ledger_entries (
    id INTEGER PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, pipeline TEXT NOT NULL,
    execution_id TEXT, request_id TEXT, access_key TEXT, json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX ledger_entries_named ON ledger_entries (account, name, pipeline, id);
  CREATE INDEX ledger_entries_execution ON ledger_entries (execution_id, id) WHERE execution_id IS NOT NULL;
  CREATE INDEX ledger_entries_request ON ledger_entries (account, request_id) WHERE request_id IS NOT NULL;
  CREATE INDEX ledger_entries_key ON ledger_entries (access_key) WHERE access_key IS NOT NULL;
  CREATE TABLE ledger_evidence (
    account TEXT NOT NULL, seq INTEGER NOT NULL, entry INTEGER, subject TEXT,
    PRIMARY KEY (account, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ledger_evidence_of ON ledger_evidence (entry) WHERE entry IS NOT NULL;
  CREATE INDEX ledger_evidence_about ON ledger_evidence (account, subject) WHERE subject IS NOT NULL;
  CREATE VIRTUAL TABLE ledger_search USING fts5(
    words, facets, content='', contentless_delete=1, detail=column, prefix='2 3 4',
    tokenize='unicode61 remove_diacritics 2'
  );
  CREATE TABLE ledger_facets (kind TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, value)) STRICT, WITHOUT ROWID;
  CREATE TABLE ledger_lanes (
    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
    read_from INTEGER, read_to INTEGER, window_from INTEGER, window_to INTEGER, reached INTEGER,
    PRIMARY KEY (account, region, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE ledger_gaps (
    account TEXT NOT NULL, region TEXT NOT NULL, why TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL,
    filled_at INTEGER,
    PRIMARY KEY (account, region, why, from_at)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE ledger_queries (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE ledger_cursors (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  CREATE TABLE ledger_alarms (
    id TEXT PRIMARY KEY, account TEXT NOT NULL, signed_off INTEGER NOT NULL, at TEXT NOT NULL, json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX ledger_alarms_newest ON ledger_alarms (signed_off, at DESC);
  CREATE TABLE definition_versions (
    account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL,
    at TEXT, entry INTEGER, declaration TEXT, told TEXT,
    PRIMARY KEY (account, region, name, version)
  ) STRICT, WITHOUT ROWID;
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
