import { z } from 'zod'

/**
 * An amount in millionths of a dollar, as a range where something is not known: `low` ≤ `high`, and both the same where
 * all is known. Whole numbers, so that sums are exact. Before tax.
 */
export const Money = z.object({ low: z.number().int(), high: z.number().int(), currency: z.literal('USD') })
export type Money = z.infer<typeof Money>
