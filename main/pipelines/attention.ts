import { createBell } from '../base/bell.ts'

/** Whether anybody looks. Several windows may be open on one desk, and one that is closed says no good-bye. */
export interface Attention {
  /** True while windows are known and none of them is in sight. */
  hidden(): boolean
  /** A window is there, in sight or not, until the signal ends it. Tells once that it was heard. */
  attend(hidden: boolean, signal: AbortSignal | undefined): AsyncIterable<Record<string, never>>
}

export function createAttention(changed: (hidden: boolean) => void): Attention {
  let known = false
  let inSight = 0
  let hidden = false
  const settle = () => {
    const next = known && inSight === 0
    if (next === hidden) return
    hidden = next
    changed(hidden)
  }
  return {
    hidden: () => hidden,
    async *attend(out, signal) {
      known = true
      if (!out) inSight++
      settle()
      try {
        for await (const _ of createBell().rings(signal)) yield {}
      } finally {
        if (!out) inSight--
        settle()
      }
    },
  }
}
