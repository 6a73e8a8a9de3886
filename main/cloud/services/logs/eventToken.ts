import type { LogPosition } from './logStore.ts'
import { invalidParameter } from './refusals.ts'

export interface EventToken {
  direction: 'forward' | 'backward'
  position: LogPosition
}

const timeDigits = 20
const idDigits = 36

/** A GetLogEvents token in the shape AWS gives them: `f/` or `b/`, 56 digits, `/s`. */
export function writeToken({ direction, position }: EventToken): string {
  const digits = String(position.at).padStart(timeDigits, '0') + String(position.id).padStart(idDigits, '0')
  return `${direction === 'forward' ? 'f' : 'b'}/${digits}/s`
}

/** Reads a token that {@link writeToken} made; anything else is AWS's InvalidParameterException. */
export function readToken(text: string): EventToken {
  const match = /^([fb])\/(\d{20})(\d{36})\/s$/.exec(text)
  if (!match) throw invalidParameter('The specified nextToken is invalid.')
  const [, side, at, id] = match
  return {
    direction: side === 'f' ? 'forward' : 'backward',
    position: { at: Number(at), id: Number(id) },
  }
}

/** An event's id as FilterLogEvents gives it. */
export function eventId({ at, id }: LogPosition): string {
  return String(at).padStart(timeDigits, '0') + String(id).padStart(idDigits, '0')
}
