import type { Database } from './database.ts'

/** Secrets as the system's vault sealed them: nothing here can be read without it. */
export interface SealedStore {
  get(name: string): Uint8Array | undefined
  put(name: string, sealed: Uint8Array): void
  remove(name: string): void
}

export function sealedStore(database: Database): SealedStore {
  return {
    get(name) {
      const sealed = database.get('SELECT sealed FROM sealed WHERE name = ?', name)?.['sealed']
      return sealed instanceof Uint8Array ? sealed : undefined
    },
    put: (name, sealed) =>
      database.run(
        'INSERT INTO sealed (name, sealed) VALUES (?, ?) ON CONFLICT DO UPDATE SET sealed = excluded.sealed',
        name,
        sealed,
      ),
    remove: name => database.run('DELETE FROM sealed WHERE name = ?', name),
  }
}
