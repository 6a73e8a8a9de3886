import { Page } from '../../components/Page.tsx'

/** How well it runs. */
export function InsightsScreen({ query }: { query: string }) {
  return <Page title="Insights">{query}</Page>
}
