/** Tells any number of readers that something changed. What changed they read themselves, so nothing queues up. */
export interface Bell {
  ring(): void
  /** Once at the start, then once after each ring; rings while the reader is busy become one. Ends with the signal. */
  rings(signal: AbortSignal | undefined): AsyncGenerator<void, void, void>
}

export function createBell(): Bell {
  const readers = new Set<() => void>()
  return {
    ring() {
      for (const wake of readers) wake()
    },
    async *rings(signal) {
      let rung = true
      let resume: (() => void) | undefined
      const wake = () => {
        rung = true
        resume?.()
      }
      readers.add(wake)
      signal?.addEventListener('abort', wake)
      try {
        for (;;) {
          if (signal?.aborted) return
          if (rung) {
            rung = false
            yield
          } else {
            await new Promise<void>(resolve => {
              resume = resolve
            })
          }
        }
      } finally {
        readers.delete(wake)
        signal?.removeEventListener('abort', wake)
      }
    },
  }
}
