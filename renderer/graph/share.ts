/**
 * `next`, with each part that is equal to the same part of `before` replaced by it. A view arrives whole on every
 * change; shared parts keep their identity, so that one changed action renders one node.
 */
export function share<T>(before: unknown, next: T): T
export function share(before: unknown, next: unknown): unknown {
  if (Object.is(before, next)) return before
  if (Array.isArray(before) && Array.isArray(next)) {
    const shared = next.map((item: unknown, index) => share(partner(before, next, index), item))
    return same(before, shared) ? before : shared
  }
  if (isRecord(before) && isRecord(next)) {
    const shared = Object.fromEntries(Object.entries(next).map(([key, value]) => [key, share(before[key], value)]))
    const keys = Object.keys(shared)
    const unchanged =
      keys.length === Object.keys(before).length &&
      keys.every(key => Object.hasOwn(before, key) && Object.is(before[key], shared[key]))
    return unchanged ? before : shared
  }
  return next
}

/** Lists grow at either end (executions arrive in front), so named things are matched by name, others by place. */
function partner(before: readonly unknown[], next: readonly unknown[], index: number): unknown {
  const key = identity(next[index])
  if (key === undefined || identity(before[index]) === key) return before[index]
  return before.find(item => identity(item) === key)
}

function identity(item: unknown): unknown {
  return isRecord(item) ? (item['id'] ?? item['name']) : undefined
}

const same = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((item, index) => Object.is(item, b[index]))

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
