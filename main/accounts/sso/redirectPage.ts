import { createHash } from 'node:crypto'

/** A page without script, and the hash by which its style is admitted. */
export interface RedirectPage {
  html: string
  styleHash: string
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { display: grid; place-items: center; min-height: 90vh; margin: 0; background: Canvas; color: CanvasText }
main { max-width: 26rem; padding: 2rem; text-align: center }
svg { width: 44px; height: 44px } h1 { font-size: 20px; margin: .75rem 0 .25rem } p { margin: 0; opacity: .8 }
`
const styleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`

const check =
  '<svg viewBox="0 0 24 24" fill="none" stroke="#078852" stroke-width="2" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="m8 12.5 2.7 2.7L16 9.8"/></svg>'
const cross =
  '<svg viewBox="0 0 24 24" fill="none" stroke="#b3261e" stroke-width="2" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="m9 9 6 6m0-6-6 6"/></svg>'

/** `sentence` is the desk's own, never a request's. */
function page(mark: string, title: string, sentence: string): RedirectPage {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} · CloudPipelines</title><style>${style}</style></head><body><main>${mark}<h1>${title}</h1><p>${sentence}</p></main></body></html>`
  return { html, styleHash }
}

export const closing = page(check, 'Signed in', 'You can close this page; the desk goes on by itself.')
export const refused = (sentence: string): RedirectPage => page(cross, 'Not signed in', sentence)
