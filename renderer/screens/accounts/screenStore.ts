import { create } from 'zustand'

/** Which dialog of the Accounts screen is open. Apart from the screen, so that a door elsewhere can open it there. */
export const useAccountsScreen = create<{ dialog: 'signIn' | 'profile' | 'hub' | undefined }>(() => ({
  dialog: undefined,
}))
