import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { useEffect } from 'react'
import type { Account } from '../../preload/contract/accounts.ts'
import { TipHost } from '../components/TipHost.tsx'
import { parseFilter } from '../screens/fleet/filter/parse.ts'
import { useAccounts } from '../stores/accounts.ts'
import { useConnection } from '../stores/connection.ts'
import { useRoute } from '../stores/route.ts'
import type { Route } from '../stores/routeHash.ts'
import css from './App.module.css'
import { Banners } from './Banners.tsx'
import { HelpSheet } from './HelpSheet.tsx'
import { Palette } from './Palette.tsx'
import { Rail } from './Rail.tsx'
import { Screen } from './Screen.tsx'
import { StatusLine } from './StatusLine.tsx'
import { Strip } from './Strip.tsx'
import { useFrameCommands } from './useFrameCommands.ts'

/** The window: rail, strip, banners, the screen, the status line, and what may lie over them. */
export function App() {
  useFrameCommands()
  useWindowTitle()
  const account = useAccountOfWindow()
  const lost = useConnection(({ state }) => state === 'lost')
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={350}>
        <div
          className={css.frame}
          data-env={account?.environment}
          data-band={account?.band}
          data-lost={lost || undefined}
        >
          <Rail />
          <Strip />
          <Banners />
          <Screen />
          <StatusLine />
        </div>
        <Palette />
        <HelpSheet />
        <TipHost />
      </Tooltip.Provider>
    </CSPProvider>
  )
}

/** The one account that the window is about: of the pipeline that is open, or that the fleet is filtered to. */
function accountOf(route: Route): string | undefined {
  if (route.screen === 'pipeline') return route.key.account
  if (route.screen !== 'fleet') return undefined
  const [term, ...more] = parseFilter(route.filter).terms.filter(({ key }) => key === 'acct')
  const one = more.length === 0 && term?.negated === false && term.values.length === 1
  return one ? term.values[0] : undefined
}

/** Its colour is shown as a band on the window's frame. */
function useAccountOfWindow(): Account | undefined {
  const account = useRoute(({ route }) => accountOf(route))
  return useAccounts(({ accounts }) => accounts.find(({ id, name }) => id === account || name === account))
}

function useWindowTitle() {
  const title = useRoute(({ route }) => {
    switch (route.screen) {
      case 'fleet':
        return 'Fleet'
      case 'pipeline':
        return route.key.name
      case 'audit':
        return 'Audit'
      case 'insights':
        return 'Insights'
      case 'cost':
        return 'Cost'
      case 'cloud':
        return 'Local cloud'
      case 'accounts':
        return 'Accounts'
      case 'settings':
        return 'Settings'
      case 'unknown':
        return 'Not found'
    }
  })
  useEffect(() => {
    document.title = `${title} · CloudPipelines`
  }, [title])
}
