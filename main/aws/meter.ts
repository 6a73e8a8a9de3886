import type { CallMeter } from '../../preload/contract/aws.ts'

/** What the desk uses of each account's call budget. */
export interface Meter {
  /** The whole meter, at once and then at most once a second while it changes. */
  watch(signal: AbortSignal | undefined): AsyncIterable<CallMeter>
}
