import type { Clock, Millis } from './clock.ts'

/** Resolves after `delay` ms, or as soon as the signal aborts. */
export function pause(clock: Clock, delay: Millis, signal?: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) return resolve()
    const end = () => {
      cancel()
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const cancel = clock.after(delay, end)
    signal?.addEventListener('abort', end)
  })
}
