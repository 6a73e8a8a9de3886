import type { FailureShape } from '../../preload/contract/base.ts'
import { failureOf } from './failureOf.ts'

/** The parts of tRPC's subscription handlers that a feed uses. */
export interface Handlers<T> {
  onData: (value: T) => void
  onError: (error: unknown) => void
  onComplete: () => void
}

export interface Feed<T> {
  /** E.g. `handlers => rpc.settings.watch.subscribe(undefined, handlers)`. */
  subscribe: (handlers: Handlers<T>) => { unsubscribe: () => void }
  onData: (value: T) => void
  /** Told each time that main refuses or ends it, before it is tried again; `undefined` when data flows again. */
  onFailure?: (failure: FailureShape | undefined) => void
}

/** Schedules; returns the cancel. */
export type After = (ms: number, run: () => void) => () => void

const afterTimeout: After = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

const firstPause = 500
const longestPause = 10_000

/**
 * Keeps a subscription for as long as it is wanted. A lost connection is the client's to mend; here a subscription
 * that main itself ends or refuses is asked for again, each time after a longer pause. Returns the stop.
 */
export function keepSubscribed<T>({ subscribe, onData, onFailure }: Feed<T>, after: After = afterTimeout): () => void {
  let stopped = false
  let pause = firstPause
  let failing = false
  let stopNow = () => {}
  const again = () => {
    if (stopped) return
    stopNow = after(pause, start)
    pause = Math.min(pause * 2, longestPause)
  }
  const start = () => {
    const subscription = subscribe({
      onData: value => {
        pause = firstPause
        if (failing) onFailure?.(undefined)
        failing = false
        onData(value)
      },
      onError: error => {
        failing = true
        onFailure?.(failureOf(error))
        again()
      },
      onComplete: again,
    })
    stopNow = () => subscription.unsubscribe()
  }
  start()
  return () => {
    stopped = true
    stopNow()
  }
}
