import { z } from 'zod'
import { Instant, State } from '../../preload/contract/base.ts'
import { ExecutionSummary, type PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Database, Row } from './database.ts'
import { fitting, fittingOne } from './json.ts'

/** An attempt of an action, reduced to what figures and money are made of. Times in ms since the Unix epoch. */
export interface ActionFact {
  id: string
  executionId: string
  stage: string
  action: string
  startedAt: number
  updatedAt: number
  state: State
  sample: boolean
  version: number | undefined
  category: string | undefined
  owner: string | undefined
  provider: string | undefined
  externalId: string | undefined
  errorCode: string | undefined
  roleArn: string | undefined
  region: string | undefined
  inputs: number
  outputs: number
}

/** How far back a list was read without a gap: from `to`, when it was last asked, to `from`. `token` asks for older ones. */
const Known = z.object({ from: Instant, to: Instant, token: z.string().optional(), whole: z.boolean() })
export type Known = z.infer<typeof Known>

/** What is known of a pipeline's past, and of the pipeline itself, that no other table holds. */
export const PastMark = z.object({
  executions: Known.optional(),
  actions: Known.optional(),
  createdAt: Instant.optional(),
  tags: z.record(z.string(), z.string()).optional(),
  stored: z.object({ bytes: z.number(), objects: z.number(), complete: z.boolean(), at: Instant }).optional(),
})
export type PastMark = z.infer<typeof PastMark>

/** A build as CodeBuild bills it. */
export const StoredBuild = z.object({
  id: z.string(),
  project: z.string(),
  computeType: z.string().optional(),
  environmentType: z.string().optional(),
  startedAt: Instant,
  endedAt: Instant.optional(),
  queuedSeconds: z.number(),
  status: z.string(),
  buildspec: z.string().optional(),
  image: z.string().optional(),
  cache: z.string().optional(),
  sourceVersion: z.string().optional(),
})
export type StoredBuild = z.infer<typeof StoredBuild>

/** The past of all pipelines over a time. `from` is within, `to` is not; ISO 8601. */
export interface HistoryStore {
  /** Oldest first, by their start. */
  executions(key: PipelineKey, from: string, to: string): ExecutionSummary[]
  /** Oldest first, by their start. */
  actions(key: PipelineKey, from: string, to: string): ActionFact[]
  /** The start of the oldest execution that had not ended when it was last asked for. */
  oldestUnfinished(key: PipelineKey): string | undefined
  counts(at: { account: string; region: string }): { executions: number; actions: number; builds: number }
  mark(key: PipelineKey): PastMark
  putMark(key: PipelineKey, mark: PastMark): void
  /** By id; those that are known. */
  builds(ids: readonly string[]): Map<string, StoredBuild>
  putBuilds(at: { account: string; region: string }, builds: readonly StoredBuild[]): void
  /** When these revisions were committed, by id; ISO 8601. */
  commits(ids: readonly string[]): Map<string, string>
  putCommit(id: string, at: string): void
  /** Grows with each thing that is put: what was computed at another count may be outdated. */
  puts(): number
}

// The expressions of the index `action_executions_facts`: SQLite answers from it alone where they are written alike.
const factColumns = `
  id, execution_id, stage, action, started_at,
  json_extract(json, '$.updatedAt') AS updated_at,
  json_extract(json, '$.state') AS state,
  json_extract(json, '$.sample') AS sample,
  json_extract(json, '$.version') AS version,
  json_extract(json, '$.type.category') AS category,
  json_extract(json, '$.type.owner') AS owner,
  json_extract(json, '$.type.provider') AS provider,
  json_extract(json, '$.externalId') AS external_id,
  json_extract(json, '$.error.code') AS error_code,
  json_extract(json, '$.roleArn') AS role_arn,
  json_extract(json, '$.region') AS in_region,
  json_array_length(json, '$.inputArtifacts') AS inputs,
  json_array_length(json, '$.outputArtifacts') AS outputs`

const text = z
  .string()
  .nullable()
  .transform(value => value ?? undefined)
const FactRow = z
  .object({
    id: z.string(),
    execution_id: z.string(),
    stage: z.string(),
    action: z.string(),
    started_at: z.string(),
    updated_at: z.string(),
    state: State,
    sample: z.number().nullable(),
    version: z.number().nullable(),
    category: text,
    owner: text,
    provider: text,
    external_id: text,
    error_code: text,
    role_arn: text,
    in_region: text,
    inputs: z.number().nullable(),
    outputs: z.number().nullable(),
  })
  .transform(
    (row): ActionFact => ({
      id: row.id,
      executionId: row.execution_id,
      stage: row.stage,
      action: row.action,
      startedAt: Date.parse(row.started_at),
      updatedAt: Math.max(Date.parse(row.updated_at), Date.parse(row.started_at)),
      state: row.state,
      sample: row.sample === 1,
      version: row.version ?? undefined,
      category: row.category,
      owner: row.owner,
      provider: row.provider,
      externalId: row.external_id,
      errorCode: row.error_code,
      roleArn: row.role_arn,
      region: row.in_region,
      inputs: row.inputs ?? 0,
      outputs: row.outputs ?? 0,
    }),
  )

export function historyStore(database: Database): HistoryStore {
  const within = 'account = ? AND region = ? AND name = ? AND started_at >= ? AND started_at < ?'
  let puts = 0
  const count = (table: string, { account, region }: { account: string; region: string }) =>
    Number(database.get(`SELECT count(*) AS n FROM ${table} WHERE account = ? AND region = ?`, account, region)?.n ?? 0)
  return {
    executions: ({ account, region, name }, from, to) =>
      fitting(
        database.all(
          `SELECT json FROM executions WHERE ${within} ORDER BY started_at`,
          account,
          region,
          name,
          from,
          to,
        ),
        ExecutionSummary,
      ),
    actions: ({ account, region, name }, from, to) =>
      database
        .all(
          `SELECT ${factColumns} FROM action_executions WHERE ${within} ORDER BY started_at`,
          account,
          region,
          name,
          from,
          to,
        )
        .flatMap(row => factOf(row) ?? []),
    oldestUnfinished: ({ account, region, name }) => {
      const oldest = database.get(
        `SELECT min(started_at) AS oldest FROM executions
         WHERE account = ? AND region = ? AND name = ? AND json_extract(json, '$.state') IN ('running', 'waiting')`,
        account,
        region,
        name,
      )?.oldest
      return typeof oldest === 'string' ? oldest : undefined
    },
    counts: at => ({
      executions: count('executions', at),
      actions: count('action_executions', at),
      builds: count('builds', at),
    }),
    mark: ({ account, region, name }) =>
      fittingOne(
        database.get('SELECT json FROM pasts WHERE account = ? AND region = ? AND name = ?', account, region, name),
        PastMark,
      ) ?? {},
    putMark({ account, region, name }, mark) {
      puts++
      database.run(
        `INSERT INTO pasts (account, region, name, json) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET json = excluded.json`,
        account,
        region,
        name,
        JSON.stringify(mark),
      )
    },
    builds: ids =>
      new Map(
        fitting(
          database.all('SELECT json FROM builds WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)),
          StoredBuild,
        ).map(build => [build.id, build]),
      ),
    putBuilds({ account, region }, builds) {
      puts++
      database.transaction(() => {
        for (const build of builds) {
          database.run(
            `INSERT INTO builds (id, account, region, json) VALUES (?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET json = excluded.json`,
            build.id,
            account,
            region,
            JSON.stringify(build),
          )
        }
      })
    },
    commits: ids =>
      new Map(
        database
          .all('SELECT id, at FROM commits WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids))
          .map(({ id, at }) => [String(id), String(at)]),
      ),
    putCommit(id, at) {
      puts++
      database.run('INSERT INTO commits (id, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at', id, at)
    },
    puts: () => puts,
  }
}

function factOf(row: Row): ActionFact | undefined {
  const parsed = FactRow.safeParse(row)
  return parsed.success ? parsed.data : undefined
}
