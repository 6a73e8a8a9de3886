import type { ExecutionCost } from '../../preload/contract/cost.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Aws } from '../aws/aws.ts'
import type { Clock } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import type { LoadPast } from '../metrics/loadPast.ts'
import type { Pipelines } from '../pipelines/pipelines.ts'
import type { Store } from '../store/store.ts'
import { estimate } from './estimate.ts'
import { spanOfMonth } from './months.ts'
import { attemptsOf, projectsOf } from './pipelineMonth.ts'
import type { PriceBook } from './priceBook.ts'
import { usageOf } from './usage.ts'
import { attemptPrice } from './waste.ts'

export interface ExecutionCostOptions {
  aws: Aws
  store: Store
  accounts: Accounts
  pipelines: Pipelines
  clock: Clock
  book: PriceBook
  loadPast: LoadPast
}

const underway = new Set(['running', 'waiting'])

/** What one execution costs, action by action. */
export function createExecutionCost({ aws, store, accounts, pipelines, clock, book, loadPast }: ExecutionCostOptions) {
  return async (key: PipelineKey, executionId: string): Promise<ExecutionCost> => {
    const execution = store.executions.get(key, executionId)
    const row = pipelines.fleet().get(`${key.account}/${key.region}/${key.name}`)
    if (!execution || !row) {
      throw new Failure({
        code: 'ExecutionUnknown',
        message: `The desk knows no execution ${executionId} of ${key.name}.`,
        place: { account: key.account, region: key.region, pipeline: key.name },
        next: 'Read the history of its time in Insights.',
      })
    }
    if (store.actionExecutions.ofExecution(key, executionId).length === 0) {
      store.actionExecutions.absorb(await aws.codePipeline.actions(key, executionId, { priority: 'open' }))
    }
    const from = Date.parse(execution.startedAt)
    const month = spanOfMonth(execution.startedAt.slice(0, 7))
    const [loaded] = await loadPast([key], { from: Math.min(from, month.from), to: clock.now() + 1 }, true)
    const facts = loaded?.past.actions.get(executionId) ?? []
    const attempts = loaded ? attemptsOf(loaded.past, facts, projectsOf(loaded.past.builds.values())) : []
    const inMonth = (loaded?.past.executions ?? []).filter(
      ({ startedAt }) => startedAt.slice(0, 7) === execution.startedAt.slice(0, 7),
    ).length
    const used = usageOf(attempts, key.region, row.type)
    const usage = row.type === 'V1' ? { ...used, activeMonths: { low: 0, high: 1 / Math.max(inMonth, 1) } } : used
    return {
      key,
      executionId,
      type: row.type,
      estimate: estimate(usage, undefined, book, [
        'Before the account’s free tiers, which belong to no one execution.',
        ...(row.type === 'V1'
          ? ['V1 is billed by the month: nothing for one more execution, or its part of the month’s.']
          : []),
        ...(attempts.some(({ build }) => build && build.compute === undefined)
          ? ['CodeBuild did not tell the compute type of some builds: anything from small to 2xlarge.']
          : []),
      ]),
      actions: attempts.map(attempt => ({
        actionExecutionId: attempt.fact.id,
        stage: attempt.fact.stage,
        action: attempt.fact.action,
        minutes: attempt.minutes,
        amount: attemptPrice(attempt, { key, type: row.type }, book),
        ...(attempt.exempt !== undefined && { exempt: attempt.exempt }),
        ...(attempt.build && {
          build: {
            minutes: attempt.build.minutes,
            ...(attempt.build.compute && { compute: attempt.build.compute }),
          },
        }),
      })),
      complete: !underway.has(execution.state) && attempts.length > 0,
      sampleData: execution.sample,
      localCloud: accounts.get(key.account)?.source.kind === 'localCloud',
    }
  }
}
