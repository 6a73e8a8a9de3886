import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { QueueAttributes } from './attributes.ts'

export interface QueueName {
  account: string
  region: string
  name: string
}

export interface Queue extends QueueName {
  id: number
  created: Millis
  modified: Millis
  purged: Millis | undefined
  attributes: QueueAttributes
  tags: Readonly<Record<string, string>>
}

export const queueArn = ({ account, region, name }: QueueName) => `arn:aws:sqs:${region}:${account}:${name}`

/** The queue in `arn:aws:sqs:us-east-1:111122223333:orders`; undefined for anything else. */
export function parseQueueArn(arn: string): QueueName | undefined {
  const [, region, account, name] = /^arn:aws:sqs:([a-z0-9-]+):(\d{12}):([\w-]{1,80})$/.exec(arn) ?? []
  return region && account && name ? { region, account, name } : undefined
}

interface Row {
  id: number
  account: string
  region: string
  name: string
  created: number
  modified: number
  purged: number | null
  attributes: string
  tags: string
}

const toQueue = ({ purged, attributes, tags, ...row }: Row): Queue => ({
  ...row,
  purged: purged ?? undefined,
  attributes: JSON.parse(attributes) as QueueAttributes,
  tags: JSON.parse(tags) as Record<string, string>,
})

/** Rows of queues. */
export function createQueueStore(database: CloudDatabase) {
  return {
    find({ account, region, name }: QueueName): Queue | undefined {
      const sql = 'SELECT * FROM sqs_queue WHERE account = ? AND region = ? AND name = ?'
      const row = database.get<Row>(sql, account, region, name)
      return row && toQueue(row)
    },
    /** By name, ascending, after `after`. */
    list(account: string, region: string, by: { prefix: string; after: string; limit: number }): Queue[] {
      return database
        .all<Row>(
          `SELECT * FROM sqs_queue WHERE account = ? AND region = ? AND name > ? AND substr(name, 1, length(?)) = ?
           ORDER BY name LIMIT ?`,
          account,
          region,
          by.after,
          by.prefix,
          by.prefix,
          by.limit,
        )
        .map(toQueue)
    },
    create({ account, region, name }: QueueName, attributes: QueueAttributes, tags: object, at: Millis): void {
      database.run(
        'INSERT INTO sqs_queue (account, region, name, created, modified, attributes, tags) VALUES (?, ?, ?, ?, ?, ?, ?)',
        account,
        region,
        name,
        at,
        at,
        JSON.stringify(attributes),
        JSON.stringify(tags),
      )
    },
    setAttributes(queue: Queue, attributes: QueueAttributes, at: Millis): void {
      const sql = 'UPDATE sqs_queue SET attributes = ?, modified = ? WHERE id = ?'
      database.run(sql, JSON.stringify(attributes), at, queue.id)
    },
    setTags(queue: Queue, tags: Readonly<Record<string, string>>): void {
      database.run('UPDATE sqs_queue SET tags = ? WHERE id = ?', JSON.stringify(tags), queue.id)
    },
    remove(queue: Queue): void {
      database.run('DELETE FROM sqs_queue WHERE id = ?', queue.id)
    },
    purge(queue: Queue, at: Millis): void {
      database.transaction(() => {
        database.run('DELETE FROM sqs_message WHERE queue = ?', queue.id)
        database.run('UPDATE sqs_queue SET purged = ? WHERE id = ?', at, queue.id)
      })
    },
  }
}

export type QueueStore = ReturnType<typeof createQueueStore>
