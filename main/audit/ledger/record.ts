import { z } from 'zod'
import { AccountId, RegionName } from '../../../preload/contract/accounts.ts'
import { Instant } from '../../../preload/contract/base.ts'
import { AlarmKind } from '../../../preload/contract/definitionChange.ts'
import { OperationRecord } from '../../../preload/contract/operations.ts'
import { Name } from '../../../preload/contract/pipelines.ts'
import { TrailEvent } from './trailEvent.ts'

const here = { region: RegionName, at: Instant }

/** What CodePipeline itself says of who did what; complete where CloudTrail may not be read. */
export const Observation = z.discriminatedUnion('what', [
  z.object({
    ...here,
    what: z.literal('approval'),
    pipeline: Name,
    stage: z.string(),
    action: z.string(),
    executionId: z.string().optional(),
    actionExecutionId: z.string(),
    status: z.string(),
    by: z.string(),
    comment: z.string().optional(),
  }),
  z.object({
    ...here,
    what: z.literal('transitionClosed'),
    pipeline: Name,
    stage: z.string(),
    by: z.string(),
    comment: z.string().optional(),
  }),
  z.object({ ...here, what: z.literal('stopped'), pipeline: Name, executionId: z.string(), comment: z.string() }),
])
export type Observation = z.infer<typeof Observation>

/** What the desk itself adds. */
export const DeskNote = z.discriminatedUnion('what', [
  /** An operation of the journal, once its outcome is known. */
  z.object({ ...here, what: z.literal('operation'), operation: OperationRecord }),
  z.object({
    ...here,
    what: z.literal('alarm'),
    id: z.string(),
    kind: AlarmKind,
    words: z.string(),
    pipelines: z.array(Name),
    stage: z.string().optional(),
    action: z.string().optional(),
    versions: z.object({ from: z.number().int(), to: z.number().int() }).optional(),
    /** Who caused it, as was known then. */
    by: z.string().optional(),
  }),
  z.object({
    ...here,
    what: z.literal('signOff'),
    alarm: z.string(),
    words: z.string(),
    pipelines: z.array(Name),
    by: z.string(),
    note: z.string(),
  }),
  z.object({
    ...here,
    what: z.literal('gap'),
    why: z.enum(['retention', 'denied', 'truncated']),
    from: Instant,
    to: Instant,
  }),
  z.object({ ...here, what: z.literal('gapFilled'), from: Instant, to: Instant }),
])
export type DeskNote = z.infer<typeof DeskNote>

/** What a row says, before it has its place. */
export type Draft =
  | { source: 'cloudTrail' | 'file' | 'push'; event: unknown }
  | { source: 'codePipeline'; observed: Observation }
  | { source: 'desk'; note: DeskNote }

const place = { form: z.literal(1), account: AccountId, seq: z.number().int(), recordedAt: Instant }

/** A row of the chain as it is hashed. `form` changes when the meaning of a member does. */
export const ChainRecord = z.discriminatedUnion('source', [
  z.object({ ...place, source: z.enum(['cloudTrail', 'file', 'push']), event: TrailEvent }),
  z.object({ ...place, source: z.literal('codePipeline'), observed: Observation }),
  z.object({ ...place, source: z.literal('desk'), note: DeskNote }),
])
export type ChainRecord = z.infer<typeof ChainRecord>
