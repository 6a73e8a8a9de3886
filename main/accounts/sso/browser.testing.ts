/** A person's browser, as far as a sign-in needs one: redirects, cookies for each host, forms. */
export interface Browser {
  /** Opens the page and follows every redirect. */
  open(url: string): Promise<BrowserPage>
}

export interface BrowserPage {
  url: string
  status: number
  text: string
  /** Fills in the page's form that has these fields and sends it. */
  send(fields: Record<string, string>): Promise<BrowserPage>
}

export function createBrowser(): Browser {
  const cookies = new Map<string, Map<string, string>>()
  const load = async (url: string, form?: URLSearchParams): Promise<BrowserPage> => {
    const { host } = new URL(url)
    const jar = cookies.get(host) ?? new Map<string, string>()
    cookies.set(host, jar)
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(pair => pair.join('=')).join('; '),
        ...(form && { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin' }),
      },
      ...(form && { method: 'POST', body: form }),
    })
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';', 1)
      const [name = '', value = ''] = pair.split('=')
      jar.set(name, value)
    }
    const location = response.headers.get('location')
    const text = await response.text()
    if (location !== null) return load(new URL(location, url).href)
    return {
      url,
      status: response.status,
      text,
      send(fields) {
        const wanted = Object.keys(fields)
        const found = [...text.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].find(
          ([, , body = '']) => wanted.every(name => body.includes(`name="${name}"`)),
        )
        if (!found) throw new Error(`No form with ${wanted.join(', ')} at ${url}: ${text}`)
        const [, action = '', body = ''] = found
        const hidden = [...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
        const values = new URLSearchParams(
          hidden.map(([, name = '', value = '']): [string, string] => [name, unescaped(value)]),
        )
        for (const [name, value] of Object.entries(fields)) values.set(name, value)
        return load(new URL(unescaped(action), url).href, values)
      },
    }
  }
  return { open: url => load(url) }
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }
const unescaped = (text: string) =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (whole, code?: string, name = '') =>
    code === undefined ? (named[name] ?? whole) : String.fromCodePoint(Number(code)),
  )

export interface Person {
  userName: string
  password: string
}

/** Signs in on the page and answers its question; gives the page on which it ends. */
export async function allow(
  browser: Browser,
  url: string,
  { userName, password }: Person,
  answer: 'allow' | 'deny' = 'allow',
): Promise<BrowserPage> {
  const first = await browser.open(url)
  const asked = first.text.includes('name="password"') ? await first.send({ user: userName, password }) : first
  return asked.send({ answer })
}
