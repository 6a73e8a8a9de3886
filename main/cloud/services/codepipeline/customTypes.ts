import type { ActionConfigurationProperty, ActionType } from '@aws-sdk/client-codepipeline'
import { z } from 'zod'
import type { CustomActionTypes } from '../../execution/declaration/actions.ts'
import type { ActionTypeRules } from '../../execution/declaration/actionTypes.ts'
import type { ActionTypeId } from '../../execution/model.ts'
import type { CloudDatabase } from '../../state/database.ts'

/** What tells one custom type from another, within an account and a region. */
export type CustomTypeId = Pick<ActionTypeId, 'category' | 'provider' | 'version'>

/** An action type of the account's own, in one region. */
export interface CustomType {
  actionType: ActionType & { id: ActionTypeId }
  tags: ReadonlyMap<string, string>
  /** Marked as deleted: no new job is handed out, and its version can only be restored, never be given to another. */
  deleted: boolean
}

/** The custom action types of every account. */
export interface CustomTypes {
  /** Deleted ones too. */
  find(account: string, region: string, id: CustomTypeId): CustomType | undefined
  /** Those that are not deleted, in the order of their names. */
  list(account: string, region: string): CustomType[]
  /** Keeps one, or restores it. */
  keep(account: string, region: string, type: Omit<CustomType, 'deleted'>): void
  remove(account: string, region: string, id: CustomTypeId): void
}

interface Row {
  definition: string
  tags: string
  deleted: number
}

const tagRecord = z.record(z.string(), z.string())

export function createCustomTypes(database: CloudDatabase): CustomTypes {
  /** Each read of a pipeline with such an action asks for its type. */
  const held = new Map<string, CustomType>()
  const keyOf = (account: string, region: string, id: CustomTypeId) =>
    [account, region, id.category, id.provider, id.version].join('/')
  const read = ({ definition, tags, deleted }: Row): CustomType => ({
    // Checked before it was kept.
    actionType: JSON.parse(definition) as CustomType['actionType'],
    tags: new Map(Object.entries(tagRecord.parse(JSON.parse(tags)))),
    deleted: deleted === 1,
  })
  const one = 'account = ? AND region = ? AND category = ? AND provider = ? AND version = ?'
  return {
    find(account, region, id) {
      const key = keyOf(account, region, id)
      const known = held.get(key)
      if (known) return known
      const { category, provider, version } = id
      const row = database.get<Row>(
        `SELECT * FROM pipeline_action_type WHERE ${one}`,
        account,
        region,
        category,
        provider,
        version,
      )
      const found = row && read(row)
      if (found) held.set(key, found)
      return found
    },
    list: (account, region) =>
      database
        .all<Row>(
          `SELECT * FROM pipeline_action_type WHERE account = ? AND region = ? AND deleted = 0
           ORDER BY category, provider, version`,
          account,
          region,
        )
        .map(read),
    keep(account, region, { actionType, tags }) {
      const { category, provider, version } = actionType.id
      database.run(
        `INSERT INTO pipeline_action_type (account, region, category, provider, version, definition, tags)
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
         SET definition = excluded.definition, tags = excluded.tags, deleted = 0`,
        account,
        region,
        category,
        provider,
        version,
        JSON.stringify(actionType),
        JSON.stringify(Object.fromEntries(tags)),
      )
      held.delete(keyOf(account, region, actionType.id))
    },
    remove(account, region, id) {
      const { category, provider, version } = id
      database.run(
        `UPDATE pipeline_action_type SET deleted = 1 WHERE ${one}`,
        account,
        region,
        category,
        provider,
        version,
      )
      held.delete(keyOf(account, region, id))
    },
  }
}

export const propertiesOf = ({ actionType }: CustomType): readonly ActionConfigurationProperty[] =>
  actionType.actionConfigurationProperties ?? []

/** The one property by which PollForJobs can choose among the jobs of a type. */
export const queryableOf = (type: CustomType): string | undefined =>
  propertiesOf(type).find(({ queryable }) => queryable)?.name

/** What a declaration's actions of these types must and may be given. */
export function customRules(types: CustomTypes, account: string, region: string): CustomActionTypes {
  return id => {
    const { category, provider = '', version = '' } = id
    const type = category && types.find(account, region, { category, provider, version })
    if (!type || type.deleted) return undefined
    const { inputArtifactDetails: inputs, outputArtifactDetails: outputs } = type.actionType
    const names = (required: boolean) =>
      propertiesOf(type).flatMap(property => (property.required === required ? (property.name ?? []) : []))
    const queryable = queryableOf(type)
    const rules: ActionTypeRules = {
      required: names(true),
      optional: names(false),
      inputs: [inputs?.minimumCount ?? 0, inputs?.maximumCount ?? 0],
      outputs: [outputs?.minimumCount ?? 0, outputs?.maximumCount ?? 0],
    }
    return queryable === undefined ? rules : { ...rules, queryable }
  }
}
