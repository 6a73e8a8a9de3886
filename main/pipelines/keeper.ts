import type { Cancel, Clock, Millis } from '../base/clock.ts'
import { failureShape } from '../base/rpc.ts'
import type { Notices } from '../notices/notices.ts'

/**
 * Writes to the store now, or, where it can't be written, as soon as it can. A later write of the same name takes an
 * earlier one's place while they wait.
 */
export type Keep = (write: () => void, name?: string) => void

export interface Keeper {
  keep: Keep
  /** Tries what waits a last time. */
  stop(): void
}

const first: Millis = 5_000
const slowest: Millis = 60_000
/** Writes that may wait; what is dropped can be asked of AWS again. */
const mostWaiting = 10_000

/** A full disk or a locked file keeps nobody from seeing what is, costs one try now and then, and is said. */
export function createKeeper(options: {
  clock: Clock
  notices: Notices
  log: (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void
}): Keeper {
  const { clock, notices, log } = options
  const waiting = new Map<string, () => void>()
  let unnamed = 0
  let delay = 0
  let retry: Cancel = () => {}

  const failed = (thrown: unknown) => {
    const failure = failureShape(thrown)
    if (delay === 0) log('error', 'The store could not be written', { failure })
    notices.put('store', failure)
    delay = Math.min(delay === 0 ? first : delay * 2, slowest)
    retry = clock.after(delay, writeWaiting)
  }
  /** In their order, up to the first that fails. */
  const writeWaiting = () => {
    for (const [name, write] of waiting) {
      try {
        write()
      } catch (thrown) {
        return failed(thrown)
      }
      waiting.delete(name)
    }
    if (delay > 0) log('info', 'The store can be written again')
    delay = 0
    notices.clear('store')
  }
  const wait = (write: () => void, name = `unnamed ${unnamed++}`) => {
    waiting.delete(name)
    waiting.set(name, write)
    for (const oldest of waiting.keys()) {
      if (waiting.size <= mostWaiting) break
      waiting.delete(oldest)
    }
  }

  return {
    keep(write, name) {
      if (delay > 0) return wait(write, name)
      try {
        write()
      } catch (thrown) {
        wait(write, name)
        failed(thrown)
      }
    },
    stop() {
      retry()
      if (waiting.size > 0) writeWaiting()
      retry()
    },
  }
}
