import type { HttpResponse } from '../../../server/http.ts'
import type { Identity } from '../lends.ts'
import { accessList } from './access.ts'
import { type AuthorizationRequest, judge, withAnswer } from './authorizationRequest.ts'
import { html } from './html.ts'
import { alert, page, redirect } from './layout.ts'
import { signInPage, whoIs } from './signIn.ts'
import type { Form, Visit } from './visit.ts'

/** What a client sent somebody here for: sign in, then Allow or Deny. */
export function authorizePage(identity: Identity, visit: Visit): HttpResponse {
  const judged = judge(identity, visit.query)
  if (judged.kind === 'untrusted') return untrusted(visit, judged.problem)
  if (judged.kind === 'refused') return redirect(judged.location)
  const here = `/start/authorize?${visit.query.toString()}`
  return visit.session
    ? consentPage(identity, visit, visit.session.user, here, judged.request)
    : signInPage(visit, here)
}

function consentPage(
  identity: Identity,
  visit: Visit,
  user: string,
  here: string,
  { client, redirectUri }: AuthorizationRequest,
): HttpResponse {
  const { origin, host } = new URL(redirectUri)
  return page({
    title: `Allow ${client.name}?`,
    host: visit.host,
    // Chromium holds redirects after a form against the form's policy too.
    leadsTo: origin,
    headers: visit.headers,
    body: html`${whoIs(identity, visit, user, here)}
<p><strong>${client.name}</strong> asks to work in your name, in these accounts of the local cloud and as:</p>
${accessList(identity, user)}
<form method="post" action="/start/authorize">
${visit.proof}<input type="hidden" name="request" value="${String(visit.query)}">
<div class="row"><button name="answer" value="deny">Deny</button>
<button name="answer" value="allow" class="primary" autofocus>Allow</button></div>
</form>
<p><small>Either way you go back to ${host}.</small></p>`,
  })
}

/** Takes the answer, and sends it to the client by the browser. */
export function authorize(identity: Identity, visit: Visit, form: Form): HttpResponse {
  const query = new URLSearchParams(form.get('request') ?? '')
  const judged = judge(identity, query)
  if (judged.kind === 'untrusted') return untrusted(visit, judged.problem)
  if (judged.kind === 'refused') return redirect(judged.location)
  const { request } = judged
  if (!visit.session) return redirect(`/start/authorize?${query.toString()}`)
  if (form.get('answer') !== 'allow')
    return redirect(withAnswer(request, { error: 'access_denied', error_description: 'The request was denied.' }))
  const code = identity.codes.issue({ ...request, client: request.client.id, session: visit.session.id })
  return redirect(withAnswer(request, { code }))
}

const untrusted = (visit: Visit, problem: string) =>
  page({
    title: 'This can’t go on',
    host: visit.host,
    status: 400,
    headers: visit.headers,
    body: html`${alert(problem)}<p>Go back to it and begin to sign in again.</p>`,
  })
