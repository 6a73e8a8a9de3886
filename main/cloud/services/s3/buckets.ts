import { z } from 'zod'
import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'

export type Versioning = 'Off' | 'Enabled' | 'Suspended'

/** How a bucket is served as a website; the members are S3's own. */
export const websiteShape = z.object({
  IndexDocument: z.object({ Suffix: z.string().min(1) }).optional(),
  ErrorDocument: z.object({ Key: z.string().min(1) }).optional(),
  RedirectAllRequestsTo: z
    .object({ HostName: z.string().min(1), Protocol: z.enum(['http', 'https']).optional() })
    .optional(),
})
export type Website = z.infer<typeof websiteShape>

export interface Bucket {
  name: string
  account: string
  region: string
  createdAt: Millis
  versioning: Versioning
  /** The bucket policy's text, as it was put. */
  policy?: string
  website?: Website
  /** Whether its owner turned EventBridge on (PutBucketNotificationConfiguration). */
  eventBridge: boolean
}

const rowShape = z.object({
  name: z.string(),
  account: z.string(),
  region: z.string(),
  created_at: z.number(),
  versioning: z.enum(['Off', 'Enabled', 'Suspended']),
  policy: z.string().nullable(),
  website: z.string().nullable(),
  event_bridge: z.number(),
})

/** The buckets of all accounts: a name belongs to one account in the whole cloud. */
export function createBuckets(database: CloudDatabase) {
  const fromRow = (row: unknown): Bucket => {
    const { created_at, event_bridge, policy, website, ...rest } = rowShape.parse(row)
    return {
      ...rest,
      createdAt: created_at,
      eventBridge: event_bridge === 1,
      ...(policy !== null && { policy }),
      ...(website !== null && { website: websiteShape.parse(JSON.parse(website)) }),
    }
  }
  const set = (column: 'versioning' | 'policy' | 'website' | 'event_bridge') => {
    const sql = `UPDATE s3_bucket SET ${column} = ? WHERE name = ?`
    return (name: string, value: string | number | null) => void database.run(sql, value, name)
  }
  const [setVersioning, setPolicy, setWebsite, setEventBridge] = [
    set('versioning'),
    set('policy'),
    set('website'),
    set('event_bridge'),
  ]
  return {
    find(name: string): Bucket | undefined {
      const row = database.get('SELECT * FROM s3_bucket WHERE name = ?', name)
      return row && fromRow(row)
    },
    /** In order of their names. */
    ofAccount: (account: string): Bucket[] =>
      database.all('SELECT * FROM s3_bucket WHERE account = ? ORDER BY name', account).map(fromRow),
    create(name: string, account: string, region: string, createdAt: Millis): void {
      database.run(
        "INSERT INTO s3_bucket (name, account, region, created_at, versioning, event_bridge) VALUES (?, ?, ?, ?, 'Off', 0)",
        name,
        account,
        region,
        createdAt,
      )
    },
    remove: (name: string) => void database.run('DELETE FROM s3_bucket WHERE name = ?', name),
    setVersioning: (name: string, versioning: Versioning) => setVersioning(name, versioning),
    setPolicy: (name: string, policy: string | undefined) => setPolicy(name, policy ?? null),
    setWebsite: (name: string, website: Website | undefined) =>
      setWebsite(name, website === undefined ? null : JSON.stringify(website)),
    setEventBridge: (name: string, on: boolean) => setEventBridge(name, on ? 1 : 0),
  }
}

export type Buckets = ReturnType<typeof createBuckets>
