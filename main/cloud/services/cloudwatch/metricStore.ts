import type { Dimension } from '@aws-sdk/client-cloudwatch'
import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { Datum } from './statistics.ts'

export interface MetricName {
  account: string
  region: string
  namespace: string
  name: string
  dimensions: readonly { name: string; value: string }[]
}

export interface Metric extends MetricName {
  id: number
}

/** The SDK's dimensions in one order: it is no part of what a metric is. */
export const dimensionsOf = (dimensions: readonly Dimension[] = []) =>
  dimensions
    .map(({ Name = '', Value = '' }) => ({ name: Name, value: Value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

export const toDimensions = (dimensions: MetricName['dimensions']) =>
  dimensions.map(({ name, value }) => ({ Name: name, Value: value }))

interface Row {
  id: number
  account: string
  region: string
  namespace: string
  name: string
  dimensions: string
}
interface DatumRow extends Omit<Datum, 'samples'> {
  samples: string | null
}

const day = 24 * 3_600_000
/** As long as CloudWatch keeps anything (fact sheet, section 9); finer data stay as long here. */
const retention = 455 * day

/** Rows of metrics and their data. */
export function createMetricStore(database: CloudDatabase) {
  const keys = ({ account, region, namespace, name, dimensions }: MetricName) =>
    [account, region, namespace, name, JSON.stringify(dimensions)] as const
  const idOf = (metric: MetricName): number | undefined =>
    database.get<{ id: number }>(
      `SELECT id FROM cloudwatch_metric WHERE account = ? AND region = ? AND namespace = ? AND name = ? AND dimensions = ?`,
      ...keys(metric),
    )?.id
  return {
    put(entries: readonly { metric: MetricName; datum: Datum }[]): void {
      database.transaction(() => {
        for (const { metric, datum } of entries) {
          database.run(
            `INSERT INTO cloudwatch_metric (account, region, namespace, name, dimensions, latest) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (account, region, namespace, name, dimensions) DO UPDATE SET latest = max(latest, excluded.latest)`,
            ...keys(metric),
            datum.at,
          )
          database.run(
            'INSERT INTO cloudwatch_datum (metric, at, unit, count, sum, least, most, samples) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
            idOf(metric) ?? 0,
            datum.at,
            datum.unit,
            datum.count,
            datum.sum,
            datum.least,
            datum.most,
            datum.samples ? JSON.stringify(datum.samples) : null,
          )
        }
      })
    },
    /** From `since`, before `until`, oldest first; of one unit where one is asked for. */
    read(metric: MetricName, since: Millis, until: Millis, unit?: string): Datum[] {
      return database
        .all<DatumRow>(
          `SELECT at, unit, count, sum, least, most, samples FROM cloudwatch_datum
           WHERE metric = ? AND at >= ? AND at < ? AND (? IS NULL OR unit = ?) ORDER BY at`,
          idOf(metric) ?? -1,
          since,
          until,
          unit ?? null,
          unit ?? null,
        )
        .map(row => ({
          ...row,
          samples: row.samples === null ? undefined : (JSON.parse(row.samples) as [number, number][]),
        }))
    },
    /** Metrics that had data since `since`, in the order they were first seen. */
    list(
      of: { account: string; region: string; namespace: string | undefined; name: string | undefined; since: Millis },
      after: number,
    ): Metric[] {
      return database
        .all<Row>(
          `SELECT id, account, region, namespace, name, dimensions FROM cloudwatch_metric
           WHERE account = ? AND region = ? AND latest >= ? AND id > ? AND (? IS NULL OR namespace = ?)
           AND (? IS NULL OR name = ?) ORDER BY id`,
          of.account,
          of.region,
          of.since,
          after,
          of.namespace ?? null,
          of.namespace ?? null,
          of.name ?? null,
          of.name ?? null,
        )
        .map(row => ({ ...row, dimensions: JSON.parse(row.dimensions) as Metric['dimensions'] }))
    },
    expire(now: Millis): void {
      database.transaction(() => {
        database.run('DELETE FROM cloudwatch_datum WHERE at < ?', now - retention)
        database.run('DELETE FROM cloudwatch_metric WHERE latest < ?', now - retention)
      })
    },
  }
}

export type MetricStore = ReturnType<typeof createMetricStore>
