import { z } from 'zod'
import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'

export interface Repository {
  id: string
  account: string
  region: string
  name: string
  description?: string
  /** Absent until something was pushed. */
  defaultBranch?: string
  createdAt: Millis
  modifiedAt: Millis
  tags: Readonly<Record<string, string>>
}

/** References by full name (`refs/heads/main`), and the object each points at. */
export type Refs = ReadonlyMap<string, string>

const rowShape = z.object({
  id: z.string(),
  account: z.string(),
  region: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  default_branch: z.string().nullable(),
  created_at: z.number(),
  modified_at: z.number(),
  tags: z.string(),
})
const tagsShape = z.record(z.string(), z.string())
const refShape = z.object({ name: z.string(), object: z.string() })

function fromRow(row: unknown): Repository {
  const { description, default_branch, created_at, modified_at, tags, ...rest } = rowShape.parse(row)
  return {
    ...rest,
    ...(description !== null && { description }),
    ...(default_branch !== null && { defaultBranch: default_branch }),
    createdAt: created_at,
    modifiedAt: modified_at,
    tags: tagsShape.parse(JSON.parse(tags)),
  }
}

/** CodeCommit's rows: all of a repository but its objects. */
export function createRepositoryStore(database: CloudDatabase) {
  return {
    find(account: string, region: string, name: string): Repository | undefined {
      const row = database.get(
        'SELECT * FROM codecommit_repository WHERE account = ? AND region = ? AND name = ?',
        account,
        region,
        name,
      )
      return row && fromRow(row)
    },
    /** Whether any account has a repository of that name there. */
    isTaken: (region: string, name: string) =>
      database.get('SELECT 1 FROM codecommit_repository WHERE region = ? AND name = ?', region, name) !== undefined,
    ofAccount: (account: string, region: string): Repository[] =>
      database
        .all('SELECT * FROM codecommit_repository WHERE account = ? AND region = ? ORDER BY name', account, region)
        .map(fromRow),
    all: (): Repository[] => database.all('SELECT * FROM codecommit_repository ORDER BY id').map(fromRow),
    add({ id, account, region, name, description, createdAt, modifiedAt, tags }: Repository): void {
      database.run(
        `INSERT INTO codecommit_repository (id, account, region, name, description, created_at, modified_at, tags)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        account,
        region,
        name,
        description ?? null,
        createdAt,
        modifiedAt,
        JSON.stringify(tags),
      )
    },
    /** Saves what may change: description, default branch, tags and the time. */
    save({ id, description, defaultBranch, modifiedAt, tags }: Repository): void {
      database.run(
        'UPDATE codecommit_repository SET description = ?, default_branch = ?, modified_at = ?, tags = ? WHERE id = ?',
        description ?? null,
        defaultBranch ?? null,
        modifiedAt,
        JSON.stringify(tags),
        id,
      )
    },
    remove: (id: string) => void database.run('DELETE FROM codecommit_repository WHERE id = ?', id),
    toldRefs: (id: string): Refs =>
      new Map(
        database
          .all('SELECT name, object FROM codecommit_told_ref WHERE repository = ?', id)
          .map(row => refShape.parse(row))
          .map(({ name, object }) => [name, object]),
      ),
    setTold(id: string, name: string, object: string | undefined): void {
      if (object === undefined) {
        database.run('DELETE FROM codecommit_told_ref WHERE repository = ? AND name = ?', id, name)
        return
      }
      database.run(
        'INSERT OR REPLACE INTO codecommit_told_ref (repository, name, object) VALUES (?, ?, ?)',
        id,
        name,
        object,
      )
    },
  }
}

export type RepositoryStore = ReturnType<typeof createRepositoryStore>
