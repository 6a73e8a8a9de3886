import { timingSafeEqual } from 'node:crypto'
import { readBody } from '../../../server/body.ts'
import type { HttpRequest } from '../../../server/http.ts'
import type { Identity } from '../lends.ts'
import { hashOf, newSecret } from '../secrets.ts'
import type { SignIn } from '../store/sessions.ts'
import { type Html, html } from './html.ts'

/** Somebody's browser on one of the pages. */
export interface Visit {
  host: string
  path: string
  query: URLSearchParams
  /** Who is signed in with this browser. */
  session: SignIn | undefined
  /** The hidden field that proves that a form is one of ours, shown to this browser. */
  proof: Html
  /** Where the browser is, and what it is. */
  from: { sourceIp: string; userAgent: string }
  /** What a page must send for the browser to be known again. */
  headers: Readonly<Record<string, string>>
}

/** A form that was sent. */
export type Form = URLSearchParams

const longestForm = 16 * 1024
/** Cookies know no ports: with it in the name, two clouds on one machine do not sign each other out. */
const cookieName = (host: string) => `local-cloud-${host.slice(host.lastIndexOf(':') + 1)}`

/**
 * The cookie for a secret. Lax: a link from elsewhere may show the page of whoever is signed in; what changes anything
 * is a form, and needs its proof.
 */
export const cookie = (host: string, secret: string) => ({
  'set-cookie': `${cookieName(host)}=${secret}; Path=/start; HttpOnly; SameSite=Lax`,
})

/** Recognises a browser, or gives it a secret to be recognised by. */
export function visitOf(identity: Pick<Identity, 'sessions'>, request: HttpRequest): Visit {
  const { host = '' } = request.headers
  const known = cookieIn(request, cookieName(host))
  const secret = known ?? newSecret()
  return {
    host,
    path: request.path,
    query: new URLSearchParams(request.query),
    session: known === undefined ? undefined : identity.sessions.find(known),
    proof: html`<input type="hidden" name="proof" value="${proofOf(secret)}">`,
    from: { sourceIp: request.sourceIp, userAgent: request.headers['user-agent'] ?? '' },
    headers: known === undefined ? cookie(host, secret) : {},
  }
}

/** What only a page shown to the holder of the cookie can send along. */
const proofOf = (secret: string) => hashOf(`form ${secret}`)

/** The form, if it comes from one of our pages in this very browser. */
export async function readForm(request: HttpRequest): Promise<Form | undefined> {
  const { host = '', origin, 'sec-fetch-site': site, 'content-type': type = '' } = request.headers
  const body = await readBody(request, longestForm)
  if (!type.startsWith('application/x-www-form-urlencoded')) return undefined
  if (origin !== undefined && origin !== `http://${host}`) return undefined
  if (site !== undefined && site !== 'same-origin') return undefined
  const form = new URLSearchParams(body.toString('utf8'))
  const secret = cookieIn(request, cookieName(host))
  return secret !== undefined && isSame(form.get('proof') ?? '', proofOf(secret)) ? form : undefined
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function cookieIn(request: HttpRequest, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(/[;,] */)
  const value = pairs.find(pair => pair.startsWith(`${name}=`))?.slice(name.length + 1)
  return value !== undefined && /^[0-9a-f]{96}$/.test(value) ? value : undefined
}
