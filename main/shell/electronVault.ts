import { safeStorage } from 'electron'
import type { Vault } from './host.ts'

/** The system's vault, or undefined where there is none that keeps a secret (Linux's `basic_text` does not). */
export async function openVault(): Promise<Vault | undefined> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return undefined
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform
  if (backend === 'basic_text' || backend === 'unknown') return undefined
  return {
    backend,
    seal: plain => safeStorage.encryptStringAsync(plain),
    unseal: async sealed => (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
  }
}
