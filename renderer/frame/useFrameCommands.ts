import { lastFour } from '../format/ids.ts'
import { useAccounts } from '../stores/accounts.ts'
import { type Command, useCommands } from '../stores/commands.ts'
import { go } from '../stores/route.ts'
import type { Route } from '../stores/routeHash.ts'
import { changeSettings } from '../stores/settings.ts'
import { showHelp, showPalette } from './overlay.ts'
import { screenLinks } from './screens.ts'

const set = (id: string, title: string, change: Parameters<typeof changeSettings>[0]): Command => ({
  id,
  title,
  group: 'Settings',
  run: () => void changeSettings(change),
})

const answer = (id: string, title: string, route: Route): Command => ({
  id: `answer-${id}`,
  title,
  group: 'Answers',
  run: () => go(route),
})

/** Questions that people come with, each with the page that answers it. */
const answers: readonly Command[] = [
  answer('approval', 'Audit: who removed an approval', {
    screen: 'audit',
    page: 'ledger',
    query: 'q=removed+approval',
  }),
  answer('alarms', 'Audit: alarms of gates, roles and sources', { screen: 'audit', page: 'alarms', query: '' }),
  answer('duties', 'Audit: who approved their own change', { screen: 'audit', page: 'duties', query: '' }),
  answer('lead-time', 'Insights: why lead time changed', { screen: 'insights', query: 'tab=why' }),
  answer('slower', 'Insights: what became slower', { screen: 'insights', query: 'tab=slower' }),
  answer('flaky', 'Insights: flaky actions', { screen: 'insights', query: 'tab=flaky' }),
  answer('v1-or-v2', 'Cost: V1 or V2, what V2 would save', { screen: 'cost', query: 'tab=switch' }),
  answer('waste', 'Cost: what is wasted', { screen: 'cost', query: 'tab=waste' }),
]

const settings: readonly Command[] = [
  set('theme-system', 'Theme: as the system', { theme: 'system' }),
  set('theme-light', 'Theme: light', { theme: 'light' }),
  set('theme-dark', 'Theme: dark', { theme: 'dark' }),
  set('density-tiles', 'Density: tiles', { density: 'tiles' }),
  set('density-rows', 'Density: rows', { density: 'rows' }),
  set('density-lines', 'Density: lines', { density: 'lines' }),
]

/** What can be done wherever one is. */
export function useFrameCommands() {
  const accounts = useAccounts(state => state.accounts)
  useCommands([
    {
      id: 'palette',
      title: 'Search or run a command',
      group: 'Everywhere',
      keys: 'Mod+K',
      keyOnly: true,
      run: showPalette,
    },
    { id: 'help', title: 'Show the keys', group: 'Everywhere', keys: '?', run: showHelp },
    ...screenLinks.map(
      ({ title, route }, index): Command => ({
        id: `screen-${route.screen}`,
        title: `Go to ${title}`,
        group: 'Everywhere',
        keys: `Mod+${index + 1}`,
        run: () => go(route),
      }),
    ),
    ...answers,
    ...accounts.map(
      ({ id, name }): Command => ({
        id: `account-${id}`,
        title: `Show ${name} (${lastFour(id)}) alone`,
        group: 'Accounts',
        run: () => go({ screen: 'fleet', filter: `acct:${id}` }),
      }),
    ),
    ...settings,
  ])
}
