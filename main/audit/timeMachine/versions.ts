import type { Who } from '../../../preload/contract/audit.ts'
import { Declaration } from '../../../preload/contract/declaration.ts'
import type { PipelineKey } from '../../../preload/contract/pipelines.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import type { StoredVersion } from '../../store/ledger/versions.ts'
import { type RaisedAlarm } from '../definition/alarms.ts'
import { toldDiff } from '../definition/told.ts'
import { declarationIn } from '../ledger/eventClaim.ts'
import type { Recorded } from '../ledger/ledger.ts'
import { createUses, type Use, type Uses, usesOf } from './uses.ts'

/** A version that was compared with the one before it. */
export interface Compared {
  key: PipelineKey
  version: StoredVersion
  alarms: RaisedAlarm[]
}

/** Every version of every definition, from GetPipeline and from the ledger. */
export interface Versions {
  uses: Uses
  /** Takes the definitions that recorded calls made. */
  learn(recorded: readonly Recorded[]): void
  /** Takes a version as GetPipeline gave it. */
  put(key: PipelineKey, version: StoredVersion): void
  /** Compares again: what could not be told without the author may be told now. */
  compare(key: PipelineKey, version: number): void
  /** Who made a version, where the ledger says. */
  authorOf(version: StoredVersion | undefined): Who | undefined
}

export interface VersionsOptions {
  store: LedgerStore
  onCompared: (compared: Compared) => void
  /** A role, project or connection is known to be used by a pipeline. */
  onUse: (use: Use) => void
}

export function createVersions({ store, onCompared, onUse }: VersionsOptions): Versions {
  const uses = createUses()
  const addUses = (key: PipelineKey, declaration: Declaration): Use[] => uses.add(key.name, usesOf(declaration, key))
  for (const key of store.versions.keys())
    for (const { declaration } of store.versions.of(key)) if (declaration) addUses(key, declaration)

  const compare = (key: PipelineKey, number: number) => {
    const version = store.versions.get(key, number)
    const before = store.versions.get(key, number - 1)
    if (!version?.declaration || (number > 1 && !before?.declaration)) return
    const { changes, alarms } = before?.declaration
      ? toldDiff(before.declaration, version.declaration)
      : { changes: [], alarms: [] }
    store.versions.put(key, { version: number, told: changes })
    onCompared({ key, version: { ...version, told: changes }, alarms })
  }
  const put = (key: PipelineKey, version: StoredVersion) => {
    const known = store.versions.get(key, version.version)
    store.versions.put(key, version)
    const isNews =
      (known?.declaration === undefined && version.declaration !== undefined) ||
      (known?.entry === undefined && version.entry !== undefined)
    if (!isNews) return
    compare(key, version.version)
    compare(key, version.version + 1)
    if (version.declaration) for (const use of addUses(key, version.declaration)) onUse(use)
  }

  return {
    uses,
    put,
    compare,
    learn(recorded) {
      for (const { record, entry } of recorded) {
        if (!entry || !('event' in record) || entry.pipeline === undefined) continue
        const read = Declaration.safeParse(declarationIn(record.event))
        // A large definition may be left out of its event: then its number is known, and GetPipeline has the text.
        const number = read.data?.version ?? entry.version
        if (number === undefined) continue
        const made = entry.name === 'CreatePipeline' || entry.name === 'UpdatePipeline'
        if (!made || entry.refused) continue
        put(
          { account: entry.account, region: entry.region, name: entry.pipeline },
          { version: number, at: entry.at, entry: entry.id, ...(read.success && { declaration: read.data }) },
        )
      }
    },
    authorOf: version => (version?.entry === undefined ? undefined : store.entries.get(version.entry)?.who),
  }
}
