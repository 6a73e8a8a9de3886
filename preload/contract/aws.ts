import { z } from 'zod'
import { Instant } from './base.ts'

/** One API's share of a budget: AWS limits each API by itself. */
export const ApiBudget = z.object({
  /** As IAM names it, e.g. `codepipeline:GetPipelineState`. */
  api: z.string(),
  calls: z.number().int(),
  allowed: z.number().int(),
  throttled: z.number().int(),
  queued: z.number().int(),
})
export type ApiBudget = z.infer<typeof ApiBudget>

/** The call budget of one account in one region: what is used of what the desk allows itself. */
export const Budget = z.object({
  account: z.string(),
  region: z.string(),
  /** Calls in the last 60 s. */
  calls: z.number().int(),
  /** Calls that the buckets would have allowed in the last 60 s. */
  allowed: z.number().int(),
  /** Throttled answers in the last 60 s. */
  throttled: z.number().int(),
  /** Requests that wait for a token now. */
  queued: z.number().int(),
  /** Set while AWS throttles: when the next request is tried. */
  nextTryAt: Instant.optional(),
  /** Each API asked in the last 60 s, the tightest first. */
  apis: z.array(ApiBudget),
})
export type Budget = z.infer<typeof Budget>

export const CallMeter = z.object({ asOf: Instant, budgets: z.array(Budget) })
export type CallMeter = z.infer<typeof CallMeter>
