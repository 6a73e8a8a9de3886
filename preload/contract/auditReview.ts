/*
 * What reviewers ask of `audit` (main/audit/router.ts), beside the ledger itself (`audit.ts`).
 *
 * Definitions
 *   histories      query    → DefinitionHistory[]                    each pipeline of which a version is known, deleted ones too
 *   versions       query    {key} → VersionInfo[]                    newest first
 *   version        query    {key, version} → VersionDetail
 *   diff           query    {key, from, to} → DefinitionDiff
 *   executionsUnder query   {key, version} → ExecutionSummary[]      newest first
 * Alarms
 *   watchAlarms    sub      → AlarmsView                             open ones first, then signed off; newest first
 *   signOff        mutation {id, note} → Alarm                       durable, and an entry of the ledger
 * Separation of duties
 *   findings       query    FindingFilter → Finding[]                newest first, 500 at most
 *   enforcement    query    {key, stage, action} → Enforcement       the IAM that would enforce it
 */
import { z } from 'zod'
import { AccountId, RegionName } from './accounts.ts'
import { Who } from './audit.ts'
import { Instant } from './base.ts'
import { Declaration } from './declaration.ts'
import { AlarmKind, ToldChange } from './definitionChange.ts'
import { Definition, Name, PipelineKey } from './pipelines.ts'

export const DefinitionHistory = z.object({
  key: PipelineKey,
  /** Known versions. */
  versions: z.number().int(),
  latest: z.number().int(),
  changedAt: Instant.optional(),
  by: Who.optional(),
  openAlarms: z.number().int(),
  /** Set where a DeletePipeline is in the ledger, or it is no longer listed. */
  deleted: z.boolean(),
})
export type DefinitionHistory = z.infer<typeof DefinitionHistory>

export const VersionInfo = z.object({
  version: z.number().int(),
  /** When it was made, where the ledger or AWS says. */
  at: Instant.optional(),
  by: Who.optional(),
  /** The ledger's entry of the call that made it. */
  entry: z.number().int().optional(),
  /** What changed since the version before, in words; empty for the first. Absent where the one before is unknown. */
  changes: z.array(z.string()).optional(),
  alarms: z.array(AlarmKind),
  /** Executions that ran under it, of those that the desk knows. */
  executions: z.number().int(),
  /** False where only its number is known: neither AWS nor the ledger has the text. */
  known: z.boolean(),
})
export type VersionInfo = z.infer<typeof VersionInfo>

export const VersionDetail = z.object({
  info: VersionInfo,
  declaration: Declaration,
  /** For the graph. */
  definition: Definition,
})
export type VersionDetail = z.infer<typeof VersionDetail>

export const DefinitionDiff = z.object({
  key: PipelineKey,
  from: VersionDetail,
  to: VersionDetail,
  /** In the order in which they turn `from` into `to`. */
  changes: z.array(ToldChange),
})
export type DefinitionDiff = z.infer<typeof DefinitionDiff>

export const Alarm = z.object({
  id: z.string(),
  at: Instant,
  kind: AlarmKind,
  /** `key.name` is absent where a role changed that several pipelines use: see `pipelines`. */
  account: AccountId,
  region: RegionName,
  pipelines: z.array(Name),
  stage: z.string().optional(),
  action: z.string().optional(),
  /** The definition versions between which it lies. */
  versions: z.object({ from: z.number().int(), to: z.number().int() }).optional(),
  words: z.string(),
  who: Who,
  /** Ids of the ledger's entries: of the alarm, and of the call that caused it. */
  entry: z.number().int(),
  cause: z.number().int().optional(),
  signedOff: z.object({ at: Instant, by: z.string(), note: z.string(), entry: z.number().int() }).optional(),
})
export type Alarm = z.infer<typeof Alarm>
export const AlarmsView = z.object({ open: z.number().int(), alarms: z.array(Alarm) })
export type AlarmsView = z.infer<typeof AlarmsView>
export const SignOff = z.object({ id: z.string().max(300), note: z.string().trim().min(1).max(1000) })

export const FindingFilter = z.object({
  accounts: z.array(AccountId).optional(),
  pipelines: z.array(Name).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
})
export type FindingFilter = z.infer<typeof FindingFilter>

/** Something that a reviewer should look at. A finding, never a refusal: the desk can't enforce it. */
export const Finding = z.object({
  id: z.string(),
  kind: z.enum([
    /** The approver committed what was approved. */
    'approverCommitted',
    /** The approver made the definition version under which it ran, or one since the last execution that passed. */
    'approverEdited',
    /** Committer, editor and approver are one person. */
    'onePersonAll',
    /** Decided sooner than what was to be read can be read. */
    'tooFast',
    /** An approval given by no person. */
    'byAutomation',
  ]),
  at: Instant,
  key: PipelineKey,
  executionId: z.string(),
  stage: z.string(),
  action: z.string(),
  words: z.string(),
  people: z.object({
    approver: Who.optional(),
    committers: z.array(z.string()),
    editor: Who.optional(),
  }),
  /** Of an approval that was too fast: how long it took and how long reading takes. s */
  seconds: z.object({ taken: z.number(), needed: z.number() }).optional(),
  /** The ledger's entry of the approval. */
  entry: z.number().int().optional(),
})
export type Finding = z.infer<typeof Finding>

/** The IAM that enforces what the desk only finds. */
export const Enforcement = z.object({
  /** Policy documents as indented JSON, each with where it belongs and what it does. */
  policies: z.array(z.object({ title: z.string(), where: z.string(), does: z.string(), document: z.string() })),
  /** What no policy can do. */
  limits: z.array(z.string()),
})
export type Enforcement = z.infer<typeof Enforcement>
