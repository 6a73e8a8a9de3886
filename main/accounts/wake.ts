import { networkInterfaces } from 'node:os'
import type { Cancel, Clock, Millis } from '../base/clock.ts'

/** How often the clock is looked at: little is asked between waking and noticing it. */
const beat: Millis = 1_000
/** How often the network is: the system is asked for it. */
const networkEvery: Millis = 5_000
/** A beat that is late by more than this slept: a busy machine is late by less. */
const nap: Millis = 20_000

/** The machine's addresses as text: another text means another network. */
export const networkNow = (): string =>
  Object.entries(networkInterfaces())
    .flatMap(([name, addresses]) =>
      (addresses ?? []).filter(({ internal }) => !internal).map(({ address }) => `${name} ${address}`),
    )
    .sort()
    .join(',')

/**
 * Tells when the machine woke from sleep or came into another network: what was known of connections and sessions may
 * be over. Without the system's own signals, so that both shells have it: by a gap in the clock, and by the addresses.
 */
export function watchWaking(clock: Clock, network: () => string, woke: (why: 'sleep' | 'network') => void): Cancel {
  let last = clock.now()
  let lookedAt = last
  let known = network()
  let cancel: Cancel = () => {}
  const look = () => {
    const now = clock.now()
    const slept = now - last > beat + nap
    const due = slept || now - lookedAt >= networkEvery
    const found = due ? network() : known
    if (due) lookedAt = now
    // Being offline is not worth a question; being online again is.
    const moved = found !== known && found !== ''
    last = now
    known = found
    cancel = clock.after(beat, look)
    if (slept || moved) woke(slept ? 'sleep' : 'network')
  }
  cancel = clock.after(beat, look)
  return () => cancel()
}
