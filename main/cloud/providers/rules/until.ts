import type { Clock, Millis } from '../../../base/clock.ts'

/** Waits for a moment; rejects with the signal's reason where nobody waits any more. */
export const until = (clock: Clock, at: Millis, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const leave = () => {
      cancel()
      reject(signal.reason)
    }
    const cancel = clock.after(at - clock.now(), () => {
      signal.removeEventListener('abort', leave)
      resolve()
    })
    signal.addEventListener('abort', leave, { once: true })
  })
