import type { ExecutionCost } from '../../preload/contract/cost.ts'
import type { ActionDetail, ExecutionSummary, PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Aws } from '../aws/aws.ts'
import type { Clock } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import type { LoadPast } from '../metrics/loadPast.ts'
import type { ReadBuilds } from '../metrics/readBuilds.ts'
import type { Pipelines } from '../pipelines/pipelines.ts'
import type { Store } from '../store/store.ts'
import { machineDoubts } from './attemptUsage.ts'
import { estimate } from './estimate.ts'
import { spanOfMonth } from './months.ts'
import { attemptsOf } from './pipelineMonth.ts'
import type { PriceBook } from './priceBook.ts'
import type { ProjectMachines } from './projectMachines.ts'
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
  readBuilds: ReadBuilds
  machines: ProjectMachines
}

const underway = new Set(['running', 'waiting'])

/** What one execution costs, action by action. */
export function createExecutionCost(options: ExecutionCostOptions) {
  const { aws, store, accounts, pipelines, clock, book, loadPast, readBuilds, machines } = options
  /** How an execution looked when its actions were asked for: they are not asked for again until it looks otherwise. */
  const asked = new Map<string, string>()
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
    const ask = { priority: 'open' } as const
    if (asked.get(executionId) !== execution.updatedAt || underway.has(execution.state)) {
      if (isBehind(execution, store.actionExecutions.ofExecution(key, executionId))) {
        store.actionExecutions.absorb(await aws.codePipeline.actions(key, executionId, ask))
      }
      asked.set(executionId, execution.updatedAt)
    }
    const from = Date.parse(execution.startedAt)
    const month = spanOfMonth(execution.startedAt.slice(0, 7))
    const span = { from: Math.min(from, month.from), to: clock.now() + 1 }
    const attemptsNow = store.history.actions(key, execution.startedAt, new Date(span.to).toISOString())
    // Without its builds an execution is priced as a range.
    await readBuilds(
      key,
      attemptsNow.filter(each => each.executionId === executionId),
      ask,
    ).catch(() => undefined)
    const [loaded] = await loadPast([key], span, true)
    const facts = loaded?.past.actions.get(executionId) ?? []
    const attempts = loaded ? attemptsOf(loaded.past, facts, await machines([loaded.past])) : []
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
        ...machineDoubts(attempts),
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

/** What is known of its actions is older than what is known of it. */
function isBehind(execution: ExecutionSummary, known: readonly ActionDetail[]): boolean {
  const newest = known
    .map(({ updatedAt }) => updatedAt)
    .sort()
    .at(-1)
  return newest === undefined || newest < execution.updatedAt || known.some(({ state }) => underway.has(state))
}
