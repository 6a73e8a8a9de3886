import type { Cancel, Clock } from '../../../base/clock.ts'
import type { EventBus } from '../../events.ts'
import type { RecordCall } from '../../server/dispatch.ts'
import type { Service } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import type { HideSecrets } from './elements.ts'
import { createEventStore, type EventStore } from './eventStore.ts'
import { lookupEvents } from './lookupEvents.ts'
import { createLookupLimit } from './lookupLimit.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { migrateCloudTrail } from './schema.ts'

/** What CloudTrail lends its operations. */
export interface CloudTrail {
  store: EventStore
  recorder: Recorder
  tokens: SealedTokens
  limit: (account: string, region: string) => void
  clock: Pick<Clock, 'now'>
}

/** How far LookupEvents looks back. */
export const retention = 90 * 24 * 3_600_000
/**
 * How many reads, and polls of workers that brought nothing, are kept, of all accounts together. AWS keeps all of them for 90 days; a desk that polls would fill the
 * disk with them.
 */
const mostBrief = 200_000
const sweepEvery = 10 * 60_000
const sweepAgain = 100

/** CloudTrail's event history. `record` is what the dispatcher tells of every call. */
export function createCloudTrail(options: {
  database: CloudDatabase
  clock: Clock
  bus: EventBus
  tokens: SealedTokens
  hideSecrets: HideSecrets
  onError: (error: unknown, what: string) => void
}): { service: Service<CloudTrail>; record: RecordCall; start(): void; stop(): void } {
  const { database, clock, tokens, onError } = options
  migrateCloudTrail(database)
  const store = createEventStore(database)
  const recorder = createRecorder({ ...options, store })
  let sweeping: Cancel | undefined
  const sweep = () => {
    let more = false
    try {
      more = store.expire(clock.now() - retention, mostBrief)
    } catch (error) {
      onError(error, 'sweeping the event history')
    }
    sweeping = clock.after(more ? sweepAgain : sweepEvery, sweep)
  }
  return {
    service: {
      name: 'cloudtrail',
      lends: { store, recorder, tokens, limit: createLookupLimit(clock), clock },
      operations: { LookupEvents: lookupEvents },
    },
    record: recorder.record,
    start() {
      sweeping = clock.after(sweepEvery, sweep)
    },
    stop() {
      sweeping?.()
      recorder.stop()
    },
  }
}
