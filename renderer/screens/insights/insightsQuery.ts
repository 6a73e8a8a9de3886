import { type MetricsQuery, Scope } from '../../../preload/contract/metrics.ts'

export const insightTabs = ['overview', 'why', 'durations', 'flaky', 'slower', 'compare', 'cloudWatch'] as const
export type InsightTab = (typeof insightTabs)[number]
export const spans = [7, 30, 90, 180, 365] as const
export type Span = (typeof spans)[number]

/** What the Insights screen is about, as its address says. */
export interface InsightsView {
  scope: Scope
  /** Days back from now. */
  days: Span
  sampleData: boolean
  tab: InsightTab
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
  return {
    scope: scopeOf(search),
    days: spans.find(span => `${span}` === search.get('days')) ?? 30,
    sampleData: search.get('samples') === '1',
    tab: insightTabs.find(tab => tab === search.get('tab')) ?? 'overview',
  }
}

/** The address's query; `parseInsights` reads it back. */
export function insightsQuery({ scope, days, sampleData, tab }: InsightsView): string {
  return `${new URLSearchParams({
    ...scopeQuery(scope),
    ...(days !== 30 && { days: `${days}` }),
    ...(sampleData && { samples: '1' }),
    ...(tab !== 'overview' && { tab }),
  })}`
}

const day = 86_400_000

/** The question that main is asked: whole days up to the end of today (UTC), in days or, from two months on, in weeks. */
export function metricsQuery({ scope, days, sampleData }: InsightsView, now: number): MetricsQuery {
  const to = Math.floor(now / day) * day + day
  return {
    scope,
    period: { from: new Date(to - days * day).toISOString(), to: new Date(to).toISOString() },
    bucket: days > 60 ? 'week' : 'day',
    sampleData,
  }
}
