import type { Provider } from './provider.ts'

/** Approval, Manual: waits for PutApprovalResult; the machine holds the token and the time limit. */
export const manualApproval: Provider = {
  start: () => Promise.resolve({ kind: 'pending' }),
}
