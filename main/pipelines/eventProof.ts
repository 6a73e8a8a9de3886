import type { LiveState } from '../aws/liveState.ts'
import type { Millis } from '../base/clock.ts'

/**
 * Whether events tell of an account and region's changes, so that polls need only heal. Nothing says so but the events
 * themselves: one that arrived proves it, a change that a poll found and no event told of refutes it until the next.
 */
export interface EventProof {
  /** The queue that told can't be read, or was not for so long that events may be lost. */
  lost(): void
  heard(pipeline: string, now: Millis): void
  /** A poll found that stages moved. */
  found(pipeline: string, now: Millis): void
  holds(now: Millis): boolean
}

/** How long after a poll an event of the same change may still come: EventBridge promises no time. */
const grace: Millis = 15_000
/** An event this much older than the poll may have told of what the poll found. */
const reach: Millis = 60_000
/** Accounts may be still for days; but after so long without an event, it is asked for proof again. */
const lasts: Millis = 6 * 3_600_000

export function createEventProof(): EventProof {
  let provenAt: Millis | undefined
  const told = new Map<string, Millis>()
  /** Changes that no event has told of yet, by pipeline: until when one may. */
  const suspected = new Map<string, Millis>()

  const judge = (now: Millis) => {
    for (const [pipeline, until] of suspected) {
      if (until > now) continue
      suspected.delete(pipeline)
      provenAt = undefined
    }
  }
  return {
    lost() {
      provenAt = undefined
    },
    heard(pipeline, now) {
      judge(now)
      provenAt = now
      told.set(pipeline, now)
      suspected.delete(pipeline)
    },
    found(pipeline, now) {
      const heardAt = told.get(pipeline)
      if (provenAt === undefined || (heardAt !== undefined && now - heardAt <= reach)) return
      if (!suspected.has(pipeline)) suspected.set(pipeline, now + grace)
    },
    holds(now) {
      judge(now)
      return provenAt !== undefined && now - provenAt < lasts
    },
  }
}

/** Whether what events tell of differs: transitions, conditions and those that wait have none (fact sheet, 9). */
export function isAnnounced(before: LiveState | undefined, after: LiveState | undefined): boolean {
  if (!before || !after || before === after) return false
  const told = ({ stages }: LiveState) =>
    JSON.stringify(stages.map(({ latest }) => [latest?.executionId, latest?.status]))
  return told(before) !== told(after)
}
