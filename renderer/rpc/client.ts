import { createTRPCClient, createWSClient, type TRPCClient, wsLink } from '@trpc/client'
import type { AppRouter } from '../../main/router.ts'
import type { DeskPage } from './deskPage.ts'
import { portSocket, portsOf } from './portSocket.ts'

export type Rpc = TRPCClient<AppRouter>

/** Whether main can be heard: `lost` since when, and the client goes on trying. */
export type Connection = { state: 'connecting' } | { state: 'open' } | { state: 'lost'; since: number }

const longestPause = 5000

/** One protocol, two carriers: a MessagePort in Electron's page, a WebSocket to the page's own host anywhere else. */
function carrierOf(page: DeskPage) {
  const retryDelayMs = (attempt: number) => (attempt === 0 ? 0 : Math.min(250 * 2 ** attempt, longestPause))
  if (page.location.protocol === 'app:') {
    return { url: 'ws://port/trpc', WebSocket: portSocket(portsOf(page)), retryDelayMs }
  }
  const scheme = page.location.protocol === 'https:' ? 'wss' : 'ws'
  return { url: `${scheme}://${page.location.host}/trpc`, retryDelayMs, keepAlive: { enabled: true } }
}

/** Connects the page to main, and tells whenever the connection comes or goes. Subscriptions survive a reconnect. */
export function connect(page: DeskPage, onConnection: (connection: Connection) => void): Rpc {
  const client = createWSClient(carrierOf(page))
  let lostAt: number | undefined
  client.connectionState.subscribe({
    next: ({ state }) => {
      if (state === 'pending') {
        lostAt = undefined
        onConnection({ state: 'open' })
      } else if (client.connectionState.get().error) {
        lostAt ??= Date.now()
        onConnection({ state: 'lost', since: lostAt })
      } else onConnection({ state: 'connecting' })
    },
  })
  return createTRPCClient<AppRouter>({ links: [wsLink({ client })] })
}
