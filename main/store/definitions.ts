import { Definition, type PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Database } from './database.ts'
import { fittingOne } from './json.ts'

/** Each version of each definition that the desk has seen: an old execution is shown on its own. */
export interface DefinitionStore {
  get(key: PipelineKey, version: number): Definition | undefined
  put(key: PipelineKey, definition: Definition): void
}

export function definitionStore(database: Database): DefinitionStore {
  return {
    get: ({ account, region, name }, version) =>
      fittingOne(
        database.get(
          'SELECT json FROM definitions WHERE account = ? AND region = ? AND name = ? AND version = ?',
          account,
          region,
          name,
          version,
        ),
        Definition,
      ),
    put: ({ account, region, name }, definition) =>
      database.run(
        `INSERT INTO definitions (account, region, name, version, json) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET json = excluded.json`,
        account,
        region,
        name,
        definition.version,
        JSON.stringify(definition),
      ),
  }
}
