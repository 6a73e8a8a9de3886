import type { FailureShape } from '../../preload/contract/base.ts'
import type { Notice } from '../../preload/contract/notices.ts'
import { createBell } from '../base/bell.ts'
import type { Clock } from '../base/clock.ts'

/** What a person must know that belongs to no account, pipeline or call. */
export interface Notices {
  /** Says it, once however often it is put. */
  put(id: string, failure: FailureShape): void
  /** It holds no longer. */
  clear(id: string): void
  /** A person has read it. It is said again if it is put anew. */
  dismiss(id: string): { dismissed: boolean }
  all(): Notice[]
  /** All of them, at once and after each change. */
  watch(signal: AbortSignal | undefined): AsyncIterable<Notice[]>
}

export function createNotices(clock: Clock): Notices {
  const notices = new Map<string, Notice>()
  const bell = createBell()
  const all = () => [...notices.values()]
  return {
    put(id, failure) {
      const before = notices.get(id)
      if (before?.failure.code === failure.code && before.failure.message === failure.message) return
      notices.set(id, { id, failure, since: before?.since ?? new Date(clock.now()).toISOString() })
      bell.ring()
    },
    clear(id) {
      if (notices.delete(id)) bell.ring()
    },
    dismiss(id) {
      const dismissed = notices.delete(id)
      if (dismissed) bell.ring()
      return { dismissed }
    },
    all,
    async *watch(signal) {
      for await (const _ of bell.rings(signal)) yield all()
    },
  }
}
