import type { Clock } from '../../base/clock.ts'
import { messageOf } from '../../base/failure.ts'
import type { CloudAccount, CloudLog } from '../cloud.ts'
import type { CloudDatabase } from '../state/database.ts'

/** Loads the samples beside everything else. What it answers ends that, and waits until it has ended. */
export function beginSamples(of: {
  endpoint: string
  accounts: readonly CloudAccount[]
  /** Where the samples lie, and where their repositories are worked on. */
  samples: string
  scratch: string
  database: CloudDatabase
  clock: Clock
  log: CloudLog
}): () => Promise<void> {
  const { endpoint, accounts, samples, scratch, database, clock, log } = of
  const leaving = new AbortController()
  const gitCredentials = (id: string) => accounts.find(account => account.id === id)?.git ?? { user: '', password: '' }
  const cloud = { endpoint, accounts, gitCredentials, samples, scratch, signal: leaving.signal }
  // They bring six SDK clients along, which nothing else here needs.
  const loading = import('./load.ts')
    .then(({ loadSamples }) => loadSamples(cloud, database, clock, line => log.info({}, line)))
    .catch((error: unknown) => {
      if (!leaving.signal.aborted) log.error({ error }, `The samples could not be loaded: ${messageOf(error)}`)
    })
  return () => {
    leaving.abort()
    return loading
  }
}
