import { create } from 'zustand'
import type { Account, Band, LocalCloud, MfaPrompt, SecretsPlace, SsoSession } from '../../preload/contract/accounts.ts'
import type { FailureShape } from '../../preload/contract/base.ts'

export interface AccountsState {
  accounts: readonly Account[]
  localCloud: LocalCloud
  ssoSessions: readonly SsoSession[]
  secrets: SecretsPlace
  mfaPrompts: readonly MfaPrompt[]
  clockAheadMs: number | undefined
  /** False until main has told them once. */
  known: boolean
  failure: FailureShape | undefined
}

export const useAccounts = create<AccountsState>(() => ({
  accounts: [],
  localCloud: { state: 'off' },
  ssoSessions: [],
  secrets: { kept: 'memory' },
  mfaPrompts: [],
  clockAheadMs: undefined,
  known: false,
  failure: undefined,
}))

/** The colour that a person gave an account, if one did. */
export const useBand = (id: string): Band | undefined =>
  useAccounts(({ accounts }) => accounts.find(account => account.id === id)?.band)

/** Whether AWS's console shows what is in an account: of the local cloud's accounts it knows nothing. */
export const useHasConsole = (id: string): boolean =>
  useAccounts(({ accounts }) => accounts.find(account => account.id === id)?.source.kind !== 'localCloud')
