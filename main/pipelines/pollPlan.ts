import type { Millis } from '../base/clock.ts'

/** How closely a pipeline is watched: it is on the screen, something in it is moving, or neither. */
export type Attention = 'open' | 'running' | 'idle'

export interface Subject {
  id: string
  attention: Attention
  /** Absent for what was never asked. */
  askedAt?: Millis
  /** Failed answers in a row. */
  failures: number
  /** An answer is awaited. */
  asking: boolean
}

export interface PollPlan {
  /** Whom to ask now, the most urgent first. */
  ask: Subject[]
  /** When to plan again; absent while nothing is to be asked but by whoever is being asked already. */
  nextAt?: Millis
}

/** ms between two questions about one pipeline. */
const every = { open: 1_000, running: 2_000 } as const
const everyHidden = { open: 10_000, running: 10_000 } as const
/** Idle ones share a rate, so that few are asked often and many seldom. Questions per second. */
export const idleRate = 5
const idleSoonest: Millis = 1_500
const idleHidden: Millis = 60_000
const backOff: Millis = 60_000

/** How often a subject is asked when there are `idle` idle ones beside it. */
export function intervalOf(subject: Subject, idle: number, hidden: boolean): Millis {
  const usual = usualInterval(subject.attention, idle, hidden)
  return subject.failures === 0
    ? usual
    : Math.min(Math.max(usual, 1_000) * 2 ** subject.failures, Math.max(backOff, usual))
}

function usualInterval(attention: Attention, idle: number, hidden: boolean): Millis {
  if (attention !== 'idle') return (hidden ? everyHidden : every)[attention]
  if (hidden) return idleHidden
  return Math.max((idle / idleRate) * 1_000, idleSoonest)
}

const rank: Record<Attention, number> = { open: 0, running: 1, idle: 2 }

/**
 * Who of one account and region is asked now. `room` is how many may be asked at once beside those on the screen; what
 * finds no room waits its turn, the most overdue first.
 */
export function pollPlan(subjects: readonly Subject[], now: Millis, room: number, hidden: boolean): PollPlan {
  const idle = subjects.filter(({ attention }) => attention === 'idle').length
  const waiting = subjects
    .filter(({ asking }) => !asking)
    .map(subject => {
      const interval = intervalOf(subject, idle, hidden)
      // What was never asked comes before what merely grew old.
      const dueAt = subject.askedAt === undefined ? Number.NEGATIVE_INFINITY : subject.askedAt + interval
      return { subject, dueAt }
    })
  const due = waiting.filter(({ dueAt }) => dueAt <= now)
  due.sort((a, b) => rank[a.subject.attention] - rank[b.subject.attention] || compare(a.dueAt, b.dueAt))
  const ask = due.filter(({ subject }, index) => subject.attention === 'open' || index < room)
  const left = waiting.filter(({ dueAt }) => dueAt > now).map(({ dueAt }) => dueAt)
  return {
    ask: ask.map(({ subject }) => subject),
    ...(left.length > 0 && { nextAt: left.reduce((a, b) => Math.min(a, b)) }),
  }
}

const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0)
