import { appOrigin } from './senderCheck.ts'

/** Hosts that a link of the desk may open in the person's browser, each with its subdomains. */
const outside = [
  'aws.amazon.com',
  'console.aws.amazon.com',
  'docs.aws.amazon.com',
  'awsapps.com',
  'app.aws',
  'github.com',
  'gitlab.com',
  'bitbucket.org',
]

/** Where the device and the browser flow of IAM Identity Center begin, by region. */
const signIn = /^(oidc|device\.sso)\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/

function parse(url: string): URL | undefined {
  return URL.parse(url) ?? undefined
}

/** The window shows our own page and nothing else. */
export function mayNavigate(url: string): boolean {
  const target = parse(url)
  return target !== undefined && target.protocol === 'app:' && target.host === new URL(appOrigin).host
}

/** Whether the system's browser may be asked to open it: https to a known host, or a page that a loopback server serves. */
export function mayOpenOutside(url: string): boolean {
  const target = parse(url)
  if (!target || target.username || target.password) return false
  if (target.protocol === 'https:')
    return (
      signIn.test(target.hostname) ||
      outside.some(host => target.hostname === host || target.hostname.endsWith(`.${host}`))
    )
  return (
    target.protocol === 'http:' &&
    (target.hostname === '127.0.0.1' || target.hostname === 'localhost' || target.hostname.endsWith('.localhost'))
  )
}

/** Whether a page may load it at all: our own files and what they made, and the developer tools of an unpackaged build. */
export function mayLoad(url: string, packaged: boolean): boolean {
  const target = parse(url)
  if (!target) return false
  if (target.protocol === 'app:') return mayNavigate(url)
  // What our page made and lets a person save.
  if (target.protocol === 'blob:') return mayNavigate(target.pathname)
  return !packaged && (target.protocol === 'devtools:' || target.protocol === 'chrome-extension:')
}
