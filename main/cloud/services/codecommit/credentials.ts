import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'

/** A user name and password for git over HTTPS: one of IAM's service-specific credentials. */
export interface GitCredential {
  /** `ACCA…` */
  id: string
  userName: string
  password: string
  account: string
  iamUser: string
  createdAt: number
}

const rowShape = z.object({
  id: z.string(),
  user_name: z.string(),
  password: z.string(),
  account: z.string(),
  iam_user: z.string(),
  created_at: z.number(),
})

function fromRow(row: unknown): GitCredential {
  const { user_name, iam_user, created_at, ...rest } = rowShape.parse(row)
  return { ...rest, userName: user_name, iamUser: iam_user, createdAt: created_at }
}

/** The git credentials of all accounts' IAM users. */
export function createGitCredentials(database: CloudDatabase, clock: Pick<Clock, 'now'>) {
  const ofUser = (account: string, iamUser: string): GitCredential[] =>
    database
      .all(
        'SELECT * FROM codecommit_git_credential WHERE account = ? AND iam_user = ? ORDER BY created_at, user_name',
        account,
        iamUser,
      )
      .map(fromRow)
  const create = (account: string, iamUser: string): GitCredential => {
    const taken = new Set(ofUser(account, iamUser).map(({ userName }) => userName))
    // As IAM names them: `ann-at-111122223333`, the second `ann+1-at-111122223333`.
    const named = (n: number) => `${iamUser}${n === 0 ? '' : `+${n}`}-at-${account}`
    let free = 0
    while (taken.has(named(free))) free++
    const userName = named(free)
    const credential = {
      id: `ACCA${randomBytes(16).toString('hex').slice(0, 17).toUpperCase()}`,
      userName,
      // Letters and digits only: it is pasted into URLs.
      password: randomBytes(32).toString('base64url').replaceAll(/[-_]/g, 'x'),
      account,
      iamUser,
      createdAt: clock.now(),
    }
    database.run(
      `INSERT INTO codecommit_git_credential (id, user_name, account, iam_user, password, created_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
      credential.id,
      credential.userName,
      account,
      iamUser,
      credential.password,
      credential.createdAt,
    )
    return credential
  }
  return {
    find(userName: string): GitCredential | undefined {
      const row = database.get('SELECT * FROM codecommit_git_credential WHERE user_name = ?', userName)
      return row && fromRow(row)
    },
    ofUser,
    create,
    /** The first credential of a user; made where there is none. */
    ensure: (account: string, iamUser: string): GitCredential =>
      database.transaction(() => ofUser(account, iamUser)[0] ?? create(account, iamUser)),
    remove: (account: string, iamUser: string, id: string): boolean =>
      database.run(
        'DELETE FROM codecommit_git_credential WHERE account = ? AND iam_user = ? AND id = ?',
        account,
        iamUser,
        id,
      ).changes > 0,
  }
}

export type GitCredentials = ReturnType<typeof createGitCredentials>
