import { isTrackedEnvelope, type TrackedEnvelope, tracked } from '@trpc/server'
import { z } from 'zod'

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

const iterable = <T>() => z.custom<AsyncIterable<T>>(isAsyncIterable, 'Expected a stream')

/** `.output()` of a subscription: every item passes the schema, so that nothing but what it lists can cross. */
export function streamOf<T extends z.ZodType>(item: T) {
  return iterable<z.input<T>>().transform(async function* (source): AsyncGenerator<z.output<T>, void, void> {
    for await (const value of source) yield item.parse(value)
  })
}

/** As {@link streamOf}, for items with ids (`tracked`): a reconnect tells the last one, and misses nothing. */
export function trackedStreamOf<T extends z.ZodType>(item: T) {
  return iterable<TrackedEnvelope<z.input<T>>>().transform(async function* (source): AsyncGenerator<
    TrackedEnvelope<z.output<T>>,
    void,
    void
  > {
    for await (const envelope of source) {
      if (!isTrackedEnvelope(envelope)) throw new TypeError('Expected an item with an id')
      yield tracked(envelope[0], item.parse(envelope[1]))
    }
  })
}
