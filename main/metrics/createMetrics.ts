import type { Price } from '../../preload/contract/cost.ts'
import type { Basis, CompareQuery, Comparison, MetricsQuery, Scope } from '../../preload/contract/metrics.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Aws } from '../aws/aws.ts'
import type { Clock } from '../base/clock.ts'
import type { Pipelines } from '../pipelines/pipelines.ts'
import type { Store } from '../store/store.ts'
import { applicationOf, applicationsOf } from './applications.ts'
import { createCloudWatchSeries } from './cloudWatchSeries.ts'
import { productionPast } from './deployments.ts'
import { doraOf } from './dora.ts'
import { durationsOf } from './durations.ts'
import { explainLeadTime } from './explain.ts'
import { flakyActions } from './flaky.ts'
import { createHistory } from './history.ts'
import type { LoadedPast, LoadPast } from './loadPast.ts'
import type { Metrics } from './metrics.ts'
import { isWithin, type Span, spanBefore } from './past.ts'
import type { ReadBuilds } from './readBuilds.ts'
import { regressionsOf } from './regressions.ts'
import { timeSpent } from './timeSpent.ts'
import { trendOf } from './trend.ts'

export interface MetricsOptions {
  aws: Aws
  store: Store
  accounts: Accounts
  pipelines: Pipelines
  clock: Clock
  loadPast: LoadPast
  readBuilds: ReadBuilds
  /** What something costs in a region, by the price book. */
  priceOf: (id: string, region: string) => Price
}

const mostFlaky = 100

export function createMetrics(options: MetricsOptions): Metrics {
  const { store, accounts, pipelines, clock, loadPast } = options
  const history = createHistory(options)
  const fleet = () => [...pipelines.fleet().values()].map(({ key }) => ({ key, tags: store.history.mark(key).tags }))

  const keysOf = (scope: Scope): PipelineKey[] => {
    switch (scope.kind) {
      case 'pipeline':
        return [scope.key]
      case 'account':
        return fleet().flatMap(({ key }) => (key.account === scope.account ? key : []))
      case 'application':
        return fleet().flatMap(({ key, tags }) => (applicationOf(key, tags).name === scope.application ? key : []))
      case 'all':
        return fleet().map(({ key }) => key)
    }
  }
  const spanOf = ({ period }: Pick<MetricsQuery, 'period'>): Span => ({
    from: Date.parse(period.from),
    to: Date.parse(period.to),
  })
  /** Also the span before, which figures are compared with. */
  const load = ({ scope, period, sampleData }: Pick<MetricsQuery, 'scope' | 'period' | 'sampleData'>) => {
    const span = spanOf({ period })
    return loadPast(keysOf(scope), { from: spanBefore(span).from, to: span.to }, sampleData)
  }
  const executionsIn = (loaded: readonly LoadedPast[], span: Span) =>
    loaded.flatMap(({ past }) => past.executions.filter(({ startedAt }) => isWithin(span, Date.parse(startedAt))))
  const basisOf = (loaded: readonly LoadedPast[], span: Span): Basis => {
    const executions = executionsIn(loaded, span)
    return {
      asOf: new Date(clock.now()).toISOString(),
      pipelines: loaded.length,
      executions: executions.length,
      sampleExecutions: executions.filter(({ sample }) => sample).length,
      leftOut: loaded.flatMap(({ leftOut }) => leftOut.filter(at => isWithin(span, at))).length,
      incomplete: loaded.flatMap(({ past, knownSince }) => (knownSince <= span.from ? [] : past.key)),
    }
  }
  const nameOf = (key: PipelineKey, by: CompareQuery['by']): { scope: Scope; name: string } => {
    switch (by) {
      case 'pipeline':
        return { scope: { kind: 'pipeline', key }, name: key.name }
      case 'application': {
        const { name: application } = applicationOf(key, store.history.mark(key).tags)
        return { scope: { kind: 'application', application }, name: application }
      }
      case 'account':
        return {
          scope: { kind: 'account', account: key.account },
          name: accounts.get(key.account)?.name ?? key.account,
        }
    }
  }

  return {
    history,
    applications: () => applicationsOf(fleet()),
    async report(query) {
      const span = spanOf(query)
      const loaded = await load(query)
      const pasts = loaded.map(({ past }) => past)
      const productions = pasts.map(productionPast)
      const executions = executionsIn(loaded, span)
      const ended = (...states: string[]) => executions.filter(({ state }) => states.includes(state)).length
      const outcomes = {
        succeeded: ended('succeeded'),
        failed: ended('failed'),
        stopped: ended('stopped'),
        superseded: ended('superseded'),
      }
      const told = outcomes.succeeded + outcomes.failed + outcomes.stopped + outcomes.superseded
      return {
        basis: basisOf(loaded, span),
        dora: doraOf(productions, span),
        trend: trendOf(productions, executions, span, query.bucket),
        time: timeSpent(pasts, span),
        outcomes: { ...outcomes, other: executions.length - told },
        production: productions.map(({ key, production: { stage, rule } }) => ({
          key,
          rule,
          ...(stage !== undefined && { stage }),
        })),
      }
    },
    async compare(query) {
      const span = spanOf(query)
      const groups = Map.groupBy(await load(query), ({ past }) => JSON.stringify(nameOf(past.key, query.by)))
      return [...groups.values()]
        .flatMap((loaded): Comparison[] => {
          const [first] = loaded
          if (!first) return []
          const pasts = loaded.map(({ past }) => past)
          return [
            {
              ...nameOf(first.past.key, query.by),
              basis: basisOf(loaded, span),
              dora: doraOf(pasts.map(productionPast), span),
              time: timeSpent(pasts, span),
            },
          ]
        })
        .sort((a, b) => a.name.localeCompare(b.name))
    },
    async durations(query) {
      const span = spanOf(query)
      const loaded = await load({ ...query, scope: { kind: 'pipeline', key: query.key } })
      return {
        basis: basisOf(loaded, span),
        series: loaded.flatMap(({ past }) => durationsOf(past, span, query.bucket)),
      }
    },
    async flaky(query) {
      const loaded = await load(query)
      return loaded
        .flatMap(({ past }) => flakyActions(past, spanOf(query)))
        .sort((a, b) => b.flakes - a.flakes || b.lostMs - a.lostMs)
        .slice(0, mostFlaky)
    },
    async regressions(query) {
      const loaded = await load(query)
      return loaded
        .flatMap(({ past }) => regressionsOf(past, spanOf(query)))
        .sort((a, b) => b.afterMs - b.beforeMs - (a.afterMs - a.beforeMs))
    },
    async explain(query) {
      const span = spanOf(query)
      const loaded = await load(query)
      const pasts = loaded.map(({ past }) => past)
      return {
        basis: basisOf(loaded, span),
        ...explainLeadTime(pasts.map(productionPast), span),
        regressions: pasts.flatMap(past => regressionsOf(past, span)),
      }
    },
    ...createCloudWatchSeries({ ...options, keysOf }),
    start: () => history.start(),
    stop: () => history.stop(),
  }
}
