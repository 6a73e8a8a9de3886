import { randomUUID } from 'node:crypto'
import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import {
  type CodePackage,
  type FunctionSettings,
  functionSettings,
  type Statement,
  type StoredFunction,
} from './model.ts'
import type { FunctionName } from './names.ts'

interface Row extends FunctionName {
  modified: number
  revision: string
  settings: string
  codeHash: string
  codeSize: number
  statements: string
  policyRevision: string
  tags: string
}

const toFunction = ({ settings, codeHash, codeSize, statements, tags, ...row }: Row): StoredFunction => ({
  ...row,
  settings: functionSettings.parse(JSON.parse(settings)),
  code: { hash: codeHash, size: codeSize },
  // Written by this file only.
  statements: JSON.parse(statements) as Statement[],
  tags: JSON.parse(tags) as Record<string, string>,
})

const key = 'account = ? AND region = ? AND name = ?'
const keyOf = ({ account, region, name }: FunctionName) => [account, region, name] as const

/** Rows of functions. Each change gives a new revision id. */
export function createFunctionStore(database: CloudDatabase) {
  const set = (name: FunctionName, sql: string, ...values: (string | number)[]) =>
    void database.run(`UPDATE lambda_function SET ${sql} WHERE ${key}`, ...values, ...keyOf(name))
  return {
    find(name: FunctionName): StoredFunction | undefined {
      const row = database.get<Row>(`SELECT * FROM lambda_function WHERE ${key}`, ...keyOf(name))
      return row && toFunction(row)
    },
    /** By name, ascending, after `after`. */
    list: (account: string, region: string, after: string, limit: number): StoredFunction[] =>
      database
        .all<Row>(
          'SELECT * FROM lambda_function WHERE account = ? AND region = ? AND name > ? ORDER BY name LIMIT ?',
          account,
          region,
          after,
          limit,
        )
        .map(toFunction),
    create(
      name: FunctionName,
      made: { settings: FunctionSettings; code: CodePackage; tags: object; at: Millis },
    ): void {
      database.run(
        `INSERT INTO lambda_function
           (account, region, name, modified, revision, settings, codeHash, codeSize, statements, policyRevision, tags)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?)`,
        ...keyOf(name),
        made.at,
        randomUUID(),
        JSON.stringify(made.settings),
        made.code.hash,
        made.code.size,
        randomUUID(),
        JSON.stringify(made.tags),
      )
    },
    setSettings: (name: FunctionName, settings: FunctionSettings, at: Millis) =>
      set(name, 'settings = ?, modified = ?, revision = ?', JSON.stringify(settings), at, randomUUID()),
    setCode: (name: FunctionName, code: CodePackage, at: Millis) =>
      set(name, 'codeHash = ?, codeSize = ?, modified = ?, revision = ?', code.hash, code.size, at, randomUUID()),
    setStatements: (name: FunctionName, statements: readonly Statement[]) =>
      set(name, 'statements = ?, policyRevision = ?', JSON.stringify(statements), randomUUID()),
    setTags: (name: FunctionName, tags: Readonly<Record<string, string>>) =>
      set(name, 'tags = ?', JSON.stringify(tags)),
    remove: (name: FunctionName) => void database.run(`DELETE FROM lambda_function WHERE ${key}`, ...keyOf(name)),
    /** The packages that functions have. */
    packages: (): string[] =>
      database.all<{ codeHash: string }>('SELECT DISTINCT codeHash FROM lambda_function').map(row => row.codeHash),
  }
}

export type FunctionStore = ReturnType<typeof createFunctionStore>
