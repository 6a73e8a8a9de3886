import { randomBytes, randomUUID } from 'node:crypto'
import type { CloudDatabase } from '../../state/database.ts'

export interface Subscription {
  /** What comes after the topic in the subscription's ARN. */
  id: string
  topic: string
  owner: string
  region: string
  protocol: string
  endpoint: string
  confirmed: boolean
  /** What confirms it. */
  token: string
  /** Message bodies as they are, without SNS's envelope. */
  raw: boolean
  filterPolicy: string | undefined
  filterScope: 'MessageAttributes' | 'MessageBody'
}

export const subscriptionArn = ({ topic, id }: Pick<Subscription, 'topic' | 'id'>) => `${topic}:${id}`

interface Row extends Omit<Subscription, 'confirmed' | 'raw' | 'filterPolicy'> {
  confirmed: number
  raw: number
  filterPolicy: string | null
}

const toSubscription = ({ confirmed, raw, filterPolicy, ...row }: Row): Subscription => ({
  ...row,
  confirmed: confirmed === 1,
  raw: raw === 1,
  filterPolicy: filterPolicy ?? undefined,
})

/** Rows of subscriptions. */
export function createSubscriptionStore(database: CloudDatabase) {
  const one = (where: string, ...params: string[]) => {
    const row = database.get<Row>(`SELECT * FROM sns_subscription WHERE ${where}`, ...params)
    return row && toSubscription(row)
  }
  return {
    /** By its ARN. */
    find: (arn: string): Subscription | undefined =>
      one("topic || ':' || id = ? AND id = ?", arn, arn.split(':').at(-1) ?? ''),
    to: (topic: string, protocol: string, endpoint: string): Subscription | undefined =>
      one('topic = ? AND protocol = ? AND endpoint = ?', topic, protocol, endpoint),
    byToken: (topic: string, token: string): Subscription | undefined => one('topic = ? AND token = ?', topic, token),
    ofTopic: (topic: string, after = '', limit = -1): Subscription[] =>
      database
        .all<Row>('SELECT * FROM sns_subscription WHERE topic = ? AND id > ? ORDER BY id LIMIT ?', topic, after, limit)
        .map(toSubscription),
    ofOwner: (owner: string, region: string, after: string, limit: number): Subscription[] =>
      database
        .all<Row>(
          'SELECT * FROM sns_subscription WHERE owner = ? AND region = ? AND id > ? ORDER BY id LIMIT ?',
          owner,
          region,
          after,
          limit,
        )
        .map(toSubscription),
    create(of: Pick<Subscription, 'topic' | 'owner' | 'region' | 'protocol' | 'endpoint' | 'confirmed'>): Subscription {
      const made: Subscription = {
        ...of,
        id: randomUUID(),
        token: randomBytes(96).toString('hex'),
        raw: false,
        filterPolicy: undefined,
        filterScope: 'MessageAttributes',
      }
      database.run(
        `INSERT INTO sns_subscription (id, topic, owner, region, protocol, endpoint, confirmed, token, filterScope)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        made.id,
        made.topic,
        made.owner,
        made.region,
        made.protocol,
        made.endpoint,
        made.confirmed ? 1 : 0,
        made.token,
        made.filterScope,
      )
      return made
    },
    change({ id, confirmed, raw, filterPolicy, filterScope }: Subscription): void {
      database.run(
        'UPDATE sns_subscription SET confirmed = ?, raw = ?, filterPolicy = ?, filterScope = ? WHERE id = ?',
        confirmed ? 1 : 0,
        raw ? 1 : 0,
        filterPolicy ?? null,
        filterScope,
        id,
      )
    },
    remove({ id }: Subscription): void {
      database.run('DELETE FROM sns_subscription WHERE id = ?', id)
    },
    counts(topic: string): { confirmed: number; pending: number } {
      const row = database.get<{ confirmed: number | null; pending: number | null }>(
        'SELECT sum(confirmed) AS confirmed, sum(1 - confirmed) AS pending FROM sns_subscription WHERE topic = ?',
        topic,
      )
      return { confirmed: row?.confirmed ?? 0, pending: row?.pending ?? 0 }
    },
  }
}

export type SubscriptionStore = ReturnType<typeof createSubscriptionStore>
