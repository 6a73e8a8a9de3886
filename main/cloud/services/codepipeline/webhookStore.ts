import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'

const definition = z.object({
  name: z.string(),
  targetPipeline: z.string(),
  targetAction: z.string(),
  filters: z.array(z.object({ jsonPath: z.string(), matchEquals: z.string().optional() })),
  authentication: z.enum(['GITHUB_HMAC', 'IP', 'UNAUTHENTICATED']),
  authenticationConfiguration: z.object({ AllowedIPRange: z.string().optional(), SecretToken: z.string().optional() }),
})
/** A webhook as PutWebhook was given it, with its secret. */
export type WebhookDefinition = z.infer<typeof definition>

export interface Webhook {
  account: string
  region: string
  /** What nobody can guess in its URL; another one each time a webhook is created. */
  address: string
  definition: WebhookDefinition
  tags: ReadonlyMap<string, string>
  lastTriggered?: Millis
  error?: { code: string; message: string }
}

/** The webhooks of every account. */
export interface Webhooks {
  find(account: string, region: string, name: string): Webhook | undefined
  at(address: string): Webhook | undefined
  /** In the order of names, after `from`. */
  list(account: string, region: string, limit: number, from?: string): Webhook[]
  count(account: string, region: string): number
  /** Makes one, or changes it under the same URL. */
  put(account: string, region: string, definition: WebhookDefinition, tags: ReadonlyMap<string, string>): void
  remove(account: string, region: string, name: string): void
  triggered(webhook: Webhook, at: Millis): void
  /** Keeps, or takes back, why a third party does not call it. */
  setError(webhook: Webhook, error: Webhook['error']): void
}

interface Row {
  account: string
  region: string
  name: string
  address: string
  definition: string
  tags: string
  triggered: number | null
  error_code: string | null
  error_message: string | null
}

const tagRecord = z.record(z.string(), z.string())

function read(row: Row): Webhook {
  const { account, region, address, triggered, error_code: code, error_message: message } = row
  return {
    account,
    region,
    address,
    definition: definition.parse(JSON.parse(row.definition)),
    tags: new Map(Object.entries(tagRecord.parse(JSON.parse(row.tags)))),
    ...(triggered !== null && { lastTriggered: triggered }),
    ...(code !== null && { error: { code, message: message ?? '' } }),
  }
}

export function createWebhooks(database: CloudDatabase): Webhooks {
  const one = 'account = ? AND region = ? AND name = ?'
  const found = (row: Row | undefined) => row && read(row)
  return {
    find: (account, region, name) =>
      found(database.get<Row>(`SELECT * FROM pipeline_webhook WHERE ${one}`, account, region, name)),
    at: address => found(database.get<Row>('SELECT * FROM pipeline_webhook WHERE address = ?', address)),
    list: (account, region, limit, from = '') =>
      database
        .all<Row>(
          'SELECT * FROM pipeline_webhook WHERE account = ? AND region = ? AND name > ? ORDER BY name LIMIT ?',
          account,
          region,
          from,
          limit,
        )
        .map(read),
    count: (account, region) =>
      database.get<{ count: number }>(
        'SELECT count(*) AS count FROM pipeline_webhook WHERE account = ? AND region = ?',
        account,
        region,
      )?.count ?? 0,
    put(account, region, made, tags) {
      database.run(
        `INSERT INTO pipeline_webhook (account, region, name, address, definition, tags) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (account, region, name) DO UPDATE SET definition = excluded.definition, tags = excluded.tags`,
        account,
        region,
        made.name,
        randomBytes(32).toString('base64url'),
        JSON.stringify(made),
        JSON.stringify(Object.fromEntries(tags)),
      )
    },
    remove(account, region, name) {
      database.run(`DELETE FROM pipeline_webhook WHERE ${one}`, account, region, name)
    },
    triggered({ address }, at) {
      database.run('UPDATE pipeline_webhook SET triggered = ? WHERE address = ?', at, address)
    },
    setError({ address }, error) {
      database.run(
        'UPDATE pipeline_webhook SET error_code = ?, error_message = ? WHERE address = ?',
        error?.code ?? null,
        error?.message ?? null,
        address,
      )
    },
  }
}
