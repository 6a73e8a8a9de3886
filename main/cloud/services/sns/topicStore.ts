import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'

export interface Topic {
  arn: string
  account: string
  region: string
  name: string
  created: Millis
  displayName: string
  /** The topic's own policy; without one, AWS's default for its account. */
  policy: string | undefined
}

export const topicArn = ({ account, region, name }: { account: string; region: string; name: string }) =>
  `arn:aws:sns:${region}:${account}:${name}`

type Row = Omit<Topic, 'policy'> & { policy: string | null }
const toTopic = ({ policy, ...row }: Row): Topic => ({ ...row, policy: policy ?? undefined })

/** Rows of topics. */
export function createTopicStore(database: CloudDatabase) {
  return {
    find(arn: string): Topic | undefined {
      const row = database.get<Row>('SELECT * FROM sns_topic WHERE arn = ?', arn)
      return row && toTopic(row)
    },
    list: (account: string, region: string, after: string, limit: number): Topic[] =>
      database
        .all<Row>(
          'SELECT * FROM sns_topic WHERE account = ? AND region = ? AND arn > ? ORDER BY arn LIMIT ?',
          account,
          region,
          after,
          limit,
        )
        .map(toTopic),
    /** Leaves one that is there as it is. */
    create(name: { account: string; region: string; name: string }, created: Millis): void {
      database.run(
        'INSERT OR IGNORE INTO sns_topic (arn, account, region, name, created) VALUES (?, ?, ?, ?, ?)',
        topicArn(name),
        name.account,
        name.region,
        name.name,
        created,
      )
    },
    change(topic: Topic): void {
      const sql = 'UPDATE sns_topic SET displayName = ?, policy = ? WHERE arn = ?'
      database.run(sql, topic.displayName, topic.policy ?? null, topic.arn)
    },
    /** Its subscriptions go with it. */
    remove(arn: string): void {
      database.run('DELETE FROM sns_topic WHERE arn = ?', arn)
    },
  }
}

export type TopicStore = ReturnType<typeof createTopicStore>
