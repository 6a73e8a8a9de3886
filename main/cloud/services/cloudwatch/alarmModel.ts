import { z } from 'zod'

export const alarmStates = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const
export type AlarmState = (typeof alarmStates)[number]

export const comparisons = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const
export type Comparison = (typeof comparisons)[number]

export const missingData = ['breaching', 'notBreaching', 'ignore', 'missing'] as const

/** What PutMetricAlarm says, as kept. */
export const alarmDefinition = z.object({
  name: z.string(),
  description: z.string().optional(),
  actionsEnabled: z.boolean(),
  actions: z.object({
    OK: z.array(z.string()),
    ALARM: z.array(z.string()),
    INSUFFICIENT_DATA: z.array(z.string()),
  }),
  namespace: z.string(),
  metric: z.string(),
  dimensions: z.array(z.object({ name: z.string(), value: z.string() })),
  statistic: z.string(),
  /** Seconds. */
  period: z.number(),
  unit: z.string().optional(),
  evaluationPeriods: z.number(),
  datapointsToAlarm: z.number().optional(),
  threshold: z.number(),
  comparison: z.enum(comparisons),
  treatMissingData: z.enum(missingData).optional(),
})
export type AlarmDefinition = z.infer<typeof alarmDefinition>

export interface Alarm {
  account: string
  region: string
  definition: AlarmDefinition
  state: AlarmState
  reason: string
  reasonData: string | undefined
  /** When the state was last told, when it last changed, and when the definition did. */
  updated: number
  transitioned: number
  configured: number
}

export const alarmArn = ({ account, region }: { account: string; region: string }, name: string) =>
  `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`
