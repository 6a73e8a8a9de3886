import type {
  DefinitionDiff,
  DefinitionHistory,
  VersionDetail,
  VersionInfo,
} from '../../../preload/contract/auditReview.ts'
import type { ExecutionSummary, PipelineKey } from '../../../preload/contract/pipelines.ts'
import type { Aws } from '../../aws/aws.ts'
import { definitionFrom } from '../../aws/fromSdk/definition.ts'
import { Failure } from '../../base/failure.ts'
import type { ExecutionStore } from '../../store/executions.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import type { StoredVersion } from '../../store/ledger/versions.ts'
import { toldDiff } from '../definition/told.ts'
import { gatherVersions } from './gatherVersions.ts'
import type { Versions } from './versions.ts'

/** What a person asks of definitions: their versions, what changed, and what ran under each. */
export interface TimeMachine {
  histories(): DefinitionHistory[]
  versions(key: PipelineKey): Promise<VersionInfo[]>
  version(key: PipelineKey, version: number): Promise<VersionDetail>
  diff(key: PipelineKey, from: number, to: number): Promise<DefinitionDiff>
  executionsUnder(key: PipelineKey, version: number): ExecutionSummary[]
}

export interface TimeMachineOptions {
  aws: Aws
  store: LedgerStore
  executions: ExecutionStore
  versions: Versions
  /** The newest version that AWS lists; undefined for a pipeline that is not listed. */
  listed: (key: PipelineKey) => number | undefined
}

/** Executions of one pipeline that are looked through. */
const most = 500

export function createTimeMachine({ aws, store, executions, versions, listed }: TimeMachineOptions): TimeMachine {
  /** Executions with the version under which they ran: as AWS says, else the one that held when they began. */
  const ran = (key: PipelineKey): { execution: ExecutionSummary; version: number | undefined }[] => {
    const told = store.versions.ran(key)
    const made = store.versions.of(key)
    return executions.newest(key, most).map(execution => {
      const held = made.find(({ at }) => at !== undefined && Date.parse(at) <= Date.parse(execution.startedAt))
      return { execution, version: execution.version ?? told.get(execution.id) ?? held?.version }
    })
  }
  const executionsUnder = (key: PipelineKey, version: number) =>
    ran(key).flatMap(each => (each.version === version ? [each.execution] : []))

  const infoOf = (stored: StoredVersion, ran: number): VersionInfo => {
    const by = versions.authorOf(stored)
    const { version, at, entry, told, declaration } = stored
    return {
      version,
      alarms: [...new Set(told?.flatMap(({ alarm }) => alarm ?? []))],
      executions: ran,
      known: declaration !== undefined,
      ...(at !== undefined && { at }),
      ...(by && { by }),
      ...(entry !== undefined && { entry }),
      ...(told && { changes: told.map(({ words }) => words) }),
    }
  }
  const detail = async (key: PipelineKey, version: number): Promise<VersionDetail> => {
    if (!store.versions.get(key, version)?.declaration && listed(key) !== undefined) {
      const { declaration } = await aws.codePipeline.declaration(key, version, { priority: 'person' })
      versions.put(key, { version, declaration })
    }
    const stored = store.versions.get(key, version)
    if (!stored?.declaration)
      throw new Failure({
        code: 'VersionUnknown',
        message: `Version ${version} of ${key.name} is not known: it was made before the ledger begins.`,
        place: { account: key.account, region: key.region, pipeline: key.name },
        next: 'Import the CloudTrail files of that time, if there are any.',
      })
    const { declaration } = stored
    const definition = { ...definitionFrom(declaration, key.account), version }
    return { info: infoOf(stored, executionsUnder(key, version).length), declaration, definition }
  }

  return {
    executionsUnder,
    histories() {
      const open = store.reviews.alarms(10_000).filter(({ signedOff }) => !signedOff)
      return store.versions.keys().flatMap((key): DefinitionHistory[] => {
        const [latest, ...older] = store.versions.of(key)
        if (!latest) return []
        const by = versions.authorOf(latest)
        const [gone] = store.entries.named(key.account, 'DeletePipeline', key.name, 1)
        const deleted =
          gone !== undefined && !gone.refused && gone.region === key.region && gone.at >= (latest.at ?? '')
        return [
          {
            key,
            versions: older.length + 1,
            latest: latest.version,
            openAlarms: open.filter(
              ({ account, region, pipelines }) =>
                account === key.account && region === key.region && pipelines.includes(key.name),
            ).length,
            deleted,
            ...(latest.at !== undefined && { changedAt: latest.at }),
            ...(by && { by }),
          },
        ]
      })
    },
    async versions(key) {
      const current = listed(key)
      if (current !== undefined) await gatherVersions({ aws, store, versions }, key, current, { priority: 'person' })
      const counts = new Map<number, number>()
      for (const { version = 0 } of ran(key)) counts.set(version, (counts.get(version) ?? 0) + 1)
      return store.versions.of(key).map(stored => infoOf(stored, counts.get(stored.version) ?? 0))
    },
    version: detail,
    async diff(key, from, to) {
      const [before, after] = [await detail(key, from), await detail(key, to)]
      return { key, from: before, to: after, changes: toldDiff(before.declaration, after.declaration).changes }
    },
  }
}
