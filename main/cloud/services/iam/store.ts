import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'

export interface User {
  account: string
  name: string
  id: string
  path: string
  created: Millis
}

export interface Role extends User {
  /** JSON text of the trust policy. */
  trust: string
  description: string | null
  /** Seconds that a session of it may last. */
  maxSession: number
}

/** A customer-managed policy. */
export interface ManagedPolicy extends User {
  description: string | null
  document: string
}

export interface AccessKey {
  id: string
  secret: string
  account: string
  user: string
  created: Millis
}

/** Temporary credentials, and as JSON text the caller that they stand for. */
export interface Session {
  accessKey: string
  secret: string
  token: string
  expires: Millis
  caller: string
}

/** Whose policies: users and roles have names of their own. */
export interface Holder {
  account: string
  kind: 'user' | 'role'
  name: string
}

const migrations = [
  `CREATE TABLE iam_user (account TEXT, name TEXT, id TEXT NOT NULL, path TEXT NOT NULL, created INTEGER NOT NULL,
     PRIMARY KEY (account, name)) WITHOUT ROWID;
   CREATE TABLE iam_role (account TEXT, name TEXT, id TEXT NOT NULL, path TEXT NOT NULL, created INTEGER NOT NULL,
     trust TEXT NOT NULL, description TEXT, maxSession INTEGER NOT NULL, PRIMARY KEY (account, name)) WITHOUT ROWID;
   CREATE TABLE iam_policy (account TEXT, name TEXT, id TEXT NOT NULL, path TEXT NOT NULL, created INTEGER NOT NULL,
     description TEXT, document TEXT NOT NULL, PRIMARY KEY (account, name)) WITHOUT ROWID;
   CREATE TABLE iam_inline (account TEXT, kind TEXT, holder TEXT, name TEXT, document TEXT NOT NULL,
     PRIMARY KEY (account, kind, holder, name)) WITHOUT ROWID;
   CREATE TABLE iam_attachment (account TEXT, kind TEXT, holder TEXT, policyArn TEXT,
     PRIMARY KEY (account, kind, holder, policyArn)) WITHOUT ROWID;
   CREATE TABLE iam_access_key (id TEXT PRIMARY KEY, secret TEXT NOT NULL, account TEXT NOT NULL, user TEXT NOT NULL,
     created INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE sts_session (accessKey TEXT PRIMARY KEY, secret TEXT NOT NULL, token TEXT NOT NULL,
     expires INTEGER NOT NULL, caller TEXT NOT NULL) WITHOUT ROWID;`,
]

/** IAM's tables. Names are unique within an account whatever their case in AWS; here their case is part of them. */
export type IamStore = ReturnType<typeof createIamStore>

export function createIamStore(db: CloudDatabase) {
  db.migrate('iam', migrations)
  let version = 0
  const write = (sql: string, ...params: Parameters<CloudDatabase['run']>[1][]) => {
    version++
    return db.run(sql, ...params).changes > 0
  }
  return {
    /** Grows with every write: what was derived from an older one is stale. */
    version: () => version,

    user: (account: string, name: string) =>
      db.get<User>('SELECT * FROM iam_user WHERE account = ? AND name = ?', account, name),
    users: (account: string) => db.all<User>('SELECT * FROM iam_user WHERE account = ? ORDER BY name', account),
    addUser: ({ account, name, id, path, created }: User) =>
      write('INSERT INTO iam_user VALUES (?, ?, ?, ?, ?)', account, name, id, path, created),
    removeUser: (account: string, name: string) =>
      write('DELETE FROM iam_user WHERE account = ? AND name = ?', account, name),

    role: (account: string, name: string) =>
      db.get<Role>('SELECT * FROM iam_role WHERE account = ? AND name = ?', account, name),
    roles: (account: string) => db.all<Role>('SELECT * FROM iam_role WHERE account = ? ORDER BY name', account),
    addRole: ({ account, name, id, path, created, trust, description, maxSession }: Role) =>
      write(
        'INSERT INTO iam_role VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        account,
        name,
        id,
        path,
        created,
        trust,
        description,
        maxSession,
      ),
    updateTrust: (account: string, name: string, trust: string) =>
      write('UPDATE iam_role SET trust = ? WHERE account = ? AND name = ?', trust, account, name),
    removeRole: (account: string, name: string) =>
      write('DELETE FROM iam_role WHERE account = ? AND name = ?', account, name),

    policy: (account: string, name: string) =>
      db.get<ManagedPolicy>('SELECT * FROM iam_policy WHERE account = ? AND name = ?', account, name),
    policies: (account: string) =>
      db.all<ManagedPolicy>('SELECT * FROM iam_policy WHERE account = ? ORDER BY name', account),
    addPolicy: ({ account, name, id, path, created, description, document }: ManagedPolicy) =>
      write(
        'INSERT INTO iam_policy VALUES (?, ?, ?, ?, ?, ?, ?)',
        account,
        name,
        id,
        path,
        created,
        description,
        document,
      ),
    removePolicy: (account: string, name: string) =>
      write('DELETE FROM iam_policy WHERE account = ? AND name = ?', account, name),

    inline: ({ account, kind, name }: Holder, policy: string) =>
      db.get<{ document: string }>(
        'SELECT document FROM iam_inline WHERE account = ? AND kind = ? AND holder = ? AND name = ?',
        account,
        kind,
        name,
        policy,
      )?.document,
    inlines: ({ account, kind, name }: Holder) =>
      db.all<{ name: string; document: string }>(
        'SELECT name, document FROM iam_inline WHERE account = ? AND kind = ? AND holder = ? ORDER BY name',
        account,
        kind,
        name,
      ),
    putInline: ({ account, kind, name }: Holder, policy: string, document: string) =>
      write('INSERT OR REPLACE INTO iam_inline VALUES (?, ?, ?, ?, ?)', account, kind, name, policy, document),
    removeInline: ({ account, kind, name }: Holder, policy: string) =>
      write(
        'DELETE FROM iam_inline WHERE account = ? AND kind = ? AND holder = ? AND name = ?',
        account,
        kind,
        name,
        policy,
      ),

    attached: ({ account, kind, name }: Holder) =>
      db
        .all<{ policyArn: string }>(
          'SELECT policyArn FROM iam_attachment WHERE account = ? AND kind = ? AND holder = ? ORDER BY policyArn',
          account,
          kind,
          name,
        )
        .map(row => row.policyArn),
    attachments: (policyArn: string) =>
      db.all('SELECT holder FROM iam_attachment WHERE policyArn = ?', policyArn).length,
    attach: ({ account, kind, name }: Holder, policyArn: string) =>
      write('INSERT OR IGNORE INTO iam_attachment VALUES (?, ?, ?, ?)', account, kind, name, policyArn),
    detach: ({ account, kind, name }: Holder, policyArn: string) =>
      write(
        'DELETE FROM iam_attachment WHERE account = ? AND kind = ? AND holder = ? AND policyArn = ?',
        account,
        kind,
        name,
        policyArn,
      ),

    accessKey: (id: string) => db.get<AccessKey>('SELECT * FROM iam_access_key WHERE id = ?', id),
    accessKeys: (account: string, user: string) =>
      db.all<AccessKey>(
        'SELECT * FROM iam_access_key WHERE account = ? AND user = ? ORDER BY created, id',
        account,
        user,
      ),
    addAccessKey: ({ id, secret, account, user, created }: AccessKey) =>
      write('INSERT INTO iam_access_key VALUES (?, ?, ?, ?, ?)', id, secret, account, user, created),
    removeAccessKey: (account: string, user: string, id: string) =>
      write('DELETE FROM iam_access_key WHERE id = ? AND account = ? AND user = ?', id, account, user),

    session: (accessKey: string) => db.get<Session>('SELECT * FROM sts_session WHERE accessKey = ?', accessKey),
    addSession: ({ accessKey, secret, token, expires, caller }: Session) =>
      write('INSERT INTO sts_session VALUES (?, ?, ?, ?, ?)', accessKey, secret, token, expires, caller),
    removeSessions: (expiredBefore: Millis) => write('DELETE FROM sts_session WHERE expires < ?', expiredBefore),
  }
}
