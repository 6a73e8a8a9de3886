import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'

/** One metric that is asked for. */
export interface MetricQuestion {
  namespace: string
  metric: string
  stat: string
  dimensions: { name: string; value: string }[]
}

export interface MetricPoint {
  /** Milliseconds since the Unix epoch. */
  at: number
  value: number
}

/** AWS's limit of GetMetricData: each metric that is asked for is paid for. */
export const mostMetrics = 500

export interface CloudWatch {
  /**
   * The points of each question, in their order, oldest first; {@link mostMetrics} at most. Each page of an answer is
   * a call of its own, but is paid for once.
   */
  data(
    at: At,
    questions: readonly MetricQuestion[],
    span: { from: Date; to: Date; periodSeconds: number },
    ask: Ask,
  ): Promise<MetricPoint[][]>
}

const mostPages = 50

export function cloudWatch(door: Door): CloudWatch {
  return {
    async data(at, questions, { from, to, periodSeconds }, ask) {
      const found = questions.map((): MetricPoint[] => [])
      const queries = questions.slice(0, mostMetrics).map(({ namespace, metric, stat, dimensions }, index) => ({
        Id: `m${index}`,
        MetricStat: {
          Metric: {
            Namespace: namespace,
            MetricName: metric,
            Dimensions: dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
          },
          Period: periodSeconds,
          Stat: stat,
        },
      }))
      let token: string | undefined
      for (let page = 0; page < mostPages; page++) {
        const NextToken = token
        const output = await door(
          at,
          {
            service: 'cloudwatch',
            name: 'GetMetricData',
            same: JSON.stringify([queries, from, to, NextToken]),
            send: client =>
              client.send(
                new GetMetricDataCommand({
                  MetricDataQueries: queries,
                  StartTime: from,
                  EndTime: to,
                  ScanBy: 'TimestampAscending',
                  ...(NextToken !== undefined && { NextToken }),
                }),
              ),
          },
          ask,
        )
        for (const { Id, Timestamps = [], Values = [] } of output.MetricDataResults ?? []) {
          const points = found[Number(Id?.slice(1))]
          Timestamps.forEach((when, index) => {
            const value = Values[index]
            if (value !== undefined) points?.push({ at: when.getTime(), value })
          })
        }
        token = output.NextToken
        if (token === undefined) break
      }
      return found
    },
  }
}
