import type { HttpResponse } from '../../../server/http.ts'
import type { Guesses } from '../guesses.ts'
import type { Identity } from '../lends.ts'
import { isPassword } from '../passwords.ts'
import { html } from './html.ts'
import { alert, page, redirect } from './layout.ts'
import { cookie, type Form, type Visit } from './visit.ts'

interface Said {
  userName?: string
  problem?: string
  status?: number
  headers?: Readonly<Record<string, string>>
}

/** Where to go on after the password: only a page of ours. */
export function wayOn(asked: string | null, host: string): string {
  if (asked === null || !asked.startsWith('/start') || !URL.canParse(asked, `http://${host}`)) return '/start'
  const { origin, pathname, search } = new URL(asked, `http://${host}`)
  return origin === `http://${host}` && /^\/start(\/|$)/.test(pathname) ? pathname + search : '/start'
}

/** The page that asks who it is; it comes back to `next` when it knows. */
export function signInPage(visit: Visit, next: string, said: Said = {}): HttpResponse {
  const { userName = '', problem, status, headers } = said
  const known = userName !== ''
  const invalid = problem === undefined ? undefined : html` aria-invalid="true" aria-describedby="error"`
  const focus = html` autofocus`
  return page({
    title: 'Sign in',
    host: visit.host,
    headers: { ...visit.headers, ...headers },
    ...(status !== undefined && { status }),
    body: html`<p>With a user of this local cloud. Its users and their passwords are in the data directory, in
<code>aws/identity-center.json</code>.</p>
${alert(problem)}
<form method="post" action="/start/sign-in">
${visit.proof}<input type="hidden" name="next" value="${next}">
<div><label for="user">User name</label>
<input id="user" name="user" value="${userName}" autocomplete="username" autocapitalize="none" spellcheck="false" required${known ? undefined : focus}${invalid}></div>
<div><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${known ? focus : undefined}${invalid}></div>
<button class="primary whole">Sign in</button>
</form>`,
  })
}

/** Takes a password. Which of the two was wrong is not said, and guessing gets slower. */
export async function signIn(identity: Identity, guesses: Guesses, visit: Visit, form: Form): Promise<HttpResponse> {
  const userName = (form.get('user') ?? '').trim()
  const next = wayOn(form.get('next'), visit.host)
  const key = `user ${userName.toLowerCase().slice(0, 128)}`
  const wait = guesses.attempt(key)
  if (wait !== undefined) {
    const seconds = Math.ceil(wait / 1000)
    const problem = `Too many attempts. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`
    return signInPage(visit, next, { userName, problem, status: 429, headers: { 'retry-after': String(seconds) } })
  }
  const user = identity.directory.user(userName.toLowerCase())
  const isRight = await isPassword(form.get('password') ?? '', user?.password)
  const begun = user && isRight ? identity.sessions.begin(user.name) : undefined
  await identity.trail.attempted(visit.from, user?.name, begun?.session.id)
  if (!begun) return signInPage(visit, next, { userName, problem: 'User name or password is not right.', status: 401 })
  guesses.right(key)
  // A secret that nobody held before the password: whoever planted the old one has nothing of it.
  return redirect(next, cookie(visit.host, begun.secret))
}

/** Ends the session, and every client's tokens with it. */
export function signOut(identity: Pick<Identity, 'sessions'>, visit: Visit, form: Form): HttpResponse {
  if (visit.session) identity.sessions.end(visit.session.id)
  return redirect(wayOn(form.get('next'), visit.host))
}

/** Who is signed in, and the way out, above what is asked of them. */
export const whoIs = (identity: Pick<Identity, 'directory'>, visit: Visit, user: string, next: string) =>
  html`<form method="post" action="/start/sign-out" class="who">${visit.proof}<input type="hidden" name="next" value="${next}">
<span>Signed in as <strong>${identity.directory.user(user)?.displayName ?? user}</strong> (${user})</span>
<button class="link">Sign out</button></form>`
