import { z } from 'zod'
import type { At } from '../aws/ask.ts'
import type { Hint } from './entry.ts'

/** What an event tells the desk: where to look. What happened the desk asks, for events come twice, late and mixed up. */
export interface PipelineEvent {
  id: string
  at: At
  pipeline: string
  /** Absent where the pipeline itself came or went. */
  hint?: Hint
}

const callType = 'AWS API Call via CloudTrail'
const envelope = z.object({
  id: z.string(),
  source: z.literal('aws.codepipeline'),
  account: z.string(),
  region: z.string(),
  'detail-type': z.string(),
  detail: z.looseObject({}),
})
const stateChange = z.object({ pipeline: z.string() })
const named = z.object({ name: z.string() })
const call = z.object({
  eventName: z.string(),
  errorCode: z.string().optional(),
  requestParameters: z.union([
    z.object({ pipelineName: z.string() }).transform(({ pipelineName }) => pipelineName),
    named.transform(({ name }) => name),
    z.object({ pipeline: named }).transform(({ pipeline }) => pipeline.name),
  ]),
})

/** Reads a message of the queue (EventBridge's envelope; fact sheet, 9); undefined for what tells the desk nothing. */
export function pipelineEventOf(body: string): PipelineEvent | undefined {
  const event = envelope.safeParse(jsonIn(body))
  if (!event.success) return undefined
  const { id, account, region, detail, 'detail-type': type } = event.data
  const told = { id, at: { account, region } }
  switch (type) {
    case 'CodePipeline Pipeline Execution State Change': {
      const change = stateChange.safeParse(detail)
      return change.success ? { ...told, pipeline: change.data.pipeline, hint: 'both' } : undefined
    }
    case 'CodePipeline Stage Execution State Change':
    case 'CodePipeline Action Execution State Change': {
      const change = stateChange.safeParse(detail)
      return change.success ? { ...told, pipeline: change.data.pipeline, hint: 'state' } : undefined
    }
    case callType: {
      const made = call.safeParse(detail)
      if (!made.success || made.data.errorCode !== undefined) return undefined
      const { eventName, requestParameters: pipeline } = made.data
      const inventory = eventName === 'CreatePipeline' || eventName === 'DeletePipeline'
      return { ...told, pipeline, ...(!inventory && { hint: 'both' as const }) }
    }
    default:
      return undefined
  }
}

/** The CloudTrail event that a message of the queue carries, as CloudTrail wrote it; undefined where it carries none. */
export function recordedCallIn(body: string): unknown {
  const event = envelope.safeParse(jsonIn(body))
  return event.success && event.data['detail-type'] === callType ? event.data.detail : undefined
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
