import { z } from 'zod'
import type { Millis } from '../../../base/clock.ts'

/** An event as rules match it and targets get it. */
export interface EventEnvelope {
  version: '0'
  id: string
  'detail-type': string
  source: string
  account: string
  time: string
  region: string
  resources: readonly string[]
  detail: unknown
}

/** A target as it is kept: what this cloud goes by, and what it only tells back. */
export const targetModel = z.looseObject({
  Id: z.string(),
  Arn: z.string(),
  RoleArn: z.string().optional(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .object({ InputPathsMap: z.record(z.string(), z.string()).optional(), InputTemplate: z.string() })
    .optional(),
  DeadLetterConfig: z.object({ Arn: z.string().optional() }).optional(),
  RetryPolicy: z
    .object({
      MaximumRetryAttempts: z.number().int().min(0).max(185).optional(),
      MaximumEventAgeInSeconds: z.number().int().min(60).max(86_400).optional(),
    })
    .optional(),
})
export type Target = z.infer<typeof targetModel>

export interface Rule {
  id: number
  account: string
  region: string
  bus: string
  name: string
  pattern: string | undefined
  description: string | undefined
  roleArn: string | undefined
  enabled: boolean
  /** `rate(5 minutes)`, `cron(0 9 ? * MON-FRI *)` */
  schedule: string | undefined
  /** When that began to run, in ms: rates count from then. */
  scheduledFrom: Millis
}

export interface BusName {
  account: string
  region: string
  bus: string
}

export const busArn = ({ account, region, bus }: BusName) => `arn:aws:events:${region}:${account}:event-bus/${bus}`

/** A rule of the default bus does not name it. */
export const ruleArn = ({ account, region, bus, name }: BusName & { name: string }) =>
  `arn:aws:events:${region}:${account}:rule/${bus === 'default' ? '' : `${bus}/`}${name}`
