import type { z } from 'zod'
import type {
  Anchor,
  Count,
  Coverage,
  DayCount,
  EntryDetail,
  EntryFilter,
  ExportFormat,
  ExportUpdate,
  Facets,
  ImportResult,
  ImportUpdate,
  SavedQuery,
  SearchPage,
  VerifyUpdate,
} from '../../preload/contract/audit.ts'
import type {
  Alarm,
  AlarmsView,
  DefinitionDiff,
  DefinitionHistory,
  Enforcement,
  Finding,
  FindingFilter,
  VersionDetail,
  VersionInfo,
} from '../../preload/contract/auditReview.ts'
import type { ExecutionSummary, PipelineKey } from '../../preload/contract/pipelines.ts'

export interface S3Place {
  account: string
  region: string
  bucket: string
  prefix: string
}

/** Who changed what: the ledger, the definitions' versions, alarms and findings. The contract says more of each. */
export interface Audit {
  search(filter: EntryFilter, before: number | undefined, limit: number): z.infer<typeof SearchPage>
  count(filter: EntryFilter): z.infer<typeof Count>
  /** Entries of each day and kind, oldest first. */
  daily(filter: EntryFilter, from: string, to: string): DayCount[]
  /** @throws Failure `EntryUnknown`. */
  entry(id: number): z.infer<typeof EntryDetail>
  facets(): Facets
  watchCoverage(signal: AbortSignal | undefined): AsyncIterable<Coverage>
  refresh(account?: string): { asked: number }
  verify(
    account: string | undefined,
    anchor: Anchor | undefined,
    signal: AbortSignal | undefined,
  ): AsyncIterable<VerifyUpdate>
  importFile(name: string, bytes: Uint8Array): ImportResult
  importS3(place: S3Place, signal: AbortSignal | undefined): AsyncIterable<ImportUpdate>
  export(filter: EntryFilter, format: ExportFormat, signal: AbortSignal | undefined): AsyncIterable<ExportUpdate>
  savedQueries(): SavedQuery[]
  saveQuery(query: SavedQuery): SavedQuery[]
  removeQuery(name: string): SavedQuery[]

  histories(): DefinitionHistory[]
  /** Newest first. Asks AWS for the versions that are missing. */
  versions(key: PipelineKey): Promise<VersionInfo[]>
  /** @throws Failure `VersionUnknown`. */
  version(key: PipelineKey, version: number): Promise<VersionDetail>
  diff(key: PipelineKey, from: number, to: number): Promise<DefinitionDiff>
  executionsUnder(key: PipelineKey, version: number): ExecutionSummary[]

  watchAlarms(signal: AbortSignal | undefined): AsyncIterable<AlarmsView>
  signOff(id: string, note: string): Alarm

  findings(filter: FindingFilter): Finding[]
  enforcement(key: PipelineKey, stage: string, action: string): Enforcement

  /** The seam for a push: EventBridge's "AWS API Call via CloudTrail" event, its `detail`. False for one of no interest. */
  offer(event: unknown): boolean
  start(): void
  stop(): void
}
