import { hash } from 'node:crypto'
import type { HttpResponse } from '../../../server/http.ts'
import { Html, html } from './html.ts'
import { style } from './style.ts'

export interface PageOptions {
  title: string
  body: Html
  /** `127.0.0.1:4000`: the page says where it really is. */
  host: string
  status?: number
  /** Where a form of this page may lead in the end, beside the cloud itself: a client's redirect. */
  leadsTo?: string
  headers?: Readonly<Record<string, string>>
}

const styleHash = hash('sha256', style, 'base64')
const logo = new Html(
  '<svg viewBox="64 64 896 896" aria-hidden="true"><rect x="64" y="64" width="896" height="896" rx="200" fill="#0f1419" stroke="#26313c" stroke-width="16"/><path d="M296 512h86M642 512h86" stroke="#66727e" stroke-width="30" stroke-linecap="round"/><circle cx="226" cy="512" r="62" fill="none" stroke="#3df58a" stroke-width="40"/><path d="M512 390a122 122 0 1 1-122 122" fill="none" stroke="#6597fb" stroke-width="50" stroke-linecap="round"/><circle cx="512" cy="512" r="34" fill="#6597fb"/><rect x="736" y="450" width="124" height="124" rx="26" fill="none" stroke="#ffda24" stroke-width="40"/></svg>',
)

/** A whole page. No script runs in it, nothing is loaded by it, nobody may frame it, and it is kept nowhere. */
export function page({ title, body, host, status = 200, leadsTo = '', headers = {} }: PageOptions): HttpResponse {
  const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · local cloud</title>
<style>${new Html(style)}</style>
</head>
<body>
<header class="brand">${logo}<span>CloudPipelines</span><span class="chip">local cloud</span></header>
<main>
<h1>${title}</h1>
${body}
</main>
<footer>This is not AWS. It is an imitation of IAM Identity Center on this machine, at ${host}: a password of yours for
AWS does not belong here.</footer>
</body>
</html>
`
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'${leadsTo && ` ${leadsTo}`}; frame-ancestors 'none'; base-uri 'none'`,
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
      ...headers,
    },
    body: text.text,
  }
}

export const redirect = (location: string, headers: Readonly<Record<string, string>> = {}): HttpResponse => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', ...headers },
})

/** A line that a screen reader says at once. */
export const alert = (message: string | undefined): Html | undefined =>
  message === undefined ? undefined : html`<p class="error" role="alert" id="error">${message}</p>`
