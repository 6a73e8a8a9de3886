import { create } from 'zustand'
import type { Account, LocalCloud } from '../../preload/contract/accounts.ts'
import type { FailureShape } from '../../preload/contract/base.ts'

export interface AccountsState {
  accounts: readonly Account[]
  localCloud: LocalCloud
  /** False until main has told them once. */
  known: boolean
  failure: FailureShape | undefined
}

export const useAccounts = create<AccountsState>(() => ({
  accounts: [],
  localCloud: { state: 'off' },
  known: false,
  failure: undefined,
}))
