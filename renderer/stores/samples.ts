import { useAccounts } from './accounts.ts'

/**
 * Whether sample data is counted where nobody said. Where every account is the local cloud's all of it is a rehearsal,
 * and without its simulated past there would be nothing to look at; beside an account of AWS it would falsify.
 */
export const useSampleData = (chosen: boolean | undefined): boolean =>
  useAccounts(
    ({ accounts }) => chosen ?? (accounts.length > 0 && accounts.every(({ source }) => source.kind === 'localCloud')),
  )
