import { HistoryStrip } from '../../components/HistoryStrip.tsx'
import { Page } from '../../components/Page.tsx'
import { Switch } from '../../components/Switch.tsx'
import { Tabs } from '../../components/Tabs.tsx'
import { useKnownPast } from '../../stores/history.ts'
import { useNow } from '../../stores/now.ts'
import { go } from '../../stores/route.ts'
import { useSampleData } from '../../stores/samples.ts'
import css from './CostScreen.module.css'
import { type CostView, costQuery, monthOf, parseCost } from './costQuery.ts'
import { MonthChoice } from './MonthChoice.tsx'
import { Overview } from './Overview.tsx'
import { PipelineCostPage } from './PipelineCostPage.tsx'
import { Prices } from './Prices.tsx'
import { Switching } from './Switching.tsx'
import { WasteList } from './WasteList.tsx'

const day = 86_400_000
/** A quarter: this month and what it is compared with. */
const usual = 90

/** What each part of the screen is given. */
export interface CostPartProps {
  view: CostView
  /** The question: a month, with or without sample data. */
  month: string
  sampleData: boolean
  /** Asks again when it changes. */
  known: string
}

/** What it costs: an estimate with its range, never the bill. */
export function CostScreen({ query }: { query: string }) {
  // A window that is open over midnight goes on with the new day.
  const today = useNow(({ now }) => Math.floor(now / day) * day)
  const known = useKnownPast()
  const view = parseCost(query, today)
  const { month } = view
  const sampleData = useSampleData(view.sampleData)
  const show = (change: Partial<CostView>) => go({ screen: 'cost', query: costQuery({ ...view, ...change }) })
  const part: CostPartProps = { view, month, sampleData, known }
  const daysBack = Math.ceil((today + day - Date.parse(`${month}-01T00:00:00Z`)) / day)
  return (
    <Page
      wide
      title="Cost"
      lead="What the executions would cost by AWS’s published prices: an estimate, not the bill. Each amount is as wide as what is not known."
    >
      <div className={css.toolbar}>
        <MonthChoice month={month} latest={monthOf(today)} onChange={chosen => show({ month: chosen })} />
        <Switch
          label="Include sample data"
          about="Also count executions that the local cloud made up in simulated time. Each figure says how many they are."
          checked={sampleData}
          onChange={chosen => show({ sampleData: chosen })}
        />
      </div>
      <HistoryStrip needs={Math.min(Math.max(daysBack, usual), 365)} />
      {view.pipeline ? (
        <PipelineCostPage {...part} pipeline={view.pipeline} />
      ) : (
        <Tabs
          name="Parts of the cost"
          value={view.tab}
          onChange={tab => show({ tab })}
          items={[
            { value: 'pipelines', label: 'Accounts and pipelines', content: <Overview {...part} /> },
            { value: 'switch', label: 'V1 or V2', content: <Switching {...part} /> },
            { value: 'waste', label: 'Waste', content: <WasteList {...part} /> },
            { value: 'prices', label: 'Prices', content: <Prices /> },
          ]}
        />
      )}
    </Page>
  )
}
