import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { AnyRouter } from '@trpc/server'
import { applyWSSHandler } from '@trpc/server/adapters/ws'
import { WebSocketServer } from 'ws'
import { type Clock, type Millis, systemClock } from '../base/clock.ts'
import { securityHeaders } from './contentSecurity.ts'
import { maxFrame } from './frames.ts'
import { createLaunchTokens, type LaunchTokens } from './launchTokens.ts'
import { staticFile } from './staticFiles.ts'

export interface LoopbackServer {
  port: number
  origin: string
  /** An address that opens the desk once, within `ttl` ms. */
  launchUrl(ttl: Millis): string
  stop(): Promise<void>
}

export interface LoopbackOptions {
  router: AnyRouter
  /** Directory of the built renderer. */
  renderer: string
  port: number
  clock?: Clock
  onError(error: unknown): void
}

/** Cookies know no ports: the name holds it, so that two desks do not sign each other out. */
const cookieName = (own: { host: string }) => `cloudpipelines_${own.host.split(':')[1]}`

function sessionOf(request: IncomingMessage, own: { host: string }): string | undefined {
  const prefix = `${cookieName(own)}=`
  return request.headers.cookie
    ?.split(';')
    .map(part => part.trim())
    .find(part => part.startsWith(prefix))
    ?.slice(prefix.length)
}

/** Why a request is turned away, as status and sentence; undefined lets it in. Who sent it comes before what it says. */
function refusal(
  request: IncomingMessage,
  own: { host: string; origin: string },
  tokens: LaunchTokens,
  launching: boolean,
): [number, string] | undefined {
  if (request.headers.host !== own.host) return [421, 'This address is not served here.']
  const { origin } = request.headers
  if (origin !== undefined && origin !== own.origin) return [403, 'Another site may not talk to the desk.']
  if (request.method !== 'GET') return [405, 'Only GET is served.']
  if (launching) return undefined
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return [403, 'Another site may not talk to the desk.']
  const session = sessionOf(request, own)
  if (session === undefined || !tokens.isSession(session))
    return [401, 'Open the desk with the address that its start command printed. Each address works once.']
  return undefined
}

/** Serves the desk to one person's browser: 127.0.0.1 only, a launch token for a cookie, exact Host and Origin. */
export async function startLoopbackServer(options: LoopbackOptions): Promise<LoopbackServer> {
  const tokens = createLaunchTokens(options.clock ?? systemClock)
  const own = { host: '', origin: '' }
  let headers: Record<string, string> = {}

  const end = (response: ServerResponse, status: number, body: string, extra: Record<string, string> = {}) =>
    response
      .writeHead(status, {
        ...headers,
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
        ...extra,
      })
      .end(body)

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = URL.parse(request.url ?? '', 'http://unused')
    if (!url) return end(response, 400, 'The address is malformed.')
    const launching = url.pathname === '/_launch'
    const refused = refusal(request, own, tokens, launching)
    if (refused) return end(response, ...refused)
    if (launching) {
      const session = tokens.redeem(url.searchParams.get('t') ?? '')
      if (!session)
        return end(
          response,
          403,
          'This address was used already or is too old. Start the desk again, or press Enter in its terminal for a new one.',
        )
      return end(response, 303, '', {
        location: '/',
        'set-cookie': `${cookieName(own)}=${session}; HttpOnly; SameSite=Strict; Path=/`,
      })
    }
    const file = await staticFile(options.renderer, url.pathname)
    if (!file) return end(response, 404, 'There is no such file.')
    const immutable = url.pathname.startsWith('/assets/')
    response
      .writeHead(200, {
        ...headers,
        'content-type': file.type,
        'cache-control': immutable ? 'max-age=31536000, immutable' : 'no-cache',
      })
      .end(file.body)
  }

  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      options.onError(error)
      if (response.headersSent) response.destroy()
      else end(response, 500, 'The desk could not answer.')
    })
  })

  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrame })
  const carrier = applyWSSHandler({
    wss: sockets,
    router: options.router,
    keepAlive: { enabled: true, pingMs: 15_000, pongWaitMs: 10_000 },
  })
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', error => options.onError(error))
    const turnAway = ([status, sentence]: [number, string]) =>
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(sentence)}\r\n\r\n${sentence}`,
      )
    const refused = refusal(request, own, tokens, false)
    if (refused) return turnAway(refused)
    if (request.headers.origin !== own.origin) return turnAway([403, 'A browser page of the desk must ask.'])
    if (request.url?.split('?')[0] !== '/trpc') return turnAway([404, 'There is nothing here.'])
    sockets.handleUpgrade(request, socket, head, ws => sockets.emit('connection', ws, request))
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  own.host = `127.0.0.1:${address.port}`
  own.origin = `http://${own.host}`
  headers = securityHeaders([`ws://${own.host}`])

  return {
    port: address.port,
    origin: own.origin,
    launchUrl: ttl => `${own.origin}/_launch?t=${tokens.issue(ttl)}`,
    async stop() {
      carrier.broadcastReconnectNotification()
      for (const client of sockets.clients) client.terminate()
      sockets.close()
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
