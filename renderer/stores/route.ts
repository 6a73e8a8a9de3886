import { create } from 'zustand'
import type { DeskPage } from '../rpc/deskPage.ts'
import { hashOf, parseHash, type Route } from './routeHash.ts'

/** Where the window is. The address is the truth: back, forward and deep links work by it. */
export const useRoute = create<{ route: Route }>(() => ({ route: parseHash(location.hash) }))

/** Goes somewhere; `replace` where it refines the same place and "back" should not return to each step. */
export function go(route: Route, { replace = false }: { replace?: boolean } = {}) {
  const hash = hashOf(route)
  if (hash === location.hash) return
  if (replace) history.replaceState(null, '', hash)
  else history.pushState(null, '', hash)
  useRoute.setState({ route })
}

/** Follows the address, and what the shell's menu and deep links ask for; returns the stop. */
export function followAddress(page: DeskPage = window): () => void {
  const read = () => useRoute.setState({ route: parseHash(page.location.hash) })
  page.addEventListener('hashchange', read)
  page.addEventListener('popstate', read)
  page.desk?.onShow(hash => go(parseHash(hash)))
  return () => {
    page.removeEventListener('hashchange', read)
    page.removeEventListener('popstate', read)
  }
}
