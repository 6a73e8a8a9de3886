import type { CloudDatabase } from '../../../state/database.ts'

export interface User {
  /** As it stands in role sessions and CloudTrail. */
  name: string
  displayName: string
  email: string
  /** As `hashPassword` made it. */
  password: string
}

export interface PermissionSet {
  name: string
  description: string
  /** How long a session of its roles lasts. */
  seconds: number
}

export interface Assignment {
  user: string
  account: string
  permissionSet: string
}

/** Who there is, what there is to be, and who may be what where. */
export function createDirectory(db: CloudDatabase) {
  return {
    user: (name: string) => db.get<User>('SELECT * FROM identity_user WHERE name = ?', name),
    addUser: ({ name, displayName, email, password }: User) =>
      db.run('INSERT INTO identity_user VALUES (?, ?, ?, ?)', name, displayName, email, password),
    setPassword: (name: string, password: string) =>
      db.run('UPDATE identity_user SET password = ? WHERE name = ?', password, name),

    permissionSet: (name: string) =>
      db.get<PermissionSet>('SELECT * FROM identity_permission_set WHERE name = ?', name),
    addPermissionSet: ({ name, description, seconds }: PermissionSet) =>
      db.run('INSERT OR IGNORE INTO identity_permission_set VALUES (?, ?, ?)', name, description, seconds),

    assign: ({ user, account, permissionSet }: Assignment) =>
      db.run('INSERT OR IGNORE INTO identity_assignment VALUES (?, ?, ?)', user, account, permissionSet),
    assignments: (user: string) =>
      db.all<Assignment>('SELECT * FROM identity_assignment WHERE user = ? ORDER BY account, permissionSet', user),
    isAssigned: ({ user, account, permissionSet }: Assignment) =>
      db.get(
        'SELECT 1 FROM identity_assignment WHERE user = ? AND account = ? AND permissionSet = ?',
        user,
        account,
        permissionSet,
      ) !== undefined,

    /** The IAM role that stands for a permission set in an account. */
    roleFor: (account: string, permissionSet: string) =>
      db.get<{ role: string }>(
        'SELECT role FROM identity_role WHERE account = ? AND permissionSet = ?',
        account,
        permissionSet,
      )?.role,
    setRole: (account: string, permissionSet: string, role: string) =>
      db.run('INSERT OR REPLACE INTO identity_role VALUES (?, ?, ?)', account, permissionSet, role),
  }
}

export type Directory = ReturnType<typeof createDirectory>
