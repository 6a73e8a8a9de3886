import { z } from 'zod'
import { Declaration } from '../../../preload/contract/declaration.ts'
import { ToldChange } from '../../../preload/contract/definitionChange.ts'
import type { PipelineKey } from '../../../preload/contract/pipelines.ts'
import type { Database, Row } from '../database.ts'
import { fittingOne } from '../json.ts'

/** One version of a definition as far as it is known. */
export interface StoredVersion {
  version: number
  /** When it was made; ISO 8601. */
  at?: string
  /** The ledger's entry of the call that made it. */
  entry?: number
  /** Absent where nobody has its text any more. */
  declaration?: Declaration
  /** What changed since the version before, once both are known. */
  told?: ToldChange[]
}

export interface VersionStore {
  /** Every pipeline of which a version is known. */
  keys(): PipelineKey[]
  /** Newest first. */
  of(key: PipelineKey): StoredVersion[]
  get(key: PipelineKey, version: number): StoredVersion | undefined
  /** The version under which each execution ran, by its id, as far as its actions tell: lists of executions do not. */
  ran(key: PipelineKey): Map<string, number>
  /** Members that are given replace those that were known; the others stay. */
  put(key: PipelineKey, version: StoredVersion): void
}

const Told = z.array(ToldChange)

export function versionStore(database: Database): VersionStore {
  const where = 'account = ? AND region = ? AND name = ?'
  const of = ({ account, region, name }: PipelineKey) => [account, region, name] as const
  return {
    keys: () =>
      database
        .all('SELECT DISTINCT account, region, name FROM definition_versions')
        .map(row => ({ account: String(row.account), region: String(row.region), name: String(row.name) })),
    of: key =>
      database.all(`SELECT * FROM definition_versions WHERE ${where} ORDER BY version DESC`, ...of(key)).map(versionOf),
    get(key, version) {
      const row = database.get(`SELECT * FROM definition_versions WHERE ${where} AND version = ?`, ...of(key), version)
      return row && versionOf(row)
    },
    ran: key =>
      new Map(
        database
          .all(
            `SELECT execution_id, max(json_extract(json, '$.version')) AS version FROM action_executions
             WHERE ${where} GROUP BY execution_id`,
            ...of(key),
          )
          .flatMap(row => (typeof row.version === 'number' ? [[String(row.execution_id), row.version] as const] : [])),
      ),
    put(key, { version, at, entry, declaration, told }) {
      database.run(
        `INSERT INTO definition_versions (account, region, name, version, at, entry, declaration, told)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET at = coalesce(excluded.at, at), entry = coalesce(excluded.entry, entry),
         declaration = coalesce(excluded.declaration, declaration), told = coalesce(excluded.told, told)`,
        ...of(key),
        version,
        at ?? null,
        entry ?? null,
        declaration ? JSON.stringify(declaration) : null,
        told ? JSON.stringify(told) : null,
      )
    },
  }
}

function versionOf(row: Row): StoredVersion {
  const declaration = fittingOne({ json: row.declaration }, Declaration)
  const told = fittingOne({ json: row.told }, Told)
  return {
    version: Number(row.version),
    ...(typeof row.at === 'string' && { at: row.at }),
    ...(typeof row.entry === 'number' && { entry: row.entry }),
    ...(declaration && { declaration }),
    ...(told && { told }),
  }
}
