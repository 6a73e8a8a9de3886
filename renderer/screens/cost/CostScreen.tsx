import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../components/Button.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import { HistoryStrip } from '../../components/HistoryStrip.tsx'
import { Page } from '../../components/Page.tsx'
import { Switch } from '../../components/Switch.tsx'
import { Tabs } from '../../components/Tabs.tsx'
import { rpc } from '../../rpc/rpc.ts'
import { useAsked } from '../../rpc/useAsked.ts'
import { useHistory } from '../../stores/history.ts'
import { go } from '../../stores/route.ts'
import css from './CostScreen.module.css'
import { type CostView, costQuery, monthOf, monthsFrom, parseCost } from './costQuery.ts'
import { Overview } from './Overview.tsx'
import { PipelineCostPage } from './PipelineCostPage.tsx'
import { Prices } from './Prices.tsx'
import { Switching } from './Switching.tsx'
import { WasteList } from './WasteList.tsx'

/** What it costs: an estimate with its range, never the bill. */
export function CostScreen({ query }: { query: string }) {
  const [now] = useState(Date.now)
  const view = parseCost(query, now)
  const show = (change: Partial<CostView>) =>
    go({ screen: 'cost', query: costQuery({ ...view, ...change }) }, { replace: change.pipeline === undefined })
  return (
    <Page
      title="Cost"
      lead="What the executions would cost by AWS’s published prices: an estimate, not the bill. Each amount is as wide as what is not known."
    >
      <div className={css.toolbar}>
        <MonthChoice month={view.month} latest={monthOf(now)} onChange={month => show({ month })} />
        <Switch
          label="Include sample data"
          about="Also count executions that the local cloud made up in simulated time. Each figure says how many they are."
          checked={view.sampleData}
          onChange={sampleData => show({ sampleData })}
        />
      </div>
      <HistoryStrip />
      {view.pipeline ? (
        <PipelineCostPage view={view} pipeline={view.pipeline} />
      ) : (
        <Pages view={view} onTab={tab => show({ tab })} />
      )}
    </Page>
  )
}

function Pages({ view, onTab }: { view: CostView; onTab: (tab: CostView['tab']) => void }) {
  // What was read since changes every figure; an answer is asked for again when more is known.
  const known = useHistory(({ progress }) => `${progress?.days} ${progress?.read} ${progress?.state}`)
  const { month, sampleData } = view
  const asked = useAsked(`cost ${month} ${sampleData}`, `${month} ${sampleData} ${known}`, () =>
    rpc.cost.overview.query({ month, sampleData }),
  )
  return (
    <>
      {asked.state === 'failed' && <FailureNotice failure={asked.failure} />}
      <Tabs
        name="Parts of the cost"
        value={view.tab}
        onChange={onTab}
        items={[
          {
            value: 'pipelines',
            label: 'Accounts and pipelines',
            content: <Overview overview={asked.value} view={view} />,
          },
          { value: 'switch', label: 'V1 or V2', content: <Switching view={view} known={known} /> },
          { value: 'waste', label: 'Waste', content: <WasteList view={view} known={known} /> },
          { value: 'prices', label: 'Prices', content: <Prices /> },
        ]}
      />
    </>
  )
}

function MonthChoice({
  month,
  latest,
  onChange,
}: {
  month: string
  latest: string
  onChange: (month: string) => void
}) {
  const name = new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en-GB', {
    timeZone: 'UTC',
    month: 'long',
    year: 'numeric',
  })
  return (
    <fieldset className={css.month}>
      <legend className="unseen">Month</legend>
      <IconButton label="The month before" onClick={() => onChange(monthsFrom(month, -1))}>
        <ChevronLeft size={14} aria-hidden />
      </IconButton>
      <output className={css.monthName}>{name}, UTC</output>
      <IconButton
        label="The month after"
        disabledBecause={month >= latest ? 'This month is the latest' : undefined}
        onClick={() => onChange(monthsFrom(month, 1))}
      >
        <ChevronRight size={14} aria-hidden />
      </IconButton>
    </fieldset>
  )
}
