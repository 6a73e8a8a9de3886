/**
 * The value that `record` itself holds under `key`. Names are the user's own, and `constructor` or `__proto__` are
 * names that CodePipeline allows.
 */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** A copy of `value` that lacks `key`. */
export function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value
  return rest
}

/** A copy of `record` with the entries that `keep` says yes to; `record` itself where it says yes to all. */
export function keepWhere<T>(record: Readonly<Record<string, T>>, keep: (key: string, value: T) => boolean) {
  const entries = Object.entries(record)
  const kept = entries.filter(([key, value]) => keep(key, value))
  return kept.length === entries.length ? record : (Object.fromEntries(kept) as Readonly<Record<string, T>>)
}
