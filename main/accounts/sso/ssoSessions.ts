import type { PortalListing, SignInFlow, SsoSession } from '../../../preload/contract/accounts.ts'
import type { Aws } from '../../aws/aws.ts'
import type { Credentials } from '../../aws/clients.ts'
import type { Clock } from '../../base/clock.ts'
import { Failure, messageOf } from '../../base/failure.ts'
import type { SsoSessionStore, StoredSsoSession } from '../../store/ssoSessions.ts'
import type { Secrets } from '../secrets.ts'
import type { CliCache } from './cliCache.ts'
import { type ConfiguredSso, factsOf } from './discover.ts'
import { listPortal } from './portal.ts'
import { createSsoSession, type LiveSsoSession, signInNeeded } from './ssoSession.ts'

/** A portal that a person names here instead of in the AWS CLI's configuration. */
export interface OwnPortal {
  name: string
  startUrl: string
  region: string
  endpoint?: string | undefined
}

/** Every sign-in to IAM Identity Center. */
export interface SsoSessions {
  all(): SsoSession[]
  /** Takes in those of the CLI's configuration as it is now. Those that are gone from it go, unless named here too. */
  configure(found: readonly ConfiguredSso[]): Promise<void>
  /** The local cloud's own portal, or that there is none now. */
  localCloud(found: ConfiguredSso | undefined): Promise<void>
  add(portal: OwnPortal): Promise<SsoSession>
  remove(id: string): Promise<boolean>
  signIn(id: string, flow: SignInFlow): Promise<SsoSession>
  cancel(id: string): SsoSession
  signOut(id: string): Promise<SsoSession>
  share(id: string, withCli: boolean): SsoSession
  listing(id: string, signal: AbortSignal | undefined): AsyncIterable<PortalListing>
  /** For the SDK: a role's credentials by the sign-in. Throws `SignInNeeded` where only a person can help. */
  roleCredentials(id: string, account: string, role: string): Promise<Credentials>
  has(id: string): boolean
  /** Where the accounts behind the portal are, if not at AWS's own addresses: where the portal itself is. */
  endpointOf(id: string): string | undefined
  /** Looks whether the AWS CLI signed in or out meanwhile. */
  reread(): Promise<void>
  stop(): void
}

export interface SsoSessionsOptions {
  aws: Pick<Aws, 'sso' | 'ssoOidc'>
  store: SsoSessionStore
  secrets: Secrets
  cache: CliCache
  clock: Clock
  changed: () => void
  /** A sign-in can be used again: what waited for it may go on. */
  onSignedIn: (id: string) => void
  log: (level: 'info' | 'warn', message: string, fields?: Record<string, unknown>) => void
}

export function createSsoSessions(options: SsoSessionsOptions): SsoSessions {
  const { aws, store, secrets, cache, clock, log } = options
  const live = new Map<string, LiveSsoSession>()
  const wasIn = new Set<string>()

  const changed = () => {
    for (const [id, session] of live) {
      const isIn = session.state().state === 'signedIn'
      if (isIn && !wasIn.has(id)) options.onSignedIn(id)
      if (isIn) wasIn.add(id)
      else if (session.state().state !== 'starting') wasIn.delete(id)
    }
    options.changed()
  }
  const stored = (id: string): StoredSsoSession | undefined => store.all().find(each => each.id === id)
  const existing = (id: string): LiveSsoSession => {
    const session = live.get(id)
    if (session) return session
    throw new Failure({
      code: 'SsoSessionUnknown',
      message: `There is no sign-in ${id}.`,
      next: 'Add it on the Accounts screen, or to ~/.aws/config.',
    })
  }
  const take = async (found: ConfiguredSso, from: SsoSession['from']): Promise<void> => {
    const facts = factsOf(found, from, stored(found.name)?.sharesWithCli ?? false)
    const known = live.get(facts.id)
    if (known) return known.update(facts)
    const session = createSsoSession(facts, { oidc: aws.ssoOidc, clock, secrets, cache, changed, log })
    live.set(facts.id, session)
    await session.reread()
  }
  const drop = (id: string) => {
    live.get(id)?.stop()
    live.delete(id)
    wasIn.delete(id)
  }
  const own = (): ConfiguredSso[] =>
    store.all().flatMap(({ own: portal }) => {
      if (!portal) return []
      const { name, startUrl, region, endpoint } = portal
      return [{ name, startUrl, region, endpoints: endpoint === undefined ? {} : { sso: endpoint, oidc: endpoint } }]
    })

  /** Calls with a token; where the portal does not take it, once more with another. */
  const withToken = async <T>(session: LiveSsoSession, call: (token: string) => Promise<T>): Promise<T> => {
    const token = await session.token()
    try {
      return await call(token)
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.code !== 'UnauthorizedException') throw thrown
      session.refused(token)
      return call(await session.token())
    }
  }

  const describe = (session: LiveSsoSession): SsoSession => {
    const { id, name, startUrl, portal, from, sharesWithCli } = session.facts()
    const failure = session.failure()
    return {
      id,
      name,
      startUrl,
      region: portal.region,
      from,
      sharesWithCli,
      state: session.state(),
      ...(failure && { failure }),
    }
  }

  return {
    all: () => [...live.values()].map(describe),
    async configure(found) {
      const named = new Set([...found, ...own()].map(({ name }) => name))
      for (const [id, session] of live) if (session.facts().from !== 'localCloud' && !named.has(id)) drop(id)
      // What the CLI's configuration says goes before what was named here.
      for (const portal of own()) if (!found.some(({ name }) => name === portal.name)) await take(portal, 'desk')
      for (const portal of found) await take(portal, 'config')
      changed()
    },
    async localCloud(found) {
      for (const [id, session] of live) if (session.facts().from === 'localCloud' && id !== found?.name) drop(id)
      if (found) await take(found, 'localCloud')
      changed()
    },
    async add(portal) {
      if (live.has(portal.name)) {
        throw new Failure({
          code: 'SsoSessionKnown',
          message: `There is a sign-in named ${portal.name} already.`,
          next: 'Choose another name, or use that one.',
        })
      }
      const { name, startUrl, region, endpoint } = portal
      store.put({ id: name, sharesWithCli: false, own: { name, startUrl, region, ...(endpoint && { endpoint }) } })
      await take(
        { name, startUrl, region, endpoints: endpoint === undefined ? {} : { sso: endpoint, oidc: endpoint } },
        'desk',
      )
      changed()
      return describe(existing(name))
    },
    async remove(id) {
      const session = live.get(id)
      if (session?.facts().from !== 'desk') return false
      await session.forget()
      secrets.remove(`sso ${id}`)
      store.remove(id)
      drop(id)
      changed()
      return true
    },
    async signIn(id, flow) {
      const session = existing(id)
      await session.signIn(flow)
      return describe(session)
    },
    cancel(id) {
      const session = existing(id)
      session.cancel()
      return describe(session)
    },
    async signOut(id) {
      const session = existing(id)
      const token = await session.forget()
      if (token !== undefined) {
        await aws.sso.logout(session.facts().portal, token, { priority: 'person' }).catch((thrown: unknown) => {
          // It is forgotten here either way, and ends at the portal when its time is over.
          log('warn', 'The portal did not hear of a sign-out', { session: id, reason: messageOf(thrown) })
        })
      }
      return describe(session)
    },
    share(id, withCli) {
      const session = existing(id)
      store.put({ ...(stored(id) ?? { id }), sharesWithCli: withCli })
      session.update({ ...session.facts(), sharesWithCli: withCli })
      session.share().catch((thrown: unknown) => {
        log('warn', 'A sign-in could not be shared with the AWS CLI', { session: id, reason: messageOf(thrown) })
      })
      changed()
      return describe(session)
    },
    listing(id, signal) {
      const session = existing(id)
      const { portal } = session.facts()
      const ask = { priority: 'person', signal } as const
      return listPortal(
        {
          accounts: page => withToken(session, token => aws.sso.accounts(portal, token, page, ask)),
          roles: account => withToken(session, token => aws.sso.roles(portal, token, account, ask)),
        },
        clock,
        signal,
      )
    },
    async roleCredentials(id, account, role) {
      const session = existing(id)
      try {
        return await withToken(session, token =>
          aws.sso.roleCredentials(session.facts().portal, token, account, role, { priority: 'open' }),
        )
      } catch (thrown) {
        throw unassigned(thrown, account, role, session.facts())
      }
    },
    has: id => live.has(id),
    endpointOf: id => live.get(id)?.facts().portal.endpoints.sso,
    async reread() {
      await Promise.all([...live.values()].map(session => session.reread()))
    },
    stop() {
      for (const session of live.values()) session.stop()
    },
  }
}

/** The portal's words for a role that a person does not have (any more) are few. */
function unassigned(thrown: unknown, account: string, role: string, portal: Pick<SsoSession, 'id' | 'name'>): unknown {
  if (!(thrown instanceof Failure)) return thrown
  if (thrown.code === 'UnauthorizedException') return signInNeeded(portal, thrown)
  if (thrown.code !== 'ForbiddenException' && thrown.code !== 'ResourceNotFoundException') return thrown
  return new Failure({
    code: 'RoleNotAssigned',
    message: `${portal.name} does not give you the role ${role} in account ${account}: ${thrown.message}`,
    place: { account },
    next: 'Ask who manages IAM Identity Center for it, or choose another role.',
    cause: thrown,
  })
}
