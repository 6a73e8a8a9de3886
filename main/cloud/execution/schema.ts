/** CodePipeline's tables. Append only: a step that a database has seen never changes. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE pipeline (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    UNIQUE (account, region, name)
  );
  CREATE TABLE pipeline_version (
    pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    declaration TEXT NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (pipeline, version)
  ) WITHOUT ROWID;
  CREATE TABLE pipeline_tag (
    pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (pipeline, key)
  ) WITHOUT ROWID;
  CREATE TABLE pipeline_start_token (
    pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    token TEXT NOT NULL,
    request TEXT NOT NULL,
    execution TEXT NOT NULL,
    PRIMARY KEY (pipeline, token)
  ) WITHOUT ROWID;
  CREATE TABLE pipeline_seen_revision (
    pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    action TEXT NOT NULL,
    revision TEXT NOT NULL,
    PRIMARY KEY (pipeline, action)
  ) WITHOUT ROWID;
  CREATE TABLE pipeline_secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

  CREATE TABLE pipeline_state (
    pipeline INTEGER PRIMARY KEY REFERENCES pipeline (id) ON DELETE CASCADE,
    sequence INTEGER NOT NULL,
    state TEXT NOT NULL
  );
  CREATE TABLE pipeline_event (
    pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    sequence INTEGER NOT NULL,
    stamped TEXT NOT NULL,
    PRIMARY KEY (pipeline, sequence)
  ) WITHOUT ROWID;
  CREATE TABLE pipeline_outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    target TEXT,
    task TEXT NOT NULL
  );
  CREATE INDEX pipeline_outbox_target ON pipeline_outbox (pipeline, target);

  CREATE TABLE pipeline_execution (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    started INTEGER NOT NULL,
    sample INTEGER NOT NULL DEFAULT 0,
    record TEXT NOT NULL,
    UNIQUE (pipeline, id)
  );
  CREATE INDEX pipeline_execution_started ON pipeline_execution (pipeline, started DESC, number DESC);
  CREATE TABLE pipeline_stage_success (
    pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    stage TEXT NOT NULL,
    execution TEXT NOT NULL,
    PRIMARY KEY (pipeline, stage, execution)
  ) WITHOUT ROWID;
  CREATE TABLE pipeline_action_execution (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    execution TEXT NOT NULL,
    version INTEGER NOT NULL,
    started INTEGER NOT NULL,
    record TEXT NOT NULL,
    UNIQUE (pipeline, id)
  );
  CREATE INDEX pipeline_action_execution_started ON pipeline_action_execution (pipeline, started DESC, number DESC);
  CREATE INDEX pipeline_action_execution_of ON pipeline_action_execution (pipeline, execution, started DESC, number DESC);
  CREATE TABLE pipeline_rule_execution (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    execution TEXT NOT NULL,
    version INTEGER NOT NULL,
    stage TEXT NOT NULL,
    started INTEGER NOT NULL,
    record TEXT NOT NULL,
    UNIQUE (pipeline, id)
  );
  CREATE INDEX pipeline_rule_execution_started ON pipeline_rule_execution (pipeline, started DESC, number DESC);
  `,
  `
  CREATE TABLE pipeline_action_type (
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    category TEXT NOT NULL,
    provider TEXT NOT NULL,
    version TEXT NOT NULL,
    definition TEXT NOT NULL,
    tags TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account, region, category, provider, version)
  ) WITHOUT ROWID;
  CREATE TABLE pipeline_job (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    action_execution TEXT NOT NULL,
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    category TEXT NOT NULL,
    provider TEXT NOT NULL,
    version TEXT NOT NULL,
    status TEXT NOT NULL,
    nonce TEXT,
    offered INTEGER,
    continuation TEXT
  );
  CREATE INDEX pipeline_job_queue ON pipeline_job (account, region, category, provider, version, status, number);
  CREATE INDEX pipeline_job_of ON pipeline_job (pipeline, action_execution);
  CREATE TABLE pipeline_webhook (
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL,
    tags TEXT NOT NULL,
    triggered INTEGER,
    error_code TEXT,
    error_message TEXT,
    PRIMARY KEY (account, region, name)
  ) WITHOUT ROWID;
  `,
  // The key of page tokens; tokens are sealed by `state/sealedTokens.ts` now.
  'DROP TABLE pipeline_secret',
  // What was heard for sources behind connections: to be judged, and last of each reference.
  `
  CREATE TABLE pipeline_inbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    action TEXT NOT NULL,
    moved TEXT NOT NULL
  );
  CREATE TABLE pipeline_heard (
    pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    action TEXT NOT NULL,
    repository TEXT NOT NULL,
    reference TEXT NOT NULL,
    move TEXT NOT NULL,
    PRIMARY KEY (pipeline, action, repository, reference)
  ) WITHOUT ROWID;
  `,
]
