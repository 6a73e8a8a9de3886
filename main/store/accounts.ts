import type { z } from 'zod'
import { Account } from '../../preload/contract/accounts.ts'
import type { Database } from './database.ts'
import { fitting } from './json.ts'

/** What is kept of an account: whose it is and what a person chose. Never a secret, a session or what IAM lets it do. */
export const StoredAccount = Account.omit({ session: true, rights: true })
export type StoredAccount = z.infer<typeof StoredAccount>

export interface AccountStore {
  all(): StoredAccount[]
  put(account: StoredAccount): void
  remove(id: string): void
}

export function accountStore(database: Database): AccountStore {
  return {
    all: () => fitting(database.all('SELECT json FROM accounts ORDER BY id'), StoredAccount),
    put(account) {
      // Parsed, so that nothing but the listed members can reach the disk.
      const json = JSON.stringify(StoredAccount.parse(account))
      database.run(
        'INSERT INTO accounts (id, json) VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
        account.id,
        json,
      )
    },
    remove: id => database.run('DELETE FROM accounts WHERE id = ?', id),
  }
}
