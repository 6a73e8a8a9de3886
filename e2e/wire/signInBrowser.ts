/** What came back, and where from. */
export interface Shown {
  status: number
  url: string
  text: string
  headers: Headers
  /** Where a redirect out of the cloud would lead: to a client. */
  leavesTo?: URL
}

/** A browser without a window: cookies, redirects within the cloud, and forms with their hidden fields. */
export function signInBrowser() {
  const jar = new Map<string, string>()
  const visit = async (url: string, init: RequestInit = {}): Promise<Shown> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(cookie && { cookie }), ...(init.headers as Record<string, string> | undefined) }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      jar.set(name, value)
    }
    const location = response.headers.get('location')
    const text = await response.text()
    const shown = { status: response.status, url, text, headers: response.headers }
    if (location === null) return shown
    const next = new URL(location, url)
    return next.origin === new URL(url).origin ? visit(next.href) : { ...shown, leavesTo: next }
  }
  return {
    jar,
    visit,
    /** Sends the page's form to `action` as its browser would, with what a person types or presses. */
    submit(page: Shown, action: string, typed: Record<string, string>, headers: Record<string, string> = {}) {
      const start = page.text.indexOf(`action="${action}"`)
      const form = page.text.slice(start, page.text.indexOf('</form>', start))
      const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(
        ([, name = '', value = '']) => [
          name,
          value.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
        ],
      )
      if (start < 0) throw new Error(`no form to ${action} on ${page.url}:\n${page.text}`)
      const { origin } = new URL(page.url)
      return visit(origin + action, {
        method: 'POST',
        body: new URLSearchParams([...hidden, ...Object.entries(typed)]),
        headers: { origin, 'sec-fetch-site': 'same-origin', ...headers },
      })
    },
  }
}
