import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Handle, type HttpRequest, type HttpResponse, noAnswer } from './http.ts'

export interface ListenerOptions {
  /** 0 for any free one. */
  port: number
  handle: Handle
  /** Told of a response that could not be sent whole. */
  onFault: (error: unknown) => void
  /** How long, in ms, a client may take for its headers, and for its whole request. */
  limits?: { headers: number; request: number }
}

const patience = { headers: 10_000, request: 300_000 }

/** A listening endpoint and how it ends. */
export interface Listener {
  port: number
  /** `http://127.0.0.1:<port>` */
  endpoint: string
  /** Lets requests under way finish for at most `grace` ms, then ends every connection. Twice is harmless. */
  stop(grace?: number): Promise<void>
}

/** Adapts sockets to {@link Handle}. Loopback only: whoever reaches it is on this machine. */
export async function listen({ port, handle, onFault, limits = patience }: ListenerOptions): Promise<Listener> {
  const server = createServer({
    noDelay: true,
    keepAlive: true,
    // A client that dawdles over its headers or its body loses its connection; it does not hold one for ever.
    headersTimeout: limits.headers,
    requestTimeout: limits.request,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: Math.min(2_000, limits.headers),
    maxHeaderSize: 32 * 1024,
  })
  server.maxHeadersCount = 200
  let bound = port
  server.on('request', (incoming, outgoing) => {
    serve(incoming, outgoing, bound, handle).catch(onFault)
  })
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
    else socket.destroy()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  bound = (server.address() as AddressInfo).port
  return {
    port: bound,
    endpoint: `http://127.0.0.1:${bound}`,
    async stop(grace = 2_000) {
      const closed = new Promise<void>(resolve => {
        server.close(() => resolve())
      })
      server.closeIdleConnections()
      // Each request's signal is aborted as its connection goes.
      const timer = setTimeout(() => server.closeAllConnections(), grace)
      await closed
      clearTimeout(timer)
    },
  }
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, port: number, handle: Handle) {
  const host = incoming.headers.host ?? ''
  if (!isOurs(host, port)) {
    // Against DNS rebinding: a web page must not reach the cloud through a name of its own.
    const headers = { 'content-type': 'text/plain' }
    await send(outgoing, { status: 421, headers, body: 'This host is not served here.' })
    return
  }
  const gone = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort()
  })
  const answer = await handle(toRequest(incoming, host, gone.signal))
  if (answer === noAnswer) incoming.socket.destroy()
  else await send(outgoing, answer)
}

function isOurs(host: string, port: number): boolean {
  const suffix = `:${port}`
  if (!host.endsWith(suffix)) return false
  const name = host.slice(0, -suffix.length).toLowerCase()
  return name === '127.0.0.1' || name === 'localhost' || /^[a-z0-9.-]{1,200}\.localhost$/.test(name)
}

function toRequest(incoming: IncomingMessage, host: string, signal: AbortSignal): HttpRequest {
  const url = incoming.url ?? '/'
  const cut = url.indexOf('?')
  const headers: Record<string, string> = { host }
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value
  }
  return {
    method: incoming.method ?? 'GET',
    path: cut < 0 ? url : url.slice(0, cut),
    query: cut < 0 ? '' : url.slice(cut + 1),
    headers,
    body: incoming,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    signal,
  }
}

async function send(outgoing: ServerResponse, response: HttpResponse): Promise<void> {
  const { status, headers, body = '' } = response
  if (outgoing.destroyed) {
    if (body instanceof Readable) body.destroy()
    return
  }
  if (body instanceof Readable) {
    outgoing.writeHead(status, headers)
    await pipeline(body, outgoing).catch((error: unknown) => {
      // The client left, or the source failed after the headers were out: all that can be said is a broken connection.
      if (!isGone(error)) throw error
    })
    return
  }
  const length = status === 204 || status === 304 ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  outgoing.writeHead(status, { ...length, ...headers })
  // Headers and body leave in one packet: apart, Nagle and delayed acknowledgement cost the client 40 ms.
  // Text goes as text, which Node joins to the headers before it writes.
  outgoing.end(body)
}

const isGone = (error: unknown) =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ECONNRESET')
