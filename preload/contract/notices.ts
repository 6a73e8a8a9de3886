import { z } from 'zod'
import { FailureShape, Instant } from './base.ts'

/** What a person must know that belongs to no account, pipeline or call. */
export const Notice = z.object({ id: z.string(), since: Instant, failure: FailureShape })
export type Notice = z.infer<typeof Notice>
