/*
 * The procedures of `audit` (main/audit/router.ts). sub = subscription; its first item is a whole snapshot.
 *
 *   search         query    SearchInput → SearchPage                 newest first, keyset paging by `next`
 *   count          query    EntryFilter → Count                      how many match, counted up to 10,000
 *   daily          query    DailyInput → DayCount[]                  entries of each day (UTC) and kind; days without any are left out
 *   entry          query    {id} → EntryDetail                       with the raw evidence and its place in the chain
 *   facets         query    → Facets                                 what the filters can be set to
 *   watchCoverage  sub      → Coverage                               how far each account and region is read; gaps; newest entry
 *   refresh        mutation {account?} → {asked}                     reads on now instead of at the next turn
 *   verify         sub      {account?, anchor?} → VerifyUpdate       progress, then the verdict; ends
 *   importFile     mutation {name, base64} → ImportResult            one CloudTrail file (gzip or plain JSON)
 *   importS3       sub      {account, region, bucket, prefix} → ImportUpdate   ends with `done`
 *   export         sub      {filter, format} → ExportUpdate          progress and chunks, then `end`; the page saves the file
 *   savedQueries   query    → SavedQuery[];  saveQuery mutation {name, filter} → SavedQuery[] (same name: replaced);
 *   removeQuery    mutation {name} → SavedQuery[]
 * Definitions, alarms and separation of duties: `auditReview.ts`.
 */
import { z } from 'zod'
import { AccountId, RegionName } from './accounts.ts'
import { FailureShape, Instant } from './base.ts'
import { ToldChange } from './definitionChange.ts'
import { Name } from './pipelines.ts'

/** What an entry is about: the filter's main choice and the entry's icon. */
export const EntryKind = z.enum([
  /** A pipeline was created, changed or deleted. */
  'definition',
  /** Started, stopped, retried, rolled back, a condition overridden. */
  'execution',
  'approval',
  /** A transition was opened or closed. */
  'transition',
  /** IAM: a role that pipelines use. */
  'role',
  /** CodeBuild: a project that pipelines use. */
  'project',
  'connection',
  /** Webhooks, custom action types, tags, results of job workers. */
  'integration',
  /** Raised by the desk. */
  'alarm',
  /** A person reviewed an alarm. */
  'signOff',
  /** A stretch of time that could not be read. */
  'gap',
])
export type EntryKind = z.infer<typeof EntryKind>

/** Who it was, as far as the evidence says. */
export const Who = z.discriminatedUnion('kind', [
  /** `name` is what filters and findings go by, in lower case, e.g. `ann@corp.example`. */
  z.object({
    kind: z.literal('person'),
    name: z.string(),
    /** How they are known, in words: "SSO session", "IAM user", "role Deployer, assumed by IAM user ann". */
    how: z.string(),
    /** False where only a role's session name says so: the caller chooses it. */
    certain: z.boolean(),
    arn: z.string().optional(),
  }),
  z.object({ kind: z.literal('automation'), name: z.string(), how: z.string(), arn: z.string().optional() }),
  z.object({ kind: z.literal('unknown'), name: z.string(), how: z.string(), arn: z.string().optional() }),
])
export type Who = z.infer<typeof Who>

/** Where evidence came from. */
export const EvidenceSource = z.enum([
  /** LookupEvents. */
  'cloudTrail',
  /** A file that CloudTrail wrote, from disk or S3. */
  'file',
  /** EventBridge, "AWS API Call via CloudTrail". */
  'push',
  /** CodePipeline's own `updatedBy`, `lastUpdatedBy`, `lastChangedBy`, `stopTrigger`. */
  'codePipeline',
  /** The desk itself: its journal, its alarms, its gaps. */
  'desk',
])
export type EvidenceSource = z.infer<typeof EvidenceSource>

/** One happening, with all the evidence for it joined. Ids are ordered by time; larger is later. */
export const LedgerEntry = z.object({
  id: z.number().int(),
  at: Instant,
  account: AccountId,
  region: RegionName,
  kind: EntryKind,
  /** The API operation (`UpdatePipeline`), or the desk's own word (`approvalRemoved`, `signOff`, `gap`). */
  name: z.string(),
  pipeline: Name.optional(),
  /** Further pipelines that it concerns: of a role or project that several use. */
  pipelines: z.array(Name),
  stage: z.string().optional(),
  action: z.string().optional(),
  executionId: z.string().optional(),
  /** Of the definition that it made. */
  version: z.number().int().optional(),
  who: Who,
  /** One sentence without the who: "Updated payments to version 4: removed approval Release of Production". */
  words: z.string(),
  /** What the person gave as reason or comment. */
  comment: z.string().optional(),
  /** Set where AWS refused it: nothing was changed. */
  refused: z.object({ code: z.string(), message: z.string() }).optional(),
  /** Where the evidence came from, oldest knowledge first. */
  sources: z.array(EvidenceSource),
})
export type LedgerEntry = z.infer<typeof LedgerEntry>

/** One row of the chain. */
export const Evidence = z.object({
  source: EvidenceSource,
  /** Position in its account's chain, from 1. */
  seq: z.number().int(),
  recordedAt: Instant,
  hash: z.string(),
  previous: z.string(),
  /** CloudTrail's EventId, where it has one. */
  eventId: z.string().optional(),
  /** The record as it is hashed, as indented JSON. */
  raw: z.string(),
})
export type Evidence = z.infer<typeof Evidence>
export const EntryDetail = z.object({
  entry: LedgerEntry,
  evidence: z.array(Evidence),
  sourceIp: z.string().optional(),
  userAgent: z.string().optional(),
  requestId: z.string().optional(),
  /** Of the same execution, definition version or alarm; oldest first, 20 at most. */
  related: z.array(LedgerEntry),
  /** What an UpdatePipeline changed, where both versions are known. */
  changes: z.array(ToldChange),
})
export type EntryDetail = z.infer<typeof EntryDetail>

/** Every given member must match; of several values in one member any. `text` finds whole words, the last by its beginning. */
export const EntryFilter = z.object({
  accounts: z.array(AccountId).max(100).optional(),
  regions: z.array(RegionName).max(50).optional(),
  pipelines: z.array(Name).max(100).optional(),
  /** `Who.name`. */
  people: z.array(z.string().min(1).max(200)).max(100).optional(),
  kinds: z.array(EntryKind).optional(),
  /** `LedgerEntry.name`, e.g. `UpdatePipeline`. */
  names: z.array(z.string().min(1).max(100)).max(50).optional(),
  executionId: z.string().max(100).optional(),
  /** Inclusive. */
  from: Instant.optional(),
  /** Exclusive. */
  to: Instant.optional(),
  /** Only what AWS refused, or only what it did not. */
  refused: z.boolean().optional(),
  text: z.string().max(300).optional(),
})
export type EntryFilter = z.infer<typeof EntryFilter>

export const SearchInput = z.object({
  filter: EntryFilter,
  /** `next` of the page before. */
  before: z.number().int().optional(),
  limit: z.number().int().min(1).max(500),
})
export const SearchPage = z.object({
  entries: z.array(LedgerEntry),
  /** Absent on the last page. */
  next: z.number().int().optional(),
  /** What the search took in the store. ms */
  took: z.number(),
})
export type SearchPage = z.infer<typeof SearchPage>

export const Count = z.object({ count: z.number().int(), /** There are more than were counted. */ more: z.boolean() })
/** Of the stretch, which is less than two years: the filter's own `from` and `to` say nothing here. */
export const DailyInput = z.object({ filter: EntryFilter, from: Instant, to: Instant })
export const DayCount = z.object({
  /** The day's beginning, UTC. */
  day: Instant,
  kind: EntryKind,
  count: z.number().int(),
})
export type DayCount = z.infer<typeof DayCount>
export const Facets = z.object({
  accounts: z.array(AccountId),
  regions: z.array(RegionName),
  pipelines: z.array(Name),
  people: z.array(z.string()),
  automation: z.array(z.string()),
  names: z.array(z.string()),
  /** Of the oldest and the newest entry. */
  from: Instant.optional(),
  to: Instant.optional(),
})
export type Facets = z.infer<typeof Facets>
export const SavedQuery = z.object({ name: z.string().min(1).max(60), filter: EntryFilter })
export type SavedQuery = z.infer<typeof SavedQuery>

/** A stretch that the ledger does not hold, and why. Kept in the ledger as well. */
export const Gap = z.object({
  account: AccountId,
  region: RegionName,
  from: Instant,
  to: Instant,
  why: z.enum(['retention', 'denied', 'truncated']),
  words: z.string(),
  /** Set when a later reading filled it. Files may hold what is missing, but none says whether they are all. */
  filledAt: Instant.optional(),
})
export type Gap = z.infer<typeof Gap>

/** How far one account in one region is read. */
export const RegionCoverage = z.object({
  account: AccountId,
  region: RegionName,
  /** `waiting`: read up to `readTo`, the next turn is at `nextAt`. `reading`: pages are being asked for. */
  state: z.enum(['reading', 'waiting', 'denied', 'failed', 'noSession']),
  /** Complete from here, but for the gaps. Absent until the first reading is complete. */
  readFrom: Instant.optional(),
  /** Complete up to here, but for the gaps. Events may come some minutes late: they are still found. */
  readTo: Instant.optional(),
  nextAt: Instant.optional(),
  /** Of the present reading: event names done, of how many, and events found so far. */
  progress: z.object({ done: z.number().int(), of: z.number().int(), events: z.number().int() }).optional(),
  failure: FailureShape.optional(),
})
export type RegionCoverage = z.infer<typeof RegionCoverage>

/** The newest state of the whole ledger; told again whenever something was added. */
export const Coverage = z.object({
  regions: z.array(RegionCoverage),
  gaps: z.array(Gap),
  /** Rows in all chains. */
  rows: z.number().int(),
  /** Id of the newest entry; a page that shows the newest asks again when it grows. */
  newest: z.number().int().optional(),
  /** The end of each account's chain: keep it elsewhere, and a truncated ledger is found. */
  heads: z.array(z.object({ account: AccountId, seq: z.number().int(), hash: z.string() })),
})
export type Coverage = z.infer<typeof Coverage>

export const Anchor = z.object({
  account: AccountId,
  seq: z.number().int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type Anchor = z.infer<typeof Anchor>
export const ChainVerdict = z.object({
  account: AccountId,
  rows: z.number().int(),
  head: z.string(),
  /** Absent: every row is as it was recorded, in its order, and none is missing. */
  fault: z
    .object({
      kind: z.enum(['altered', 'missing', 'reordered', 'truncated', 'notIndexed', 'notRecorded', 'anchorDiffers']),
      /** The first row that does not fit; 0 where something is shown that no row tells of. */
      seq: z.number().int(),
      words: z.string(),
    })
    .optional(),
})
export type ChainVerdict = z.infer<typeof ChainVerdict>
export const VerifyUpdate = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.number().int(), of: z.number().int() }),
  z.object({ kind: z.literal('verdict'), at: Instant, chains: z.array(ChainVerdict) }),
])
export type VerifyUpdate = z.infer<typeof VerifyUpdate>

export const ImportResult = z.object({
  files: z.number().int(),
  /** Events in the files, those that concern pipelines, and of them those that were new. */
  events: z.number().int(),
  concerning: z.number().int(),
  added: z.number().int(),
  /** Files that could not be read, and why. */
  problems: z.array(z.object({ file: z.string(), why: z.string() })),
})
export type ImportResult = z.infer<typeof ImportResult>
export const ImportUpdate = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), result: ImportResult }),
  z.object({ kind: z.literal('done'), result: ImportResult }),
])
export type ImportUpdate = z.infer<typeof ImportUpdate>

export const ExportFormat = z.enum(['csv', 'json', 'html', 'pdf'])
export type ExportFormat = z.infer<typeof ExportFormat>
export const ExportUpdate = z.discriminatedUnion('kind', [
  /** `of` is absent until it is known. */
  z.object({ kind: z.literal('progress'), done: z.number().int(), of: z.number().int().optional(), words: z.string() }),
  z.object({ kind: z.literal('chunk'), base64: z.string() }),
  z.object({
    kind: z.literal('end'),
    fileName: z.string(),
    type: z.string(),
    entries: z.number().int(),
    /** Of the whole file. */
    sha256: z.string(),
  }),
])
export type ExportUpdate = z.infer<typeof ExportUpdate>
