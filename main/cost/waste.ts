import type { Waste } from '../../preload/contract/cost.ts'
import type { Money } from '../../preload/contract/money.ts'
import type { ExecutionSummary } from '../../preload/contract/pipelines.ts'
import type { AttemptUsage } from './attemptUsage.ts'
import { priceIdOf } from './compute.ts'
import { exactly, money, nothing, priced, sum } from './money.ts'
import type { PipelineMonth } from './pipelineMonth.ts'
import type { PriceBook } from './priceBook.ts'

/** What one attempt costs before free tiers: its V2 minutes, where the pipeline is of that type, and its build. */
export function attemptPrice(
  { minutes, build }: AttemptUsage,
  { key, type }: Pick<PipelineMonth, 'key' | 'type'>,
  book: PriceBook,
): Money {
  const price = (id: string) => book.price(id, key.region)
  const pipeline = type === 'V2' ? priced(exactly(minutes), price('codepipeline.v2.minute')) : nothing
  if (!build) return pipeline
  const bounds = build.compute
    ? [price(priceIdOf(build.compute)), price(priceIdOf(build.compute))]
    : [price('codebuild.linux.small'), price('codebuild.linux.2xlarge')]
  const [low, high] = bounds.map(each => priced(build.minutes, each))
  return sum([pipeline, money(low?.low ?? 0, high?.high ?? 0)])
}

/** What was paid for nothing in the month: builds repeated without a change, and failed minutes. Dearest first. Pure. */
export function wasteOf(month: PipelineMonth, executions: readonly ExecutionSummary[], book: PriceBook): Waste[] {
  const byAction = Map.groupBy(month.attempts, ({ fact }) => `${fact.stage}\n${fact.action}`)
  return [...byAction.values()]
    .flatMap(attempts => [
      ...found('repeatedBuild', repeated(attempts, executions), month, book),
      ...found('failedMinutes', attempts.filter(failed), month, book),
    ])
    .sort((a, b) => b.amount.high - a.amount.high)
}

const failed = ({ fact, minutes, build }: AttemptUsage) =>
  fact.state === 'failed' && (minutes > 0 || build !== undefined)

/** Builds that had succeeded before on the same revisions, with the same definition. */
function repeated(attempts: readonly AttemptUsage[], executions: readonly ExecutionSummary[]): AttemptUsage[] {
  const inputs = new Map(
    executions.map(({ id, revisions }) => [
      id,
      revisions
        .map(each => `${each.actionName}=${each.id}`)
        .sort()
        .join(),
    ]),
  )
  const done = new Set<string>()
  return attempts.filter(({ fact, build }) => {
    const input = inputs.get(fact.executionId)
    if (!build || fact.state !== 'succeeded' || !input) return false
    const id = `${input} ${fact.version ?? ''}`
    const again = done.has(id)
    done.add(id)
    return again
  })
}

function found(
  kind: 'repeatedBuild' | 'failedMinutes',
  attempts: readonly AttemptUsage[],
  month: PipelineMonth,
  book: PriceBook,
): Waste[] {
  const last = attempts.at(-1)?.fact
  if (!last) return []
  const minutes = attempts.reduce((total, each) => total + (each.build?.minutes.high ?? each.minutes), 0)
  const many = (one: string, more: string) => `${attempts.length} ${attempts.length === 1 ? one : more}`
  return [
    {
      kind,
      key: month.key,
      stage: last.stage,
      action: last.action,
      count: attempts.length,
      minutes,
      amount: sum(attempts.map(each => attemptPrice(each, month, book))),
      executionId: last.executionId,
      sampleData: attempts.some(({ fact }) => fact.sample),
      ...(kind === 'repeatedBuild'
        ? {
            what: `${many('build', 'builds')} of a revision that this action had built before, under the same definition.`,
            next: 'Build once and hand the artifact on, or start only on changes.',
          }
        : {
            what: `${many('attempt', 'attempts')} failed after ${minutes} billed ${minutes === 1 ? 'minute' : 'minutes'}.`,
            next: 'Let what fails most and costs least go first: its last failure is linked.',
          }),
    },
  ]
}

/** Days without an execution after which a pipeline counts as forgotten. */
export const forgottenAfter = 60

/** A pipeline that nothing was executed in for long, with what keeping it costs a month. Pure. */
export function forgotten(month: PipelineMonth, last: string | undefined, now: number, book: PriceBook): Waste[] {
  const days = last === undefined ? forgottenAfter : Math.floor((now - Date.parse(last)) / 86_400_000)
  if (days < forgottenAfter) return []
  return [
    {
      kind: 'forgottenPipeline',
      key: month.key,
      count: days,
      minutes: 0,
      amount: priced(month.usage.storedGb, book.price('s3.storage', month.key.region)),
      what:
        last === undefined
          ? 'Nothing was executed in all of its known past.'
          : `Nothing was executed in it for ${days} days.`,
      next: 'Delete it with its artifacts, or say in a tag why it stays.',
      sampleData: false,
    },
  ]
}
