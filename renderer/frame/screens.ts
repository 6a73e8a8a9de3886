import {
  ChartNoAxesCombined,
  Cloud,
  Coins,
  type LucideIcon,
  Rows3,
  ScrollText,
  Settings2,
  UsersRound,
} from 'lucide-react'
import type { Route } from '../stores/routeHash.ts'

export interface ScreenLink {
  title: string
  route: Route
  icon: LucideIcon
}

/** The screens that there are, in the order of their keys (`Mod+1` …). */
export const screenLinks: readonly ScreenLink[] = [
  { title: 'Fleet', route: { screen: 'fleet', filter: '' }, icon: Rows3 },
  { title: 'Audit', route: { screen: 'audit', page: 'ledger', query: '' }, icon: ScrollText },
  { title: 'Insights', route: { screen: 'insights', query: '' }, icon: ChartNoAxesCombined },
  { title: 'Cost', route: { screen: 'cost', query: '' }, icon: Coins },
  { title: 'Local cloud', route: { screen: 'cloud' }, icon: Cloud },
  { title: 'Accounts', route: { screen: 'accounts' }, icon: UsersRound },
  { title: 'Settings', route: { screen: 'settings' }, icon: Settings2 },
]

/** Whether the link leads to where the window is: a pipeline belongs to the fleet. */
export const isCurrent = (link: ScreenLink, route: Route): boolean =>
  link.route.screen === (route.screen === 'pipeline' ? 'fleet' : route.screen)
