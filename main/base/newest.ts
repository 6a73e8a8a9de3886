/** What was put last, and no more of it than `most`: memory of what goes on for as long as the desk is open. */
export interface Newest<V> {
  get(id: string): V | undefined
  has(id: string): boolean
  put(id: string, value: V): void
  delete(id: string): void
}

/** Forgets what was put longest ago; what is put again is new again. */
export function newest<V>(most: number): Newest<V> {
  const kept = new Map<string, V>()
  return {
    get: id => kept.get(id),
    has: id => kept.has(id),
    put(id, value) {
      kept.delete(id)
      kept.set(id, value)
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break
        kept.delete(oldest)
      }
    },
    delete: id => void kept.delete(id),
  }
}
