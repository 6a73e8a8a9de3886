import type { Clock } from '../../../../base/clock.ts'
import type { HttpRequest, HttpResponse, Mount } from '../../../server/http.ts'
import { createGuesses, type Guesses } from '../guesses.ts'
import type { Identity } from '../lends.ts'
import { authorize, authorizePage } from './authorize.ts'
import { answerDevice, devicePage } from './device.ts'
import { homePage } from './home.ts'
import { html } from './html.ts'
import { page, redirect } from './layout.ts'
import { signIn, signInPage, signOut, wayOn } from './signIn.ts'
import { type Form, readForm, type Visit, visitOf } from './visit.ts'

type Show = (identity: Identity, guesses: Guesses, visit: Visit) => HttpResponse
type Take = (identity: Identity, guesses: Guesses, visit: Visit, form: Form) => HttpResponse | Promise<HttpResponse>

const routes: Readonly<Record<string, { show?: Show; take?: Take }>> = {
  '/start': { show: (identity, _guesses, visit) => homePage(identity, visit) },
  '/start/': { show: () => redirect('/start') },
  '/start/sign-in': {
    show: (_identity, _guesses, visit) => signInPage(visit, wayOn(visit.query.get('next'), visit.host)),
    take: signIn,
  },
  '/start/sign-out': { take: (identity, _guesses, visit, form) => signOut(identity, visit, form) },
  '/start/device': { show: devicePage, take: answerDevice },
  // Where clients send people; the cookie is for what lies under /start alone.
  '/authorize': { show: (_identity, _guesses, visit) => redirect(`/start/authorize?${visit.query.toString()}`) },
  '/start/authorize': {
    show: (identity, _guesses, visit) => authorizePage(identity, visit),
    take: (identity, _guesses, visit, form) => authorize(identity, visit, form),
  },
}

/** What a person sees of Identity Center. Signed requests to a bucket of one of these names are not for it. */
export function createPages(identity: Identity, clock: Pick<Clock, 'now'>): Mount {
  const guesses = createGuesses(clock, { free: 5, pause: 1_000, longest: 60_000 })
  return request => {
    const route = isForPages(request) && Object.hasOwn(routes, request.path) ? routes[request.path] : undefined
    return route && answer(identity, guesses, request, route)
  }
}

/** By an address of the cloud itself: a page of a bucket's website (`….localhost`) is somebody else. */
function isForPages({ headers, query }: HttpRequest): boolean {
  const own = /^(127\.0\.0\.1|localhost):\d+$/.test(headers.host ?? '')
  return own && headers.authorization === undefined && !query.includes('X-Amz-Signature=')
}

async function answer(
  identity: Identity,
  guesses: Guesses,
  request: HttpRequest,
  { show, take }: { show?: Show; take?: Take },
): Promise<HttpResponse> {
  const visit = visitOf(identity, request)
  if ((request.method === 'GET' || request.method === 'HEAD') && show) return show(identity, guesses, visit)
  if (request.method !== 'POST' || !take) {
    const allow = [show && 'GET, HEAD', take && 'POST'].filter(name => name !== undefined).join(', ')
    return message(visit, 405, 'Not like this', 'This address does not take such a request.', { allow })
  }
  const form = await readForm(request)
  return form
    ? take(identity, guesses, visit, form)
    : message(
        visit,
        403,
        'Once more, please',
        'This form was not shown by this page in this browser. Go back and reload.',
      )
}

const message = (visit: Visit, status: number, title: string, text: string, headers = {}) =>
  page({ title, host: visit.host, status, headers: { ...visit.headers, ...headers }, body: html`<p>${text}</p>` })
