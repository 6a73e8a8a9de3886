/** The tables of Identity Center. What hangs on a sign-in session ends with it. */
export const migrations = [
  `CREATE TABLE identity_user (name TEXT PRIMARY KEY, displayName TEXT NOT NULL, email TEXT NOT NULL,
     password TEXT NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE identity_permission_set (name TEXT PRIMARY KEY, description TEXT NOT NULL,
     seconds INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE identity_assignment (user TEXT REFERENCES identity_user ON DELETE CASCADE, account TEXT,
     permissionSet TEXT REFERENCES identity_permission_set ON DELETE CASCADE,
     PRIMARY KEY (user, account, permissionSet)) STRICT, WITHOUT ROWID;
   CREATE TABLE identity_role (account TEXT, permissionSet TEXT REFERENCES identity_permission_set ON DELETE CASCADE,
     role TEXT NOT NULL, PRIMARY KEY (account, permissionSet)) STRICT, WITHOUT ROWID;
   CREATE TABLE identity_session (id TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES identity_user ON DELETE CASCADE,
     expires INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE identity_client (id TEXT PRIMARY KEY, secret TEXT NOT NULL, name TEXT NOT NULL, scopes TEXT NOT NULL,
     grantTypes TEXT NOT NULL, redirectUris TEXT NOT NULL, expires INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE identity_grant (id INTEGER PRIMARY KEY, refreshToken TEXT UNIQUE,
     client TEXT NOT NULL REFERENCES identity_client ON DELETE CASCADE,
     session TEXT NOT NULL REFERENCES identity_session ON DELETE CASCADE) STRICT;
   CREATE INDEX identity_grant_session ON identity_grant (session);
   CREATE INDEX identity_grant_client ON identity_grant (client);
   CREATE TABLE identity_access_token (token TEXT PRIMARY KEY, expires INTEGER NOT NULL,
     grantId INTEGER NOT NULL REFERENCES identity_grant ON DELETE CASCADE) STRICT, WITHOUT ROWID;
   CREATE INDEX identity_access_token_grant ON identity_access_token (grantId);
   CREATE TABLE identity_code (code TEXT PRIMARY KEY, client TEXT NOT NULL REFERENCES identity_client ON DELETE CASCADE,
     session TEXT NOT NULL REFERENCES identity_session ON DELETE CASCADE, redirectUri TEXT NOT NULL,
     challenge TEXT NOT NULL, expires INTEGER NOT NULL, grantId INTEGER) STRICT, WITHOUT ROWID;
   CREATE TABLE identity_device (code TEXT PRIMARY KEY, userCode TEXT NOT NULL UNIQUE,
     client TEXT NOT NULL REFERENCES identity_client ON DELETE CASCADE, expires INTEGER NOT NULL,
     pause INTEGER NOT NULL, polled INTEGER, answer TEXT NOT NULL DEFAULT 'pending'
       CHECK (answer IN ('pending', 'allowed', 'denied', 'redeemed')),
     session TEXT REFERENCES identity_session ON DELETE CASCADE) STRICT, WITHOUT ROWID;`,
]
