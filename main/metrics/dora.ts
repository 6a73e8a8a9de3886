import type { Dora, Figure, FigureName } from '../../preload/contract/metrics.ts'
import { percentile } from '../base/percentile.ts'
import { day } from './buckets.ts'
import type { Deployment, Outage, ProductionPast } from './deployments.ts'
import { isWithin, type Span, spanBefore } from './past.ts'

/** Fewest observations that a value is told from: with fewer, one more would change it beyond meaning. */
const needs: Record<FigureName, number> = {
  deploymentFrequency: 1,
  leadTime: 5,
  changeFailureRate: 5,
  timeToRestore: 3,
}

const definitions: Record<FigureName, string> = {
  deploymentFrequency:
    'Executions that got through the production stage, a day. Every day of the period counts, weekends too. Rollbacks are not deployments.',
  leadTime:
    'Median time from the commit to the end of the production stage, once for each revision: when it was first deployed. The commit is the newest of the sources; its committer’s date counts.',
  changeFailureRate:
    'Of the changes that reached the production stage, those with an action that failed there, or that were rolled back afterwards. A refused approval is not a failure.',
  timeToRestore:
    'Median time from the first failure in the production stage (or the rollback’s start) to its next success: by retry, rollback or a newer change.',
}

interface Observed {
  value: number | undefined
  p90?: number | undefined
  count: number
  notes: string[]
}

/** DORA's four over the pipelines in a span, each beside the span of the same length before. Pure. */
export function doraOf(pasts: readonly ProductionPast[], span: Span): Dora {
  const figure = (name: FigureName, unit: Figure['unit'], observe: (span: Span) => Observed): Figure => {
    const now = observe(span)
    const before = observe(spanBefore(span))
    const told = ({ value, count }: Observed) => (count >= needs[name] ? value : undefined)
    const value = told(now)
    const valueBefore = told(before)
    return {
      name,
      unit,
      count: now.count,
      needs: needs[name],
      definition: definitions[name],
      notes: now.notes,
      before: { count: before.count, ...(valueBefore !== undefined && { value: valueBefore }) },
      ...(value !== undefined && { value }),
      ...(value !== undefined && now.p90 !== undefined && { p90: now.p90 }),
    }
  }
  return {
    deploymentFrequency: figure('deploymentFrequency', 'perDay', within => frequency(pasts, within)),
    leadTime: figure('leadTime', 'ms', within => leadTime(pasts, within)),
    changeFailureRate: figure('changeFailureRate', 'share', within => failureRate(pasts, within)),
    timeToRestore: figure('timeToRestore', 'ms', within => restoring(pasts, within)),
  }
}

export const deploymentsIn = (pasts: readonly ProductionPast[], span: Span): Deployment[] =>
  pasts.flatMap(({ deployments }) => deployments.filter(({ at }) => isWithin(span, at)))

export const changesIn = (pasts: readonly ProductionPast[], span: Span) =>
  pasts.flatMap(({ changes }) => changes.filter(({ at }) => isWithin(span, at)))

/** Outages that ended in the span. */
export const restoredIn = (pasts: readonly ProductionPast[], span: Span): { at: number; ms: number }[] =>
  pasts.flatMap(({ outages }) =>
    outages.flatMap(({ failedAt, restoredAt }) =>
      restoredAt !== undefined && isWithin(span, restoredAt) ? { at: restoredAt, ms: restoredAt - failedAt } : [],
    ),
  )

function frequency(pasts: readonly ProductionPast[], span: Span): Observed {
  const count = deploymentsIn(pasts, span).length
  const without = pasts.filter(({ production }) => production.stage === undefined).length
  return {
    value: count / ((span.to - span.from) / day),
    count,
    notes: without > 0 ? [`${counted(without, 'pipeline deploys', 'pipelines deploy')} nothing and add nothing.`] : [],
  }
}

function leadTime(pasts: readonly ProductionPast[], span: Span): Observed {
  const all = deploymentsIn(pasts, span)
  const measured = all.flatMap(({ leadMs, fromCommit }) => (leadMs === undefined ? [] : { leadMs, fromCommit }))
  const times = measured.map(({ leadMs }) => leadMs)
  const fromStart = measured.filter(({ fromCommit }) => !fromCommit).length
  const again = all.length - measured.length
  return {
    value: percentile(times, 0.5),
    p90: percentile(times, 0.9),
    count: times.length,
    notes: [
      ...(fromStart > 0
        ? [`${fromStart} of ${times.length} from the execution’s start: when it was committed is not known.`]
        : []),
      ...(again > 0 ? [`${counted(again, 'deployment', 'deployments')} of a revision deployed before left out.`] : []),
    ],
  }
}

function failureRate(pasts: readonly ProductionPast[], span: Span): Observed {
  const changes = changesIn(pasts, span)
  const failed = changes.filter(change => change.failed).length
  return { value: changes.length === 0 ? undefined : failed / changes.length, count: changes.length, notes: [] }
}

function restoring(pasts: readonly ProductionPast[], span: Span): Observed {
  const times = restoredIn(pasts, span).map(({ ms }) => ms)
  const open = pasts.flatMap(({ outages }) => outages.filter(outage => isOpenIn(outage, span))).length
  return {
    value: percentile(times, 0.5),
    p90: percentile(times, 0.9),
    count: times.length,
    notes:
      open > 0 ? [`${counted(open, 'failure', 'failures')} not mended by the end of the period, not counted.`] : [],
  }
}

const isOpenIn = ({ failedAt, restoredAt }: Outage, span: Span) =>
  isWithin(span, failedAt) && (restoredAt === undefined || restoredAt >= span.to)

export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`
