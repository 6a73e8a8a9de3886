import type { BucketSize, DurationSeries, TimeKind } from '../../preload/contract/metrics.ts'
import { percentile } from '../base/percentile.ts'
import type { ActionFact } from '../store/history.ts'
import { bucketed, bucketStarts } from './buckets.ts'
import { kindOf } from './kind.ts'
import { isWithin, type PipelinePast, type Span } from './past.ts'

/** How long something took, when it ended, and whether it succeeded. */
interface Ended {
  at: number
  ms: number
  succeeded: boolean
}

/** p50 and p90 of the whole execution, of each stage and each action, over time. Pure. */
export function durationsOf(past: PipelinePast, span: Span, size: BucketSize): DurationSeries[] {
  const series = (
    stage: string,
    ended: readonly Ended[],
    action?: { name: string; kind: TimeKind },
  ): DurationSeries => {
    const all = ended.filter(({ at }) => isWithin(span, at))
    const good = all.filter(({ succeeded }) => succeeded)
    const buckets = bucketed(good, ({ at }) => at, size)
    return {
      stage,
      ...summary(good),
      failures: all.length - good.length,
      points: bucketStarts(span, size).map(start => ({
        start: new Date(start).toISOString(),
        ...summary(buckets.get(start) ?? []),
      })),
      ...(action && { action: action.name, kind: action.kind }),
    }
  }
  const whole = past.executions.flatMap(({ state, startedAt, updatedAt }) =>
    state === 'succeeded' || state === 'failed'
      ? endedOf(Date.parse(startedAt), Date.parse(updatedAt), state === 'succeeded')
      : [],
  )
  return [
    series('', whole),
    ...stagesOf(past).flatMap(({ stage, actions }) => [
      series(stage, stageTimes(past, stage)),
      ...actions.map(name => {
        const attempts = attemptsOf(past).filter(each => each.stage === stage && each.action === name)
        const [first] = attempts
        const kind = kindOf(first ?? { category: undefined, stage, action: name }, past.definition)
        return series(stage, attempts.flatMap(timeOf), { name, kind })
      }),
    ]),
  ]
}

const summary = (ended: readonly Ended[]) => {
  const times = ended.map(({ ms }) => ms)
  const p50 = percentile(times, 0.5)
  const p90 = percentile(times, 0.9)
  return { count: times.length, ...(p50 !== undefined && { p50 }), ...(p90 !== undefined && { p90 }) }
}

const endedOf = (from: number, to: number, succeeded: boolean): Ended => ({
  at: to,
  ms: Math.max(to - from, 0),
  succeeded,
})

const timeOf = ({ state, startedAt, updatedAt }: ActionFact): Ended[] =>
  state === 'succeeded' || state === 'failed' ? [endedOf(startedAt, updatedAt, state === 'succeeded')] : []

const attemptsOf = (past: PipelinePast): ActionFact[] => [...past.actions.values()].flat()

/** The definition's stages and actions in their order, then those of the past that are gone. */
function stagesOf(past: PipelinePast): { stage: string; actions: string[] }[] {
  const stages = new Map<string, Set<string>>()
  for (const { name, actions } of past.definition?.stages ?? []) {
    stages.set(name, new Set([...actions].sort((a, b) => a.runOrder - b.runOrder).map(action => action.name)))
  }
  for (const { stage, action } of attemptsOf(past)) {
    const actions = stages.get(stage) ?? new Set()
    stages.set(stage, actions.add(action))
  }
  return [...stages].map(([stage, actions]) => ({ stage, actions: [...actions] }))
}

/** A stage's time in an execution: from its first action's start to its last one's end, retries and all. */
function stageTimes(past: PipelinePast, stage: string): Ended[] {
  return [...past.actions.values()].flatMap(attempts => {
    const within = attempts.filter(attempt => attempt.stage === stage)
    const last = [...new Map(within.map(attempt => [attempt.action, attempt.state])).values()]
    if (last.length === 0 || last.some(state => state !== 'succeeded' && state !== 'failed')) return []
    const from = Math.min(...within.map(({ startedAt }) => startedAt))
    const to = Math.max(...within.map(({ updatedAt }) => updatedAt))
    return [
      endedOf(
        from,
        to,
        last.every(state => state === 'succeeded'),
      ),
    ]
  })
}
