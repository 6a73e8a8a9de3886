import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import type { Millis } from '../../../base/clock.ts'
import type { PipelineRef } from '../../providers/provider.ts'
import type { CloudDatabase } from '../../state/database.ts'

/** One version of a pipeline's definition, with its secrets. */
export interface Definition {
  pipeline: PipelineRef
  version: number
  declaration: PipelineDeclaration
}

/** A pipeline as ListPipelines tells of it. */
export interface PipelineEntry extends Definition {
  created: Millis
  updated: Millis
}

/** Every version of every definition, and each pipeline's tags. */
export interface Definitions {
  find(account: string, region: string, name: string): PipelineRef | undefined
  byId: (id: number) => PipelineRef | undefined
  all(): PipelineEntry[]
  current(pipeline: PipelineRef): PipelineEntry
  version(pipeline: PipelineRef, version: number): Definition | undefined
  /** In the order of names, after `from`. */
  list(account: string, region: string, limit: number, from?: string): PipelineEntry[]
  count(account: string, region: string): number
  create(account: string, region: string, declaration: PipelineDeclaration, by: string, at: Millis): PipelineRef
  /** Keeps a further version. */
  save(pipeline: PipelineRef, version: number, declaration: PipelineDeclaration, by: string, at: Millis): void
  /** With everything that was kept of it. */
  remove(pipeline: PipelineRef): void
  /** Forgets what is only held in memory of a pipeline whose creation or change was undone. */
  forget(pipeline: PipelineRef): void
  tags(pipeline: PipelineRef): Map<string, string>
  tag(pipeline: PipelineRef, tags: ReadonlyMap<string, string>): void
  untag(pipeline: PipelineRef, keys: readonly string[]): void
}

interface Row {
  id: number
  account: string
  region: string
  name: string
  version: number
  created: number
  updated: number
  declaration: string
}

const select = `SELECT p.*, v.declaration FROM pipeline p
  JOIN pipeline_version v ON v.pipeline = p.id AND v.version = p.version`

export function createDefinitions(database: CloudDatabase): Definitions {
  /** The current version of each pipeline asked for: every read of the state needs it. */
  const held = new Map<string, PipelineEntry>()
  const names = new Map<number, string>()
  const keyOf = (account: string, region: string, name: string) => `${account}/${region}/${name}`

  const entry = ({ id, account, region, name, version, created, updated, declaration }: Row): PipelineEntry => ({
    pipeline: { id, account, region, name },
    version,
    created,
    updated,
    // Checked before it was kept.
    declaration: JSON.parse(declaration) as PipelineDeclaration,
  })
  const hold = (row: Row | undefined) => {
    if (!row) return undefined
    const made = entry(row)
    const key = keyOf(row.account, row.region, row.name)
    held.set(key, made)
    names.set(row.id, key)
    return made
  }
  const forget = ({ id }: PipelineRef) => {
    held.delete(names.get(id) ?? '')
    names.delete(id)
  }
  const byId = (id: number) => held.get(names.get(id) ?? '') ?? hold(database.get<Row>(`${select} WHERE p.id = ?`, id))
  const keep = (id: number, version: number, declaration: PipelineDeclaration, by: string, at: Millis) =>
    database.run(
      'INSERT INTO pipeline_version (pipeline, version, declaration, at, by) VALUES (?, ?, ?, ?, ?)',
      id,
      version,
      JSON.stringify(declaration),
      at,
      by,
    )

  return {
    find(account, region, name) {
      const known = held.get(keyOf(account, region, name))
      if (known) return known.pipeline
      const where = 'WHERE p.account = ? AND p.region = ? AND p.name = ?'
      return hold(database.get<Row>(`${select} ${where}`, account, region, name))?.pipeline
    },
    byId: id => byId(id)?.pipeline,
    all: () => database.all<{ id: number }>('SELECT id FROM pipeline ORDER BY id').flatMap(({ id }) => byId(id) ?? []),
    current(pipeline) {
      const found = byId(pipeline.id)
      if (!found) throw new Error(`Pipeline ${pipeline.name} is gone`)
      return found
    },
    version(pipeline, version) {
      const current = byId(pipeline.id)
      if (current?.version === version) return current
      const row = database.get<{ declaration: string }>(
        'SELECT declaration FROM pipeline_version WHERE pipeline = ? AND version = ?',
        pipeline.id,
        version,
      )
      return row && { pipeline, version, declaration: JSON.parse(row.declaration) as PipelineDeclaration }
    },
    // What is held need not be read and parsed again: a desk asks for this all the time.
    list: (account, region, limit, from = '') =>
      database
        .all<{ id: number }>(
          'SELECT id FROM pipeline WHERE account = ? AND region = ? AND name > ? ORDER BY name LIMIT ?',
          account,
          region,
          from,
          limit,
        )
        .flatMap(({ id }) => byId(id) ?? []),
    count: (account, region) =>
      database.get<{ count: number }>(
        'SELECT count(*) AS count FROM pipeline WHERE account = ? AND region = ?',
        account,
        region,
      )?.count ?? 0,
    create(account, region, declaration, by, at) {
      const name = declaration.name ?? ''
      const { lastInsertRowid: id } = database.run(
        'INSERT INTO pipeline (account, region, name, version, created, updated) VALUES (?, ?, ?, 1, ?, ?)',
        account,
        region,
        name,
        at,
        at,
      )
      keep(id, 1, declaration, by, at)
      return { id, account, region, name }
    },
    save(pipeline, version, declaration, by, at) {
      keep(pipeline.id, version, declaration, by, at)
      database.run('UPDATE pipeline SET version = ?, updated = ? WHERE id = ?', version, at, pipeline.id)
      forget(pipeline)
    },
    remove(pipeline) {
      database.run('DELETE FROM pipeline WHERE id = ?', pipeline.id)
      forget(pipeline)
    },
    forget,
    tags: pipeline =>
      new Map(
        database
          .all<{ key: string; value: string }>(
            'SELECT key, value FROM pipeline_tag WHERE pipeline = ? ORDER BY key',
            pipeline.id,
          )
          .map(({ key, value }) => [key, value]),
      ),
    tag(pipeline, tags) {
      for (const [key, value] of tags) {
        database.run(
          `INSERT INTO pipeline_tag (pipeline, key, value) VALUES (?, ?, ?)
           ON CONFLICT (pipeline, key) DO UPDATE SET value = excluded.value`,
          pipeline.id,
          key,
          value,
        )
      }
    },
    untag(pipeline, keys) {
      for (const key of keys) {
        database.run('DELETE FROM pipeline_tag WHERE pipeline = ? AND key = ?', pipeline.id, key)
      }
    },
  }
}
