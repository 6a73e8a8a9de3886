import type { BucketSize } from '../../preload/contract/metrics.ts'
import type { Span } from './past.ts'

export const day = 86_400_000

/** When the day or week of UTC that holds `at` began; weeks begin on Monday. */
export function bucketStart(at: number, size: BucketSize): number {
  const midnight = Math.floor(at / day) * day
  // The Unix epoch was a Thursday.
  return size === 'day' ? midnight : midnight - ((midnight / day + 3) % 7) * day
}

/** The starts of all buckets that a span touches, also empty ones. */
export function bucketStarts({ from, to }: Span, size: BucketSize): number[] {
  const step = size === 'day' ? day : 7 * day
  const first = bucketStart(from, size)
  return Array.from({ length: Math.max(Math.ceil((to - first) / step), 0) }, (_, index) => first + index * step)
}

/** The items by the start of their bucket. */
export function bucketed<T>(items: readonly T[], at: (item: T) => number, size: BucketSize): Map<number, T[]> {
  return Map.groupBy(items, item => bucketStart(at(item), size))
}
