import { lazy, Suspense } from 'react'
import { ErrorBoundary } from '../components/ErrorBoundary.tsx'
import { Page } from '../components/Page.tsx'
import { AccountsScreen } from '../screens/accounts/AccountsScreen.tsx'
import { CloudScreen } from '../screens/cloud/CloudScreen.tsx'
import { FleetScreen } from '../screens/fleet/FleetScreen.tsx'
import { SettingsScreen } from '../screens/settings/SettingsScreen.tsx'
import { useRoute } from '../stores/route.ts'
import { hashOf, type Route } from '../stores/routeHash.ts'
import css from './Screen.module.css'

// The graph library is the renderer's largest part, and the fleet is what is shown first.
const PipelineScreen = lazy(async () => {
  const { PipelineScreen } = await import('../screens/pipeline/PipelineScreen.tsx')
  return { default: PipelineScreen }
})

const AuditScreen = lazy(async () => {
  const { AuditScreen } = await import('../screens/audit/AuditScreen.tsx')
  return { default: AuditScreen }
})
const InsightsScreen = lazy(async () => {
  const { InsightsScreen } = await import('../screens/insights/InsightsScreen.tsx')
  return { default: InsightsScreen }
})
const CostScreen = lazy(async () => {
  const { CostScreen } = await import('../screens/cost/CostScreen.tsx')
  return { default: CostScreen }
})

/** The screen that the address names. */
export function Screen() {
  const route = useRoute(state => state.route)
  return (
    <main className={css.screen}>
      <ErrorBoundary what="this screen" resetOn={hashOf(route)}>
        <Suspense fallback={null}>
          <Of route={route} />
        </Suspense>
      </ErrorBoundary>
    </main>
  )
}

function Of({ route }: { route: Route }) {
  switch (route.screen) {
    case 'fleet':
      return <FleetScreen filter={route.filter} />
    case 'pipeline':
      return <PipelineScreen target={route.key} of={route.of} />
    case 'audit':
      return <AuditScreen page={route.page} of={route.key} query={route.query} />
    case 'insights':
      return <InsightsScreen query={route.query} />
    case 'cost':
      return <CostScreen query={route.query} />
    case 'cloud':
      return <CloudScreen />
    case 'accounts':
      return <AccountsScreen />
    case 'settings':
      return <SettingsScreen />
    case 'unknown':
      return (
        <Page title="There is nothing at this address.">
          <p className="mono">{route.hash}</p>
          <p>
            <a href={hashOf({ screen: 'fleet', filter: '' })}>Go to the fleet</a>
          </p>
        </Page>
      )
  }
}
