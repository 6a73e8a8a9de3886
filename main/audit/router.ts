import { z } from 'zod'
import { AccountId, RegionName } from '../../preload/contract/accounts.ts'
import {
  Anchor,
  Count,
  Coverage,
  DailyInput,
  DayCount,
  EntryDetail,
  EntryFilter,
  ExportFormat,
  ExportUpdate,
  Facets,
  ImportResult,
  ImportUpdate,
  SavedQuery,
  SearchInput,
  SearchPage,
  VerifyUpdate,
} from '../../preload/contract/audit.ts'
import {
  Alarm,
  AlarmsView,
  DefinitionDiff,
  DefinitionHistory,
  Enforcement,
  Finding,
  FindingFilter,
  SignOff,
  VersionDetail,
  VersionInfo,
} from '../../preload/contract/auditReview.ts'
import { ExecutionSummary, Name, PipelineKey } from '../../preload/contract/pipelines.ts'
import { procedure, router } from '../base/rpc.ts'
import { streamOf } from '../base/stream.ts'
import type { Audit } from './audit.ts'

const Version = z.number().int().min(1)
/** A file of CloudTrail as it is sent, zipped: bytes. A frame holds no more (main/shell/frames.ts). */
const largestFile = 11 * 2 ** 20

export function auditRouter(audit: Audit) {
  return router({
    ...ledgerProcedures(audit),
    histories: procedure.output(z.array(DefinitionHistory)).query(() => audit.histories()),
    versions: procedure
      .input(z.object({ key: PipelineKey }))
      .output(z.array(VersionInfo))
      .query(({ input }) => audit.versions(input.key)),
    version: procedure
      .input(z.object({ key: PipelineKey, version: Version }))
      .output(VersionDetail)
      .query(({ input }) => audit.version(input.key, input.version)),
    diff: procedure
      .input(z.object({ key: PipelineKey, from: Version, to: Version }))
      .output(DefinitionDiff)
      .query(({ input }) => audit.diff(input.key, input.from, input.to)),
    executionsUnder: procedure
      .input(z.object({ key: PipelineKey, version: Version }))
      .output(z.array(ExecutionSummary))
      .query(({ input }) => audit.executionsUnder(input.key, input.version)),
    watchAlarms: procedure.output(streamOf(AlarmsView)).subscription(({ signal }) => audit.watchAlarms(signal)),
    signOff: procedure
      .input(SignOff)
      .output(Alarm)
      .mutation(({ input }) => audit.signOff(input.id, input.note)),
    findings: procedure
      .input(FindingFilter)
      .output(z.array(Finding))
      .query(({ input }) => audit.findings(input)),
    enforcement: procedure
      .input(z.object({ key: PipelineKey, stage: Name, action: Name }))
      .output(Enforcement)
      .query(({ input }) => audit.enforcement(input.key, input.stage, input.action)),
  })
}

const ledgerProcedures = (audit: Audit) => ({
  search: procedure
    .input(SearchInput)
    .output(SearchPage)
    .query(({ input }) => audit.search(input.filter, input.before, input.limit)),
  count: procedure
    .input(EntryFilter)
    .output(Count)
    .query(({ input }) => audit.count(input)),
  daily: procedure
    .input(DailyInput)
    .output(z.array(DayCount))
    .query(({ input }) => audit.daily(input.filter, input.from, input.to)),
  entry: procedure
    .input(z.object({ id: z.number().int() }))
    .output(EntryDetail)
    .query(({ input }) => audit.entry(input.id)),
  facets: procedure.output(Facets).query(() => audit.facets()),
  watchCoverage: procedure.output(streamOf(Coverage)).subscription(({ signal }) => audit.watchCoverage(signal)),
  refresh: procedure
    .input(z.object({ account: AccountId.optional() }))
    .output(z.object({ asked: z.number().int() }))
    .mutation(({ input }) => audit.refresh(input.account)),
  verify: procedure
    .input(z.object({ account: AccountId.optional(), anchor: Anchor.optional() }))
    .output(streamOf(VerifyUpdate))
    .subscription(({ input, signal }) => audit.verify(input.account, input.anchor, signal)),
  importFile: procedure
    .input(z.object({ name: z.string().max(1000), base64: z.base64().max(Math.ceil(largestFile / 3) * 4) }))
    .output(ImportResult)
    .mutation(({ input }) => audit.importFile(input.name, Buffer.from(input.base64, 'base64'))),
  importS3: procedure
    .input(
      z.object({
        account: AccountId,
        region: RegionName,
        bucket: z.string().min(3).max(63),
        prefix: z.string().max(1024),
      }),
    )
    .output(streamOf(ImportUpdate))
    .subscription(({ input, signal }) => audit.importS3(input, signal)),
  export: procedure
    .input(z.object({ filter: EntryFilter, format: ExportFormat }))
    .output(streamOf(ExportUpdate))
    .subscription(({ input, signal }) => audit.export(input.filter, input.format, signal)),
  savedQueries: procedure.output(z.array(SavedQuery)).query(() => audit.savedQueries()),
  saveQuery: procedure
    .input(SavedQuery)
    .output(z.array(SavedQuery))
    .mutation(({ input }) => audit.saveQuery(input)),
  removeQuery: procedure
    .input(z.object({ name: z.string().max(60) }))
    .output(z.array(SavedQuery))
    .mutation(({ input }) => audit.removeQuery(input.name)),
})
