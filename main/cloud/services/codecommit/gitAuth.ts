import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../../base/clock.ts'
import { createSigningKeys, sameSignature, scopeText, sha256Hex } from '../../server/auth/sigV4.ts'
import type { HttpRequest } from '../../server/http.ts'
import type { Caller } from '../../server/operation.ts'
import type { Identities } from '../iam/identities.ts'
import type { GitCredentials } from './credentials.ts'

/** The IAM user of a name, as a caller. */
export type UserNamed = (account: string, name: string) => Caller | undefined

interface Parts {
  credentials: GitCredentials
  identities: Pick<Identities, 'credential'>
  userNamed: UserNamed
  clock: Pick<Clock, 'now'>
}

/** Who sends a git request for a repository: undefined where user name and password are missing or wrong. */
export type AuthenticateGit = (request: HttpRequest, region: string, repositoryPath: string) => Caller | undefined

/** How long a signature of the AWS CLI's credential helper is good for. */
const signatureLife = 15 * 60_000

/**
 * HTTP basic authentication, in both of CodeCommit's forms: a user's git credentials, and an access key with a
 * signature for a password, as `aws codecommit credential-helper` makes it.
 */
export function createGitAuth({ credentials, identities, userNamed, clock }: Parts): AuthenticateGit {
  const signingKey = createSigningKeys()

  const bySignature = (userName: string, password: string, request: HttpRequest, region: string, path: string) => {
    const [, time = '', signature = ''] = /^(\d{8}T\d{6})Z([0-9a-f]{64})$/.exec(password) ?? []
    const percent = userName.indexOf('%')
    const [id, token] = percent < 0 ? [userName, ''] : [userName.slice(0, percent), userName.slice(percent + 1)]
    const credential = time === '' ? undefined : identities.credential(id)
    if (!credential || !sameSignature(credential.sessionToken ?? '', token)) return undefined
    if (credential.expiresAt !== undefined && credential.expiresAt <= clock.now()) return undefined
    if (Math.abs(clock.now() - parseTime(time)) > signatureLife) return undefined
    const scope = { date: time.slice(0, 8), region, service: 'codecommit' }
    const host = request.headers.host?.replace(/:\d+$/, '') ?? ''
    // The helper signs a request of its own making: method GIT, the repository's path, the host without its port.
    const canonical = `GIT\n${path}\n\nhost:${host}\n\nhost\n`
    const text = ['AWS4-HMAC-SHA256', time, scopeText(scope), sha256Hex(canonical)].join('\n')
    const expected = createHmac('sha256', signingKey(credential.secretAccessKey, scope)).update(text).digest('hex')
    return sameSignature(expected, signature) ? credential.caller : undefined
  }

  const byPassword = (userName: string, password: string) => {
    const credential = credentials.find(userName)
    // Compared even where the user is unknown: how long it takes must not tell.
    const right = samePassword(credential?.password ?? '', password)
    return credential && right ? userNamed(credential.account, credential.iamUser) : undefined
  }

  return (request, region, path) => {
    const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? '') ?? []
    if (encoded === undefined) return undefined
    const text = Buffer.from(encoded, 'base64').toString('utf8')
    const colon = text.indexOf(':')
    if (colon < 1) return undefined
    const [userName, password] = [text.slice(0, colon), text.slice(colon + 1)]
    return bySignature(userName, password, request, region, path) ?? byPassword(userName, password)
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const samePassword = (a: string, b: string) => a !== '' && timingSafeEqual(digest(a), digest(b))

/** `20260101T000000`, UTC. */
function parseTime(text: string): number {
  const [, y, m, d, h, min, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  return Date.parse(`${y}-${m}-${d}T${h}:${min}:${s}Z`)
}
