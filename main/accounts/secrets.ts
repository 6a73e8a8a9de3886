import type { SecretsPlace } from '../../preload/contract/accounts.ts'
import { messageOf } from '../base/failure.ts'
import type { SealedStore } from '../store/sealed.ts'

/** The system's vault as a shell lends it. */
export interface Vault {
  backend: string
  seal(plain: string): Promise<Uint8Array>
  unseal(sealed: Uint8Array): Promise<string>
}

/** Keeps secrets under names: sealed by the system's vault on disk, or in memory where there is none. */
export interface Secrets {
  place: SecretsPlace
  load(name: string): Promise<string | undefined>
  save(name: string, text: string): Promise<void>
  remove(name: string): void
}

export function createSecrets(
  vault: Vault | undefined,
  store: SealedStore,
  log: (level: 'warn', message: string, fields?: Record<string, unknown>) => void,
): Secrets {
  const memory = new Map<string, string>()
  if (!vault) {
    return {
      place: { kept: 'memory' },
      load: async name => memory.get(name),
      save: async (name, text) => void memory.set(name, text),
      remove: name => void memory.delete(name),
    }
  }
  return {
    place: { kept: 'vault', backend: vault.backend },
    async load(name) {
      const sealed = store.get(name)
      if (!sealed) return memory.get(name)
      try {
        return await vault.unseal(sealed)
      } catch (thrown) {
        // Another user's vault, or one that was reset: what it sealed is lost, and a new sign-in replaces it.
        log('warn', 'A secret could not be unsealed and is forgotten', { name, reason: messageOf(thrown) })
        store.remove(name)
        return undefined
      }
    },
    async save(name, text) {
      try {
        store.put(name, await vault.seal(text))
        memory.delete(name)
      } catch (thrown) {
        log('warn', 'A secret could not be sealed and is kept in memory', { name, reason: messageOf(thrown) })
        memory.set(name, text)
      }
    },
    remove(name) {
      memory.delete(name)
      store.remove(name)
    },
  }
}
