import { z } from 'zod'

export const Theme = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof Theme>

export const SavedView = z.object({ name: z.string().min(1).max(60), filter: z.string().max(500) })
export type SavedView = z.infer<typeof SavedView>

/** As the queue's owner sees it; a local cloud's queues are on loopback. */
export const EventQueueUrl = z
  .string()
  .regex(
    /^(https:\/\/[\w.-]+\.amazonaws\.com(\.cn)?|http:\/\/(127\.0\.0\.1|localhost):\d+)\/\d{12}\/[\w-]{1,80}$/,
    'must be a queue’s address, e.g. https://sqs.us-east-1.amazonaws.com/111122223333/cloudpipelines',
  )

export const Settings = z.object({
  theme: Theme,
  density: z.enum(['tiles', 'rows', 'lines']),
  /** How times are shown; the zone is always written beside them. */
  timeZone: z.enum(['local', 'utc']),
  savedViews: z.array(SavedView).max(50),
  /** Whether the welcome was seen: it shows the ways in until then. */
  welcomed: z.boolean(),
  /** Queues that tell of changes, so that they need not be asked for (`resources/events.cfn.yaml`). */
  eventQueues: z.array(EventQueueUrl).max(20),
})
export type Settings = z.infer<typeof Settings>

export { defaultSettings } from './defaultSettings.ts'
