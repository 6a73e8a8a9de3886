import type { HttpResponse } from '../../../server/http.ts'
import type { Identity } from '../lends.ts'
import { accessList } from './access.ts'
import { html } from './html.ts'
import { page } from './layout.ts'
import { signInPage, whoIs } from './signIn.ts'
import type { Visit } from './visit.ts'

/** The start URL: what the person who is signed in gets into. */
export function homePage(identity: Identity, visit: Visit): HttpResponse {
  if (!visit.session) return signInPage(visit, '/start')
  const { user } = visit.session
  return page({
    title: 'Your accounts',
    host: visit.host,
    headers: visit.headers,
    body: html`${whoIs(identity, visit, user, '/start')}
${accessList(identity, user)}
<p>On the command line, with the cloud’s own config file:<br>
<code>aws sso login --sso-session local</code></p>`,
  })
}
