/** Lets so many do their work at once; the others wait in the order in which they came. */
export function createPlaces(most: number) {
  let taken = 0
  const waiting: (() => void)[] = []
  return {
    async within<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
      if (taken >= most) await new Promise<void>(resolve => waiting.push(resolve))
      else taken++
      try {
        signal.throwIfAborted()
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else taken--
      }
    },
  }
}
