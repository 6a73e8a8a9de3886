/** S3's tables. Append only: each step is applied once, in order. */
export const migrations: readonly string[] = [
  `CREATE TABLE s3_bucket (
     name TEXT PRIMARY KEY,
     account TEXT NOT NULL,
     region TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     versioning TEXT NOT NULL,
     policy TEXT,
     website TEXT,
     event_bridge INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE INDEX s3_bucket_account ON s3_bucket (account, name);

   CREATE TABLE s3_version (
     sequence INTEGER PRIMARY KEY AUTOINCREMENT,
     bucket TEXT NOT NULL REFERENCES s3_bucket (name),
     key TEXT NOT NULL,
     version_id TEXT NOT NULL,
     latest INTEGER NOT NULL,
     blob TEXT UNIQUE,
     size INTEGER NOT NULL,
     etag TEXT NOT NULL,
     modified_at INTEGER NOT NULL,
     about TEXT NOT NULL
   );
   CREATE UNIQUE INDEX s3_version_id ON s3_version (bucket, key, version_id);
   CREATE UNIQUE INDEX s3_version_latest ON s3_version (bucket, key) WHERE latest = 1;
   CREATE INDEX s3_version_listed ON s3_version (bucket, key, sequence DESC);

   CREATE TABLE s3_upload (
     id TEXT PRIMARY KEY,
     bucket TEXT NOT NULL REFERENCES s3_bucket (name),
     key TEXT NOT NULL,
     started_at INTEGER NOT NULL,
     initiator TEXT NOT NULL,
     about TEXT NOT NULL
   ) WITHOUT ROWID;
   CREATE INDEX s3_upload_listed ON s3_upload (bucket, key, started_at);

   CREATE TABLE s3_part (
     upload TEXT NOT NULL REFERENCES s3_upload (id) ON DELETE CASCADE,
     number INTEGER NOT NULL,
     blob TEXT NOT NULL UNIQUE,
     size INTEGER NOT NULL,
     md5 TEXT NOT NULL,
     checksum TEXT NOT NULL,
     modified_at INTEGER NOT NULL,
     PRIMARY KEY (upload, number)
   ) WITHOUT ROWID;`,
]
