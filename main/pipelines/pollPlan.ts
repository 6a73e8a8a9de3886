import type { Millis } from '../base/clock.ts'

/** How closely a pipeline is watched: it is on the screen, something in it is moving, or neither. */
export type Attention = 'open' | 'running' | 'idle'

export interface Subject {
  id: string
  attention: Attention
  /** Absent for what was not asked since the desk started. */
  askedAt?: Millis
  /** When AWS last told of it, at an earlier start; absent for what nobody knows yet. */
  knownAt?: Millis
  /** An event told of a change that was not asked for yet; from when to ask. */
  hintedFrom?: Millis
  /** Its row is complete, but its definition was left for later. */
  incomplete: boolean
  /** Failed answers in a row. */
  failures: number
  /** An answer is awaited. */
  asking: boolean
}

/** What holds for all of one account and region. */
export interface Circumstances {
  now: Millis
  /** How many may be asked at once beside those on the screen and those that events told of. */
  room: number
  /** Nobody looks at the desk. */
  hidden: boolean
  /** Events tell of changes (`eventProof.ts`): what is asked beside them only heals. */
  pushed: boolean
  /** Questions per second that the call budget has for idle ones. */
  idlePerSecond: number
  /** Pipelines in all accounts and regions: budgets are each one's own, but the desk and its machine are one. */
  everywhere: number
}

export interface PollPlan {
  /** Whom to ask now, the most urgent first. */
  ask: Subject[]
  /** When to plan again; absent while nothing is to be asked but by whoever is being asked already. */
  nextAt?: Millis
}

/** ms between two questions about one pipeline. */
const every = { open: 1_000, running: 3_500 } as const
const everyPushed = { open: 5_000, running: 30_000 } as const
const everyHidden = { open: 10_000, running: 10_000 } as const
/** Idle ones: a second for each that the desk knows, but no oftener and, where the budget has as much, no more seldom than this. */
const idleSoonest: Millis = 3_000
const idleLatest: Millis = 55_000
const idleHidden: Millis = 60_000
const idlePushed: Millis = 900_000
const backOff: Millis = 60_000
/**
 * Idle ones fall due on the beats of the clock, which are the same in every account: a question that is one of many
 * costs a third of one that the process is woken for, and in between it sleeps. Rare questions have the long beat, for
 * which a bucket's burst is enough.
 */
const beats = { long: 5_000, short: 1_000 } as const

/** How often a subject is asked when there are `idle` idle ones. */
export function intervalOf(subject: Subject, idle: number, circumstances: Circumstances): Millis {
  const usual = subject.incomplete ? idleSoonest : usualInterval(subject.attention, idle, circumstances)
  return subject.failures === 0
    ? usual
    : Math.min(Math.max(usual, 1_000) * 2 ** subject.failures, Math.max(backOff, usual))
}

function usualInterval(
  attention: Attention,
  idle: number,
  { hidden, pushed, idlePerSecond, everywhere }: Circumstances,
): Millis {
  if (attention !== 'idle') {
    const seen = (hidden ? everyHidden : every)[attention]
    return pushed ? Math.max(everyPushed[attention], seen) : seen
  }
  const share = (idle / idlePerSecond) * 1_000
  if (pushed) return Math.max(idlePushed, share)
  if (hidden) return Math.max(idleHidden, share)
  return Math.max(Math.min(Math.max(everywhere * 1_000, idleSoonest), idleLatest), share)
}

/** What of the budget is left to those who matter more. */
const idleShare = 0.8

/**
 * How many idle ones can be asked each second where one API allows `rate`. Too many for that to be in time are asked by
 * two APIs in turn, which each have a budget of their own.
 */
export function idlePace(pipelines: number, rate: number): { perSecond: number; crowded: boolean } {
  const perSecond = rate * idleShare
  const crowded = (pipelines / perSecond) * 1_000 > idleLatest
  return { perSecond: crowded ? perSecond * 2 : perSecond, crowded }
}

const rank: Record<Attention, number> = { open: 0, running: 1, idle: 2 }

/**
 * Who of one account and region is asked now: who is on the screen, whom events told of, what moves, what was never
 * asked, what is known only from an earlier start, and then who is most overdue. What finds no room waits its turn; one
 * place is always an idle one's, or those that run would keep the others waiting for ever.
 */
export function pollPlan(subjects: readonly Subject[], circumstances: Circumstances): PollPlan {
  const { now, room } = circumstances
  let idle = 0
  let idleAsked = false
  for (const { attention, asking } of subjects) {
    if (attention !== 'idle') continue
    idle++
    idleAsked ||= asking
  }
  const due: { subject: Subject; dueAt: Millis }[] = []
  let nextAt: Millis | undefined
  for (const subject of subjects) {
    if (subject.asking) continue
    const interval = intervalOf(subject, idle, circumstances)
    const dueAt = dueTime(subject, interval)
    const from = isPatient(subject) ? onBeat(dueAt, interval, idle) : dueAt
    if (from <= now) due.push({ subject, dueAt })
    else nextAt = Math.min(nextAt ?? from, from)
  }
  due.sort((a, b) => rankOf(a.subject) - rankOf(b.subject) || compare(a.dueAt, b.dueAt))
  const forced = due.filter(({ subject }) => isUrgent(subject))
  const others = due.slice(forced.length)
  const chosen = others.slice(0, room)
  const patient = others.find(({ subject }) => subject.attention === 'idle')
  if (patient && room > 0 && !idleAsked && !chosen.includes(patient)) chosen.splice(-1, 1, patient)
  return {
    ask: [...forced, ...chosen].map(({ subject }) => subject),
    ...(nextAt !== undefined && { nextAt }),
  }
}

/** Asked whether there is room or not: the call budget orders them, and there are few of them. */
const isUrgent = ({ attention, hintedFrom }: Subject) => attention === 'open' || hintedFrom !== undefined
const rankOf = (subject: Subject) => (isUrgent(subject) ? 0 : rank[subject.attention])

function dueTime({ askedAt, knownAt, hintedFrom, failures }: Subject, interval: Millis): Millis {
  if (askedAt !== undefined) {
    const usual = askedAt + interval
    if (hintedFrom === undefined || failures > 0) return usual
    return Math.min(usual, Math.max(hintedFrom, askedAt + hintSoonest))
  }
  // What was never asked comes before what merely grew old, and the oldest of these first.
  return knownAt === undefined ? Number.NEGATIVE_INFINITY : knownAt - longAgo
}

/** Nothing is known to move in it, or to be wrong with it. */
const isPatient = ({ attention, failures, hintedFrom }: Subject) =>
  attention === 'idle' && failures === 0 && hintedFrom === undefined

/** The last beat before `dueAt`: what is asked on beats at whole intervals is asked no oftener than that. */
function onBeat(dueAt: Millis, interval: Millis, idle: number): Millis {
  const seldom = idle * 1_000 <= interval && interval % beats.long === 0
  const beat = seldom ? beats.long : beats.short
  return Math.floor(dueAt / beat) * beat
}

/** Events of one pipeline come in swarms: one question answers several. */
const hintSoonest: Millis = 300
/** Puts what is known from an earlier start before all that was asked since this one. */
const longAgo: Millis = 1e14

const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0)
