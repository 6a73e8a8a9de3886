import { type Explanation, noiseShare, type TimeKind } from '../../preload/contract/metrics.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import { percentile } from '../base/percentile.ts'
import type { Deployment, ProductionPast } from './deployments.ts'
import { deploymentsIn } from './dora.ts'
import { type Span, spanBefore } from './past.ts'

const kinds: readonly TimeKind[] = [
  'commit',
  'queue',
  'source',
  'build',
  'test',
  'approval',
  'deploy',
  'invoke',
  'retry',
]
const words: Record<TimeKind, string> = {
  commit: 'from the commit to the start',
  queue: 'waiting before stages',
  source: 'in sources',
  build: 'in builds',
  test: 'in tests',
  approval: 'waiting for approvals',
  deploy: 'in deployments',
  invoke: 'in invoked functions',
  retry: 'until failures were tried again',
}
const shown = 10

type Explained = Pick<Explanation, 'answer' | 'before' | 'after' | 'parts' | 'actions' | 'slowest'>

/** Why the lead time differs from that of the span before: which parts of it grew, and by how much. Pure. */
export function explainLeadTime(pasts: readonly ProductionPast[], span: Span): Explained {
  const [before, after] = [spanBefore(span), span].map(within => measured(pasts, within))
  const parts = kinds
    .map(kind => grown(kind, meanOf(before, kind), meanOf(after, kind)))
    .filter(({ beforeMs, afterMs }) => beforeMs > 0 || afterMs > 0)
    .sort((a, b) => Math.abs(b.differenceMs) - Math.abs(a.differenceMs))
  const [was, is] = [summary(before, spanBefore(span)), summary(after, span)]
  return {
    answer: answerOf(was, is, parts, mixOf(before ?? [], after ?? [])),
    before: was,
    after: is,
    parts,
    actions: actionsThatGrew(before, after),
    slowest: [...(after ?? [])]
      .sort((a, b) => b.leadMs - a.leadMs)
      .slice(0, 5)
      .map(({ key, execution, leadMs }) => ({ key, execution, leadTimeMs: leadMs })),
  }
}

type Measured = Deployment & { leadMs: number }

const measured = (pasts: readonly ProductionPast[], span: Span): Measured[] =>
  deploymentsIn(pasts, span).flatMap(deployment =>
    deployment.leadMs === undefined ? [] : { ...deployment, leadMs: deployment.leadMs },
  )

const mean = (sum: number, count: number) => (count === 0 ? 0 : sum / count)

const meanOf = (deployments: readonly Measured[] | undefined, kind: TimeKind) =>
  mean(
    (deployments ?? [])
      .flatMap(({ slices }) => slices)
      .reduce((sum, slice) => sum + (slice.kind === kind ? slice.ms : 0), 0),
    deployments?.length ?? 0,
  )

const grown = (kind: TimeKind, beforeMs: number, afterMs: number) => ({
  kind,
  beforeMs,
  afterMs,
  differenceMs: afterMs - beforeMs,
})

function summary(deployments: readonly Measured[] | undefined, { from, to }: Span): Explanation['before'] {
  const times = (deployments ?? []).map(({ leadMs }) => leadMs)
  const medianMs = percentile(times, 0.5)
  const sum = times.reduce((total, ms) => total + ms, 0)
  return {
    period: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    count: times.length,
    ...(medianMs !== undefined && { medianMs, meanMs: sum / times.length }),
  }
}

function actionsThatGrew(before: readonly Measured[] | undefined, after: readonly Measured[] | undefined) {
  interface Grown {
    key: PipelineKey
    stage: string
    action: string
    kind: TimeKind
    beforeMs: number
    afterMs: number
  }
  const all = new Map<string, Grown>()
  const add = (deployments: readonly Measured[], side: 'beforeMs' | 'afterMs') => {
    for (const { key, slices } of deployments) {
      for (const { kind, stage, action, ms } of slices) {
        const id = JSON.stringify([key, kind, stage, action])
        const known = all.get(id) ?? { key, stage, action, kind, beforeMs: 0, afterMs: 0 }
        known[side] += ms / deployments.length
        all.set(id, known)
      }
    }
  }
  add(before ?? [], 'beforeMs')
  add(after ?? [], 'afterMs')
  return [...all.values()]
    .map(each => ({ ...each, differenceMs: each.afterMs - each.beforeMs }))
    .filter(({ differenceMs }) => differenceMs > 0)
    .sort((a, b) => b.differenceMs - a.differenceMs)
    .slice(0, shown)
}

/**
 * How much of the difference comes from which pipelines deployed, and how often, rather than from any of them being
 * slower: what is left when each pipeline's own difference is counted with its share of the later deployments. ms
 */
function mixOf(before: readonly Measured[], after: readonly Measured[]): number {
  const means = (deployments: readonly Measured[]) =>
    new Map(
      [...Map.groupBy(deployments, ({ key }) => JSON.stringify(key))].map(([id, own]) => {
        const sum = own.reduce((total, { leadMs }) => total + leadMs, 0)
        return [id, { mean: mean(sum, own.length), share: own.length / deployments.length }]
      }),
    )
  const [was, is] = [means(before), means(after)]
  const overall = (of: typeof was) => [...of.values()].reduce((sum, own) => sum + own.mean * own.share, 0)
  const own = [...is].reduce((sum, [id, now]) => {
    const then = was.get(id)
    return then ? sum + (now.mean - then.mean) * now.share : sum
  }, 0)
  return overall(is) - overall(was) - own
}

/** Fewest deployments on either side that a sentence is made of. */
const enough = 5

function answerOf(
  before: Explanation['before'],
  after: Explanation['after'],
  parts: readonly { kind: TimeKind; differenceMs: number }[],
  mix: number,
): string {
  if (before.meanMs === undefined || after.meanMs === undefined || before.count < enough || after.count < enough) {
    return `Not enough data: ${before.count} deployments before and ${after.count} in the period, ${enough} of each are needed.`
  }
  const change = after.meanMs - before.meanMs
  if (Math.abs(change) < before.meanMs * noiseShare)
    return `The mean lead time is within ${noiseShare * 100} % of the period before.`
  const [most] = parts.filter(({ differenceMs }) => Math.sign(differenceMs) === Math.sign(change))
  const course = change > 0 ? 'longer' : 'shorter'
  const share = most ? Math.round((most.differenceMs / change) * 100) : 0
  const where =
    mix / change > 0.5
      ? `: it comes from which pipelines deployed, and how often; what each takes by itself changed it by ${spoken(Math.abs(change - mix))}`
      : most
        ? `: ${share} % of the difference is time ${words[most.kind]}`
        : ''
  return `The mean lead time is ${round(after.meanMs / before.meanMs)} times that of the period before, ${spoken(Math.abs(change))} ${course}${where}.`
}

const round = (value: number) => Math.round(value * 100) / 100

function spoken(ms: number): string {
  const minutes = ms / 60_000
  if (minutes < 2) return `${Math.round(ms / 1000)} s`
  if (minutes < 120) return `${Math.round(minutes)} min`
  return minutes < 48 * 60 ? `${round(minutes / 60)} h` : `${round(minutes / 60 / 24)} days`
}
