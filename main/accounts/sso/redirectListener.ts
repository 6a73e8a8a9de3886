import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Failure } from '../../base/failure.ts'
import { redirectPath } from './pkce.ts'
import { closing, type RedirectPage, refused } from './redirectPage.ts'

/** Waits on loopback for the browser to come back from a sign-in. */
export interface RedirectListener {
  redirectUri: string
  /** The authorization code. Rejects where the person refused, or the listener was closed. */
  code: Promise<string>
  /** Waits no longer; `why` is what {@link RedirectListener.code} rejects with. */
  close(why: Failure): void
}

/**
 * Listens on a free port of 127.0.0.1 for the one answer that carries `state`. Anything else (another host's name,
 * another path, a guessed state) is turned away and ends nothing. Once answered it is gone.
 */
export async function listenForRedirect(state: string): Promise<RedirectListener> {
  const { promise: code, resolve, reject } = Promise.withResolvers<string>()
  // Whoever waits hears of it; until then it is nobody's unhandled rejection.
  code.catch(() => {})
  let host = ''
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 10_000 }, (request, response) => {
    const asked = read(request, host)
    if (asked === undefined || !same(asked.get('state') ?? '', state)) {
      answer(response, 400, refused('This page belongs to a sign-in that is over, or to none.'))
      return
    }
    const error = asked.get('error')
    const given = asked.get('code')
    if (given && error === null) {
      answer(response, 200, closing)
      resolve(given)
    } else {
      answer(response, 200, refused('Nothing was allowed. You can close this page and go back to the desk.'))
      reject(refusal(error, asked.get('error_description')))
    }
    response.once('close', end)
  })
  const end = () => {
    server.close()
    server.closeAllConnections()
  }
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', listening)
  })
  // Never what keeps the desk alive.
  server.unref()
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The listener has no port.')
  host = `127.0.0.1:${address.port}`
  return {
    redirectUri: `http://${host}${redirectPath}`,
    code,
    close(why) {
      end()
      reject(why)
    },
  }
}

/** The query of a request for the one path at exactly this host: a page that rebinds a name to loopback has another. */
function read(request: IncomingMessage, host: string): URLSearchParams | undefined {
  if (request.method !== 'GET' || request.headers.host !== host) return undefined
  const url = URL.parse(request.url ?? '', `http://${host}`)
  return url?.pathname === redirectPath ? url.searchParams : undefined
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const same = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))

function refusal(error: string | null, description: string | null): Failure {
  return new Failure({
    code: 'SignInRefused',
    message: `The sign-in was not allowed: ${description ?? error ?? 'the page gave no code'}.`,
    next: 'Sign in again and allow the desk, or use a code instead.',
  })
}

function answer(response: ServerResponse, status: number, { html, styleHash }: RedirectPage) {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
    .end(html)
}
