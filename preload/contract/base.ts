import { z } from 'zod'

// A page's policy forbids code made from text; zod would try it, and the browser report it, for a little speed.
if ('document' in globalThis) z.config({ jitless: true })

/** An instant: ISO 8601 in UTC. Dates cross the wire as text. */
export const Instant = z.iso.datetime()

/** Where something is; every part that is known is given. */
export const Place = z.object({
  account: z.string().optional(),
  region: z.string().optional(),
  pipeline: z.string().optional(),
  stage: z.string().optional(),
  action: z.string().optional(),
  file: z.string().optional(),
  /** A sign-in to IAM Identity Center, by its id. */
  signIn: z.string().optional(),
})
export type Place = z.infer<typeof Place>

/** What went wrong: a code, a sentence, where it happened, and what to do next. */
export const FailureShape = z.object({
  code: z.string(),
  message: z.string(),
  place: Place,
  next: z.string().optional(),
  requestId: z.string().optional(),
})
export type FailureShape = z.infer<typeof FailureShape>

/** What a person sees of anything that executes: glyph, word and colour follow it. */
export const State = z.enum([
  'succeeded',
  'failed',
  'running',
  'waiting',
  'stopped',
  'superseded',
  'cancelled',
  'skipped',
  'notRun',
  'stale',
])
export type State = z.infer<typeof State>
