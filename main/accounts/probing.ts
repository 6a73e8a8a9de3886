import type { Account } from '../../preload/contract/accounts.ts'
import type { Cancel, Clock, Millis } from '../base/clock.ts'
import type { RightsService, SeenPipeline } from './rights.ts'

/** Asks what IAM lets the desk do, once an account is connected and its pipelines are known. */
export interface Probing {
  soon(account: Account): void
  stop(): void
}

/** After what a person waits for: the fleet. */
const first: Millis = 2_000
/** Pipelines that are not known yet are waited for so long, so many times. */
const again: Millis = 20_000
const tries = 6

export function createProbing(
  clock: Clock,
  pipelinesOf: (account: string) => readonly SeenPipeline[],
  rights: Pick<RightsService, 'probe' | 'of'>,
): Probing {
  const waiting = new Map<string, Cancel>()
  const later = (account: Account, delay: Millis, left: number) => {
    waiting.get(account.id)?.()
    waiting.set(
      account.id,
      clock.after(delay, () => {
        waiting.delete(account.id)
        if (pipelinesOf(account.id).length > 0) void rights.probe(account)
        else if (left > 1) later(account, again, left - 1)
      }),
    )
  }
  return {
    soon(account) {
      if (rights.of(account.id).known !== 'simulated') later(account, first, tries)
    },
    stop() {
      for (const cancel of waiting.values()) cancel()
    },
  }
}
