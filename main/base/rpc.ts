import { initTRPC, TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { FailureShape } from '../../preload/contract/base.ts'
import { Failure, messageOf } from './failure.ts'

/** Any failure in the one shape that crosses to the renderer. */
export function failureShape(thrown: unknown): FailureShape {
  if (thrown instanceof Failure) {
    return {
      code: thrown.code,
      message: thrown.message,
      place: thrown.place,
      ...(thrown.next !== undefined && { next: thrown.next }),
      ...(thrown.requestId !== undefined && { requestId: thrown.requestId }),
    }
  }
  if (thrown instanceof TRPCError)
    return { code: thrown.code, message: mismatchOf(thrown.cause) ?? thrown.message, place: {} }
  return {
    code: 'Unexpected',
    message: mismatchOf(thrown) ?? messageOf(thrown),
    place: {},
    next: 'Try again; if it stays, report it with the log file.',
  }
}

/** What does not fit its schema, in words; a `ZodError`'s own message is JSON. */
function mismatchOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof z.ZodError)) return undefined
  return thrown.issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`))
    .join('; ')
}

/** The failure that a shape was made of: to throw again what was kept. */
export function failureFrom({ code, message, place, next, requestId }: FailureShape): Failure {
  return new Failure({
    code,
    message,
    place: Object.fromEntries(Object.entries(place).filter(([, part]) => part !== undefined)),
    ...(next !== undefined && { next }),
    ...(requestId !== undefined && { requestId }),
  })
}

const t = initTRPC.create({
  // Failures of calls arrive as `error.data.failure`; stacks stay here.
  errorFormatter: ({ shape, error }) => ({
    code: shape.code,
    message: shape.message,
    data: {
      code: shape.data.code,
      failure: failureShape(error.code === 'INTERNAL_SERVER_ERROR' ? (error.cause ?? error) : error),
    },
  }),
})

/** The one router kit. Every procedure states `.input()` and `.output()`. */
export const router = t.router
export const procedure = t.procedure
