import type { CloudDatabase } from '../../state/database.ts'

/** The API's two names: resources keep the one that they were made under. */
export type Prefix = 'codestar-connections' | 'codeconnections'

export interface Connection {
  arn: string
  account: string
  region: string
  name: string
  provider: string
  tags: Readonly<Record<string, string>>
}

interface Row extends Omit<Connection, 'tags'> {
  tags: string
}

const steps = [
  `CREATE TABLE connection (
     arn TEXT PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, provider TEXT NOT NULL,
     tags TEXT NOT NULL) WITHOUT ROWID;
   CREATE INDEX connection_of ON connection (account, region, arn);`,
]

const read = ({ tags, ...row }: Row): Connection => ({ ...row, tags: JSON.parse(tags) as Record<string, string> })

/** Rows of connections. */
export function createConnectionStore(database: CloudDatabase) {
  database.migrate('connections', steps)
  return {
    find(arn: string): Connection | undefined {
      const row = database.get<Row>('SELECT * FROM connection WHERE arn = ?', arn)
      return row && read(row)
    },
    /** By ARN, ascending, after `after`. */
    list: (account: string, region: string, after: string, limit: number): Connection[] =>
      database
        .all<Row>(
          'SELECT * FROM connection WHERE account = ? AND region = ? AND arn > ? ORDER BY arn LIMIT ?',
          account,
          region,
          after,
          limit,
        )
        .map(read),
    put({ arn, account, region, name, provider, tags }: Connection): void {
      database.run(
        `INSERT INTO connection (arn, account, region, name, provider, tags) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (arn) DO UPDATE SET tags = excluded.tags`,
        arn,
        account,
        region,
        name,
        provider,
        JSON.stringify(tags),
      )
    },
    remove: (arn: string) => void database.run('DELETE FROM connection WHERE arn = ?', arn),
  }
}

export type ConnectionStore = ReturnType<typeof createConnectionStore>
