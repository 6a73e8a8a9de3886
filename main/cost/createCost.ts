import type {
  AccountCost,
  CostQuery,
  Estimate,
  Month,
  PipelineCost,
  PipelineCostRow,
  Waste,
} from '../../preload/contract/cost.ts'
import type { Money } from '../../preload/contract/money.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Aws } from '../aws/aws.ts'
import type { Clock } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import type { LoadPast } from '../metrics/loadPast.ts'
import type { ReadBuilds } from '../metrics/readBuilds.ts'
import type { Pipelines } from '../pipelines/pipelines.ts'
import type { Store } from '../store/store.ts'
import { accountMonth } from './accountMonth.ts'
import { breakEven } from './breakEven.ts'
import type { Cost } from './cost.ts'
import { estimate } from './estimate.ts'
import { createExecutionCost } from './executionCost.ts'
import { createLoadMonths, type LoadedAccount, together } from './loadMonths.ts'
import { nothing, sum, times } from './money.ts'
import { elapsedShare, spanOfMonth } from './months.ts'
import { activeMonths, longAgo, type PipelineMonth } from './pipelineMonth.ts'
import type { PriceBook } from './priceBook.ts'
import { createPrices } from './prices.ts'
import { createProjectMachines } from './projectMachines.ts'
import { createSwitchReport } from './switchReport.ts'
import { asType, buildMinutes } from './usage.ts'
import { attemptPrice, forgotten, forgottenAfter, wasteOf } from './waste.ts'
import { whatIf } from './whatIf.ts'
import { whatIfBase } from './whatIfBase.ts'

export interface CostOptions {
  aws: Aws
  store: Store
  accounts: Accounts
  pipelines: Pipelines
  clock: Clock
  book: PriceBook
  /** Prices were told anew. */
  onPrices: () => void
  loadPast: LoadPast
  readBuilds: ReadBuilds
}

const trendMonths = 6
const mostWaste = 200

export function createCost(options: CostOptions): Cost {
  const { accounts, clock, book } = options
  const machines = createProjectMachines(options.aws.codeBuild)
  const load = createLoadMonths({ ...options, machines })

  const rowOf = (month: PipelineMonth, { total }: Estimate): PipelineCostRow => ({
    key: month.key,
    type: month.type,
    executions: month.executions.length,
    pipelineMinutes: month.usage.minutes.high,
    buildMinutes: buildMinutes(month.usage),
    total,
  })
  const trendOf = (loaded: LoadedAccount, of: (months: PipelineMonth[]) => { total: Money; executions: number }) =>
    loaded.months.map(month => ({ month, ...of(loaded.of(month)) }))
  const wholeAccount = (months: PipelineMonth[]) => ({
    total: accountMonth(months, book, clock.now()).estimate.total,
    executions: months.reduce((count, { executions }) => count + executions.length, 0),
  })

  const accountCost = (loaded: LoadedAccount, month: Month): AccountCost => {
    const of = accountMonth(loaded.of(month), book, clock.now())
    return {
      account: loaded.account,
      name: accounts.get(loaded.account)?.name ?? loaded.account,
      basis: loaded.basis,
      estimate: of.estimate,
      projected: of.projected.total.total,
      freeTiers: of.freeTiers,
      pipelines: of.pipelines
        .map(each => rowOf(each.month, each.estimate))
        .sort((a, b) => b.total.high - a.total.high || a.key.name.localeCompare(b.key.name)),
      months: trendOf(loaded, wholeAccount),
    }
  }

  /** What was wasted in the account, from its months loaded. */
  const wasteIn = (loaded: LoadedAccount, month: Month): Waste[] =>
    loaded
      .of(month)
      .flatMap((each, index) => {
        const past = loaded.loaded[index]
        if (!past) return []
        const last = past.past.executions.at(-1)?.startedAt
        const longKnown = clock.now() - past.knownSince >= forgottenAfter * 86_400_000
        return [
          ...wasteOf(each, past.past.executions, book),
          // What the desk has not read it can't call forgotten.
          ...(longKnown && past.leftOut.length === 0 ? forgotten(each, last, clock.now(), book) : []),
        ]
      })
      .sort((a, b) => b.amount.high - a.amount.high)

  const pipelineCost = (loaded: LoadedAccount, month: Month, index: number): PipelineCost | undefined => {
    const span = spanOfMonth(month)
    const elapsed = elapsedShare(span, clock.now())
    const months = loaded.of(month)
    const of = accountMonth(months, book, clock.now())
    const mine = of.pipelines[index]
    const past = loaded.loaded[index]
    const scaled = of.projected.pipelines[index]
    if (!mine || !past || !scaled) return undefined
    const { usage, executions, attempts, key } = mine.month
    const active = activeMonths(past.past.executions, executions, longAgo, span)
    const as = (type: 'V1' | 'V2') => estimate(asType(usage, type, active), undefined, book, []).total
    const count = executions.length
    return {
      row: rowOf(mine.month, mine.estimate),
      basis: loaded.basisAt(index),
      estimate: mine.estimate,
      projected: scaled.total,
      ...(count > 0 && { perExecution: times(mine.estimate.total, 1 / count) }),
      asV1: as('V1'),
      asV2: as('V2'),
      breakEven: breakEven(
        { executions: count / elapsed, minutes: usage.minutes.high / elapsed, active },
        book.price('codepipeline.v1.pipeline', key.region),
        book.price('codepipeline.v2.minute', key.region),
      ),
      actions: [...Map.groupBy(attempts, ({ fact }) => `${fact.stage}\n${fact.action}`).values()]
        .flatMap(group => {
          const [first] = group
          if (!first) return []
          const { stage, action } = first.fact
          const minutes = group.reduce((total, each) => total + each.minutes, 0)
          return [{ stage, action, minutes, amount: sum(group.map(each => attemptPrice(each, mine.month, book))) }]
        })
        .sort((a, b) => b.amount.high - a.amount.high),
      waste: wasteOf(mine.month, past.past.executions, book),
      months: trendOf(loaded, each => ({
        total: accountMonth(each, book, clock.now()).pipelines[index]?.estimate.total ?? nothing,
        executions: each[index]?.executions.length ?? 0,
      })),
      whatIf: whatIfBase(
        mine.month,
        months.flatMap((other, at) => (at === index ? [] : other.usage)),
        ((span.to - span.from) / 86_400_000) * elapsed,
      ),
    }
  }

  const loadAll = (query: CostQuery, count: number) =>
    Promise.all(accounts.snapshot().accounts.map(({ id }) => load(query, id, count)))

  return {
    async overview(query) {
      const all = await loadAll(query, trendMonths)
      const costs = all.map(loaded => accountCost(loaded, query.month))
      return {
        basis: together(
          costs.map(({ basis }) => basis),
          clock.now(),
        ),
        total: sum(costs.map(({ estimate: { total } }) => total)),
        projected: sum(costs.map(({ projected }) => projected)),
        accounts: costs,
        months: (costs[0]?.months ?? []).map(({ month }, index) => ({
          month,
          total: sum(costs.map(({ months }) => months[index]?.total ?? nothing)),
          executions: costs.reduce((count, { months }) => count + (months[index]?.executions ?? 0), 0),
        })),
        reasons: [...new Set(costs.flatMap(({ estimate: { reasons } }) => reasons))],
      }
    },
    async account({ account, ...query }) {
      if (!accounts.get(account)) throw unknown('AccountUnknown', `Account ${account} is not among yours.`, { account })
      return accountCost(await load(query, account, trendMonths), query.month)
    },
    async pipeline({ key, ...query }) {
      const loaded = await load(query, key.account, trendMonths)
      const index = loaded.loaded.findIndex(({ past }) => past.key.name === key.name && past.key.region === key.region)
      const cost = pipelineCost(loaded, query.month, index)
      if (cost) return cost
      const place = { account: key.account, region: key.region, pipeline: key.name }
      throw unknown('PipelineUnknown', `The desk knows no pipeline ${key.name} there.`, place)
    },
    execution: createExecutionCost({ ...options, machines }),
    switchTypes: createSwitchReport({ ...options, loadAll }),
    whatIf: ({ base, change }) => whatIf(base, change, book),
    async waste(query) {
      const all = await loadAll(query, 3)
      return all
        .flatMap(loaded => wasteIn(loaded, query.month))
        .sort((a, b) => b.amount.high - a.amount.high)
        .slice(0, mostWaste)
    },
    ...createPrices(options),
  }
}

const unknown = (code: string, message: string, place: { account?: string; region?: string; pipeline?: string }) =>
  new Failure({ code, message, place })
