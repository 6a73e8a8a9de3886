/** CodeCommit's tables. Append only: each step is applied once, in order. */
export const migrations: readonly string[] = [
  `CREATE TABLE codecommit_repository (
     id TEXT PRIMARY KEY,
     account TEXT NOT NULL,
     region TEXT NOT NULL,
     name TEXT NOT NULL,
     description TEXT,
     default_branch TEXT,
     created_at INTEGER NOT NULL,
     modified_at INTEGER NOT NULL,
     tags TEXT NOT NULL,
     UNIQUE (account, region, name)
   ) WITHOUT ROWID;

   -- What the cloud was last told of each reference: a push that a crash cut off from its event is told after the start.
   CREATE TABLE codecommit_told_ref (
     repository TEXT NOT NULL REFERENCES codecommit_repository (id) ON DELETE CASCADE,
     name TEXT NOT NULL,
     object TEXT NOT NULL,
     PRIMARY KEY (repository, name)
   ) WITHOUT ROWID;

   CREATE TABLE codecommit_git_credential (
     user_name TEXT PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     account TEXT NOT NULL,
     iam_user TEXT NOT NULL,
     password TEXT NOT NULL,
     created_at INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE INDEX codecommit_git_credential_user ON codecommit_git_credential (account, iam_user);`,
]
