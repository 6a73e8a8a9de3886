import { useState } from 'react'
import { HistoryStrip } from '../../components/HistoryStrip.tsx'
import { Page } from '../../components/Page.tsx'
import { Select } from '../../components/Select.tsx'
import { Switch } from '../../components/Switch.tsx'
import { Tabs } from '../../components/Tabs.tsx'
import { useHistory } from '../../stores/history.ts'
import { go } from '../../stores/route.ts'
import { CloudWatchPage } from './CloudWatchPage.tsx'
import { Compare } from './Compare.tsx'
import { Durations } from './Durations.tsx'
import { Flaky } from './Flaky.tsx'
import css from './InsightsScreen.module.css'
import { type InsightsView, insightsQuery, metricsQuery, parseInsights, type Span, spans } from './insightsQuery.ts'
import { Overview } from './Overview.tsx'
import { ScopeChoice } from './ScopeChoice.tsx'
import { Slower } from './Slower.tsx'
import { Why } from './Why.tsx'

/** How well it runs: every figure with its definition and what it was computed from. */
export function InsightsScreen({ query }: { query: string }) {
  const [now] = useState(Date.now)
  // What was read since changes every figure.
  const known = useHistory(({ progress }) => `${progress?.days} ${progress?.read} ${progress?.state}`)
  const view = parseInsights(query)
  const asked = metricsQuery(view, now)
  const show = (change: Partial<InsightsView>) =>
    go({ screen: 'insights', query: insightsQuery({ ...view, ...change }) }, { replace: change.tab === undefined })
  const page = { asked, known }
  return (
    <Page
      title="Insights"
      lead="How often, how fast and how safely changes reach production. Beside each number: how it is defined and what it was computed from."
    >
      <div className={css.toolbar}>
        <ScopeChoice scope={view.scope} onChange={scope => show({ scope })} />
        <Select
          name="Period"
          value={`${view.days}`}
          options={spans.map(span => ({ value: `${span}`, label: `Last ${span} days` }))}
          onChange={chosen => show({ days: spans.find(span => `${span}` === chosen) ?? (30 satisfies Span) })}
        />
        <Switch
          label="Include sample data"
          about="Also count executions that the local cloud made up in simulated time. Each figure says how many they are."
          checked={view.sampleData}
          onChange={sampleData => show({ sampleData })}
        />
      </div>
      <HistoryStrip />
      <Tabs
        name="Parts of the insights"
        value={view.tab}
        onChange={tab => show({ tab })}
        items={[
          { value: 'overview', label: 'Overview', content: <Overview {...page} /> },
          { value: 'why', label: 'Why lead time changed', content: <Why {...page} /> },
          { value: 'durations', label: 'Durations', content: <Durations {...page} /> },
          { value: 'flaky', label: 'Flaky actions', content: <Flaky {...page} /> },
          { value: 'slower', label: 'Slower since', content: <Slower {...page} /> },
          { value: 'compare', label: 'Compare', content: <Compare {...page} /> },
          { value: 'cloudWatch', label: 'CloudWatch', content: <CloudWatchPage {...page} /> },
        ]}
      />
    </Page>
  )
}
