import { HistoryStrip } from '../../components/HistoryStrip.tsx'
import { Page } from '../../components/Page.tsx'
import { Select } from '../../components/Select.tsx'
import { Switch } from '../../components/Switch.tsx'
import { Tabs } from '../../components/Tabs.tsx'
import { useKnownPast } from '../../stores/history.ts'
import { useNow } from '../../stores/now.ts'
import { go } from '../../stores/route.ts'
import { useSampleData } from '../../stores/samples.ts'
import { CloudWatchPage } from './CloudWatchPage.tsx'
import { Compare } from './Compare.tsx'
import { Durations } from './Durations.tsx'
import { Flaky } from './Flaky.tsx'
import css from './InsightsScreen.module.css'
import { type InsightsView, insightsQuery, metricsQuery, parseInsights, spans } from './insightsQuery.ts'
import { Overview } from './Overview.tsx'
import { ScopeChoice } from './ScopeChoice.tsx'
import { Slower } from './Slower.tsx'
import type { PartProps } from './Told.tsx'
import { Why } from './Why.tsx'

const day = 86_400_000

/** How well it runs: every figure with its definition and what it was computed from. */
export function InsightsScreen({ query }: { query: string }) {
  // A window that is open over midnight goes on with the new day.
  const today = useNow(({ now }) => Math.floor(now / day) * day)
  const known = useKnownPast()
  const view = parseInsights(query)
  const sampleData = useSampleData(view.sampleData)
  const show = (change: Partial<InsightsView>) =>
    go({ screen: 'insights', query: insightsQuery({ ...view, ...change }) })
  const part: PartProps = { view, asked: metricsQuery(view, sampleData, today), known, show }
  return (
    <Page
      wide
      title="Insights"
      lead="How often, how fast and how safely changes reach production. Beside each number: how it is defined and what it was computed from."
    >
      <div className={css.toolbar}>
        <ScopeChoice scope={view.scope} onChange={scope => show({ scope })} />
        <Select
          name="Period"
          value={`${view.days}`}
          options={spans.map(span => ({ value: `${span}`, label: `Last ${span} days` }))}
          onChange={chosen => show({ days: spans.find(span => `${span}` === chosen) ?? view.days })}
        />
        <Switch
          label="Include sample data"
          about="Also count executions that the local cloud made up in simulated time. Each figure says how many they are."
          checked={sampleData}
          onChange={chosen => show({ sampleData: chosen })}
        />
      </div>
      {/* Figures are compared with the period before. */}
      <HistoryStrip needs={Math.min(view.days * 2, 365)} />
      <Tabs
        name="Parts of the insights"
        value={view.tab}
        onChange={tab => show({ tab })}
        items={[
          { value: 'overview', label: 'Overview', content: <Overview {...part} /> },
          { value: 'why', label: 'Why lead time changed', content: <Why {...part} /> },
          { value: 'durations', label: 'Durations', content: <Durations {...part} /> },
          { value: 'flaky', label: 'Flaky actions', content: <Flaky {...part} /> },
          { value: 'slower', label: 'Slower since', content: <Slower {...part} /> },
          { value: 'compare', label: 'Compare', content: <Compare {...part} /> },
          { value: 'cloudWatch', label: 'CloudWatch', content: <CloudWatchPage {...part} /> },
        ]}
      />
    </Page>
  )
}
