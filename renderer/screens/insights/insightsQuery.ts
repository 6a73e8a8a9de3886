import { type MetricsQuery, Scope } from '../../../preload/contract/metrics.ts'

export const insightTabs = ['overview', 'why', 'durations', 'flaky', 'slower', 'compare', 'cloudWatch'] as const
export type InsightTab = (typeof insightTabs)[number]
export const spans = [7, 14, 30, 90, 180] as const
export type Span = (typeof spans)[number]
/** Two weeks beside the two before: recent enough to act on, and there are as many weekends in both. */
const usual: Span = 14
export const comparisons = ['pipeline', 'application', 'account'] as const

/** What the Insights screen is about, as its address says. */
export interface InsightsView {
  scope: Scope
  /** Days back from now. */
  days: Span
  /** Absent: as `useSampleData` finds right. */
  sampleData?: boolean
  tab: InsightTab
  /** Of Compare: what is compared. */
  by: (typeof comparisons)[number]
  /** Of Durations: `stage` or `stage/action`; the whole execution where absent. */
  series?: string
}

function scopeOf(search: URLSearchParams): Scope {
  const pipeline = search.get('pipeline')
  if (pipeline !== null) {
    const [account, region, name] = pipeline.split('/')
    const found = Scope.safeParse({ kind: 'pipeline', key: { account, region, name } })
    if (found.success) return found.data
  }
  for (const scope of [
    { kind: 'account', account: search.get('account') },
    { kind: 'application', application: search.get('application') },
  ]) {
    const found = Scope.safeParse(scope)
    if (found.success) return found.data
  }
  return { kind: 'all' }
}

function scopeQuery(scope: Scope): Record<string, string> {
  switch (scope.kind) {
    case 'all':
      return {}
    case 'account':
      return { account: scope.account }
    case 'application':
      return { application: scope.application }
    case 'pipeline':
      return { pipeline: `${scope.key.account}/${scope.key.region}/${scope.key.name}` }
  }
}

/** Reads the address; what does not fit is as if it were not there. */
export function parseInsights(query: string): InsightsView {
  const search = new URLSearchParams(query)
  const samples = search.get('samples')
  const series = search.get('series')
  return {
    scope: scopeOf(search),
    days: spans.find(span => `${span}` === search.get('days')) ?? usual,
    ...((samples === '0' || samples === '1') && { sampleData: samples === '1' }),
    tab: insightTabs.find(tab => tab === search.get('tab')) ?? 'overview',
    by: comparisons.find(by => by === search.get('by')) ?? 'pipeline',
    ...(series && { series }),
  }
}

/** The address's query; `parseInsights` reads it back. */
export function insightsQuery({ scope, days, sampleData, tab, by, series }: InsightsView): string {
  return `${new URLSearchParams({
    ...scopeQuery(scope),
    ...(days !== usual && { days: `${days}` }),
    ...(sampleData !== undefined && { samples: sampleData ? '1' : '0' }),
    ...(tab !== 'overview' && { tab }),
    ...(by !== 'pipeline' && { by }),
    ...(series && { series }),
  })}`
}

const day = 86_400_000

/** The question that main is asked: whole days up to the end of today (UTC), in days or, from two months on, in weeks. */
export function metricsQuery({ scope, days }: InsightsView, sampleData: boolean, now: number): MetricsQuery {
  const to = Math.floor(now / day) * day + day
  return {
    scope,
    period: { from: new Date(to - days * day).toISOString(), to: new Date(to).toISOString() },
    bucket: days > 60 ? 'week' : 'day',
    sampleData,
  }
}
