import type { HttpResponse } from '../../../server/http.ts'
import type { Guesses } from '../guesses.ts'
import type { Identity } from '../lends.ts'
import { readUserCode } from '../secrets.ts'
import type { Device } from '../store/devices.ts'
import type { SignIn } from '../store/sessions.ts'
import { accessList } from './access.ts'
import { html } from './html.ts'
import { alert, page, redirect } from './layout.ts'
import { signInPage, whoIs } from './signIn.ts'
import type { Form, Visit } from './visit.ts'

const unknown = 'There is no request with this code, or not any more. Codes are good for ten minutes.'

/** The page of the device flow: the code first, typed or from the link, then Allow or Deny. */
export function devicePage(identity: Identity, guesses: Guesses, visit: Visit): HttpResponse {
  const typed = visit.query.get('user_code') ?? ''
  const here = typed === '' ? '/start/device' : `/start/device?${new URLSearchParams({ user_code: typed }).toString()}`
  if (!visit.session) return signInPage(visit, here)
  const { user } = visit.session
  if (typed === '') return codePage(identity, visit, user)
  const found = waiting(identity, guesses, visit.session, typed)
  return typeof found === 'string'
    ? codePage(identity, visit, user, found)
    : consentPage(identity, visit, user, here, found)
}

/** The request behind a code, or what is wrong with it. Codes can't be guessed one after the other. */
function waiting(
  { devices }: Pick<Identity, 'devices'>,
  guesses: Guesses,
  session: SignIn,
  typed: string,
): Device | string {
  const key = `code ${session.id}`
  const wait = guesses.attempt(key)
  if (wait !== undefined) return `Too many attempts. Try again in ${Math.ceil(wait / 1000)} s.`
  const device = devices.waiting(readUserCode(typed))
  if (!device) return unknown
  guesses.right(key)
  return device
}

function codePage(identity: Identity, visit: Visit, user: string, problem?: string): HttpResponse {
  return page({
    title: 'Connect a device',
    host: visit.host,
    status: problem === undefined ? 200 : 400,
    headers: visit.headers,
    body: html`${whoIs(identity, visit, user, '/start/device')}
${alert(problem)}
<form method="get" action="/start/device">
<div><label for="code">Code that the device shows</label>
<input class="code" id="code" name="user_code" placeholder="ABCD-EFGH" maxlength="16" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" required autofocus></div>
<button class="primary whole">Next</button>
</form>`,
  })
}

function consentPage(identity: Identity, visit: Visit, user: string, here: string, device: Device): HttpResponse {
  const name = identity.clients.find(device.client)?.name ?? 'A program'
  return page({
    title: `Allow ${name}?`,
    host: visit.host,
    headers: visit.headers,
    body: html`${whoIs(identity, visit, user, here)}
<p>Go on only if the device shows this very code:</p>
<p class="user-code">${device.userCode}</p>
<p><strong>${name}</strong> will work in your name, in these accounts of the local cloud and as:</p>
${accessList(identity, user)}
<form method="post" action="/start/device">
${visit.proof}<input type="hidden" name="user_code" value="${device.userCode}">
<div class="row"><button name="answer" value="deny">Deny</button>
<button name="answer" value="allow" class="primary">Allow</button></div>
</form>`,
  })
}

/** Takes the answer; the device hears of it with its next poll. */
export function answerDevice(identity: Identity, guesses: Guesses, visit: Visit, form: Form): HttpResponse {
  if (!visit.session) return redirect('/start/device')
  const found = waiting(identity, guesses, visit.session, form.get('user_code') ?? '')
  if (typeof found === 'string') return codePage(identity, visit, visit.session.user, found)
  const allowed = form.get('answer') === 'allow'
  if (allowed) identity.devices.allow(found, visit.session.id)
  else identity.devices.deny(found)
  return page({
    title: allowed ? 'Allowed' : 'Denied',
    host: visit.host,
    body: allowed
      ? html`<p>The device goes on by itself. You can close this page.</p>`
      : html`<p>The device was told so. You can close this page.</p>`,
  })
}
