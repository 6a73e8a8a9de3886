import type { PipelineRow } from '../../preload/contract/pipelines.ts'
import type { ListedPipeline } from '../aws/codePipeline.ts'
import type { Millis } from '../base/clock.ts'
import type { Known } from './known.ts'
import { type Attention, type Subject } from './pollPlan.ts'
import { isMoving } from './states.ts'

/** What an event said of a pipeline: its stages and actions moved, or a whole execution, which only the list may show. */
export type Hint = 'state' | 'both'

/** A pipeline as its realm follows it. */
export interface Entry {
  known: Known
  /** As the inventory last told of it; at another time than what is known was answered. */
  listed: ListedPipeline
  asking: boolean
  /** Since the desk started. */
  askedAt: Millis | undefined
  listedAt: Millis | undefined
  /** Of what is known from an earlier start, or never. */
  knownAt: Millis | undefined
  /** It moved when it was last known, at an earlier start. */
  moved: boolean
  /** Set by an event, until it was asked for; not before `from`. */
  hint: { of: Hint; from: Millis } | undefined
  /** The answer to a hint held nothing new: AWS's answers may lag behind its events, so it is asked once more. */
  askedTwice: boolean
  /** Questions so far. */
  turn: number
  /** Failed answers in a row. */
  failures: number
}

export const newEntry = (known: Known, earlier?: { knownAt: Millis; moved: boolean }): Entry => ({
  known,
  listed: known.listed,
  asking: false,
  askedAt: undefined,
  listedAt: undefined,
  knownAt: earlier?.knownAt,
  moved: earlier?.moved ?? false,
  hint: undefined,
  askedTwice: false,
  turn: 0,
  failures: 0,
})

/** As an earlier start left it. A row that was only listed tells nothing yet. */
export function earlierEntry({ key, version, type, mode, state, asOf }: PipelineRow): Entry {
  const known = { key, listed: { name: key.name, version, type, mode }, executions: [], asOf }
  return newEntry(known, state === 'stale' ? undefined : { knownAt: Date.parse(asOf), moved: state === 'running' })
}

/** Of what is known, which never changes once it is made: each plan asks it of every pipeline. */
const moving = new WeakMap<Known, boolean>()

export function attentionOf({ known, moved }: Entry, onScreen: boolean): Attention {
  if (onScreen) return 'open'
  if (!known.live) return moved ? 'running' : 'idle'
  const moves = moving.get(known) ?? isMoving(known)
  moving.set(known, moves)
  return moves ? 'running' : 'idle'
}

/** What the plan needs to know of it. */
export function subjectOf(entry: Entry, attention: Attention): Subject {
  const { known, askedAt, knownAt, failures, asking, hint } = entry
  return {
    id: known.key.name,
    attention,
    failures,
    asking,
    incomplete: isIncomplete(entry),
    ...(hint && { hintedFrom: hint.from }),
    ...(askedAt !== undefined && { askedAt }),
    ...(knownAt !== undefined && { knownAt }),
  }
}

/** Its row is complete, but its definition was left for later. */
export const isIncomplete = ({ known, listedAt }: Entry): boolean =>
  listedAt !== undefined && known.live !== undefined && known.definition === undefined
