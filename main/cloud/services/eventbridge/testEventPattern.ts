import type { TestEventPatternRequest, TestEventPatternResponse } from '@aws-sdk/client-eventbridge'
import { z } from 'zod'
import type { Operation } from '../../server/operation.ts'
import { type EventBridge, patternIn, validation } from './lends.ts'
import { matchesPattern } from './pattern.ts'

const event = z.looseObject({
  id: z.string(),
  account: z.string(),
  source: z.string(),
  time: z.string(),
  region: z.string(),
  resources: z.array(z.string()),
  'detail-type': z.string(),
})

export const testEventPattern: Operation<EventBridge, TestEventPatternRequest, TestEventPatternResponse> = {
  run(_lends, { EventPattern = '', Event = '' }) {
    const pattern = patternIn(EventPattern)
    const read = event.safeParse(parsed(Event))
    if (!read.success)
      throw validation(
        `Parameter Event is not valid. Reason: ${read.error.issues[0]?.path.join('.') ?? ''} is missing.`,
      )
    return { Result: matchesPattern(pattern, read.data) }
  },
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw validation('Parameter Event is not valid.')
  }
}
