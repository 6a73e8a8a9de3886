import { Page } from '../../components/Page.tsx'

/** What it costs: an estimate, not the bill. */
export function CostScreen({ query }: { query: string }) {
  return <Page title="Cost">{query}</Page>
}
