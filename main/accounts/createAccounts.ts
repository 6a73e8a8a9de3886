import type { Account, AccountsSnapshot, NewAccount } from '../../preload/contract/accounts.ts'
import type { Aws } from '../aws/aws.ts'
import { createBell } from '../base/bell.ts'
import type { Clock } from '../base/clock.ts'
import { Failure, messageOf } from '../base/failure.ts'
import { failureShape } from '../base/rpc.ts'
import type { AccountStore, StoredAccount } from '../store/accounts.ts'
import type { SealedStore } from '../store/sealed.ts'
import type { SsoSessionStore } from '../store/ssoSessions.ts'
import type { Accounts } from './accounts.ts'
import { createClockWatch } from './clockWatch.ts'
import type { Process } from './cloudProcess.ts'
import { holdAccounts } from './heldAccounts.ts'
import { createLocalCloud } from './localCloud.ts'
import { createMfa } from './mfa.ts'
import { createProbing } from './probing.ts'
import { readProfiles, readShared, type SharedFiles } from './profiles.ts'
import { createRights, type SeenPipeline } from './rights.ts'
import { createSecrets, type Vault } from './secrets.ts'
import { waitsFor } from './session.ts'
import { cliCache } from './sso/cliCache.ts'
import { configuredSso } from './sso/discover.ts'
import { createSsoSessions } from './sso/ssoSessions.ts'
import { watchWaking } from './wake.ts'
import { createWays, type Way } from './ways.ts'

export interface AccountsOptions {
  aws: Aws
  store: { accounts: AccountStore; ssoSessions: SsoSessionStore; sealed: SealedStore }
  clock: Clock
  /** In [0, 1): jitter after sleep. */
  random: () => number
  files: SharedFiles
  /** Directory of the AWS CLI's cache of sign-ins. */
  ssoCache: string
  /** The system's vault, where there is one. */
  vault: Vault | undefined
  openExternal: (url: string) => Promise<void>
  /** The machine's addresses as text. */
  network: () => string
  pipelinesOf: (account: string) => readonly SeenPipeline[]
  /** Directory of the local cloud's data. */
  cloudData: string
  startCloud: (args: readonly string[]) => Process
  log: (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void
}

/** Accounts resume within so many ms of waking, not all at once. */
const resumeWithin = 4_000

export function createAccounts(options: AccountsOptions): Accounts {
  const { aws, clock, random, files, openExternal, log } = options
  const store = options.store.accounts
  const bell = createBell()
  const listeners = new Set<() => void>()
  const changed = () => {
    bell.ring()
    for (const listener of listeners) listener()
  }
  const secrets = createSecrets(options.vault, options.store.sealed, log)
  const cache = cliCache(options.ssoCache)
  const mfa = createMfa(clock, changed)
  const clockWatch = createClockWatch(clock, changed)
  const rights = createRights({ aws, clock, pipelinesOf: options.pipelinesOf, changed })
  const probing = createProbing(clock, options.pipelinesOf, rights)
  const held = holdAccounts({
    aws,
    clock,
    rightsOf: id => rights.of(id),
    changed,
    onValid: account => probing.soon(account),
    onServerTime: at => clockWatch.heard(at),
  })
  const sso = createSsoSessions({
    aws,
    store: options.store.ssoSessions,
    secrets,
    cache,
    clock,
    changed,
    onSignedIn: session => {
      for (const account of held.all()) if (waitsFor(account, session)) void held.reconnect(account.id)
    },
    log,
  })
  const ways = createWays({ aws, clock, files, sso, mfa, accountOf: held.get })
  let cloudSettled = false
  let portal: string | undefined
  const cloud = createLocalCloud({
    aws,
    store,
    held,
    clock,
    data: options.cloudData,
    start: options.startCloud,
    onPortal: found => {
      const gone = portal !== found?.name ? portal : undefined
      portal = found?.name
      cloudSettled = true
      const configured = found && { ...found, endpoints: { sso: found.endpoint, oidc: found.endpoint } }
      void sso.localCloud(configured).then(() => {
        for (const { id, source } of held.all()) {
          if (source.kind !== 'sso') continue
          if (source.session === gone) held.disconnect(id)
          else if (source.session === portal || held.get(id)?.session.state === 'connecting')
            void connect({ id, source })
        }
      })
    },
    changed,
    log,
  })

  const configure = async () => sso.configure(configuredSso((await readShared(files)).sections))
  const unread = (error: unknown) => log('warn', `The AWS CLI’s files can’t be read: ${messageOf(error)}`)
  const snapshot = (): AccountsSnapshot => {
    const clockAheadMs = clockWatch.aheadMs()
    return {
      accounts: held.all(),
      localCloud: cloud.state(),
      ssoSessions: sso.all(),
      secrets: secrets.place,
      mfaPrompts: mfa.prompts(),
      ...(clockAheadMs !== undefined && { clockAheadMs }),
    }
  }
  const existing = (id: string): Account => {
    const account = held.get(id)
    if (account) return account
    throw new Failure({ code: 'AccountUnknown', message: `There is no account ${id}.`, place: { account: id } })
  }
  const connect = async ({ id, source }: Pick<Account, 'id' | 'source'>, gone?: Way): Promise<void> => {
    if (source.kind === 'localCloud') return
    // Whether the local cloud brings the sign-in is not known before it is there.
    if (source.kind === 'sso' && !cloudSettled && !sso.has(source.session)) return
    const { access, credentials } = gone ?? (await ways.to({ id, source }))
    await held.connect(id, access, credentials)
  }
  const add = async (wanted: NewAccount): Promise<Account> => {
    const { source, name, environment, regions, readOnly, band } = wanted
    if (source.kind === 'profile') mfa.invite(source.profile)
    const found = source.kind === 'profile' ? await ways.whose(source.profile, regions[0] ?? 'us-east-1') : undefined
    const id = found?.id ?? idOf(wanted)
    const known = held.get(id)
    // Whoever chooses a role in an account of the local cloud wants to be that role instead of its owner.
    if (known && known.source.kind !== 'localCloud') {
      throw new Failure({
        code: 'AccountKnown',
        message: `Account ${id} is already here as ${known.name}.`,
        place: { account: id },
        next: 'Remove it first to reach it in another way.',
      })
    }
    ways.check({ id, source })
    const stored: StoredAccount = {
      id,
      name,
      environment,
      regions: [...new Set(regions)],
      readOnly,
      source,
      ...(band !== undefined && { band }),
    }
    store.put(stored)
    rights.forget(id)
    held.hold(stored)
    await connect(stored, found?.way)
    return existing(id)
  }

  let stops: (() => void)[] = []
  let starting = Promise.resolve()
  return {
    snapshot,
    get: held.get,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async *watch(signal) {
      for await (const _ of bell.rings(signal)) yield snapshot()
    },
    async profiles() {
      await configure()
      const added = new Set(held.all().flatMap(({ source }) => (source.kind === 'profile' ? source.profile : [])))
      // The router's schema leaves out what the contract does not list, such as the endpoint.
      return (await readProfiles(files)).map(profile => ({ ...profile, added: added.has(profile.name) }))
    },
    add,
    addMany: accounts =>
      Promise.all(
        accounts.map(async wanted => {
          try {
            return { state: 'added' as const, account: await add(wanted) }
          } catch (thrown) {
            return { state: 'refused' as const, name: wanted.name, failure: failureShape(thrown) }
          }
        }),
      ),
    async update({ id, name, environment, readOnly, regions, band }) {
      const { session: _, rights: __, band: bandBefore, ...before } = existing(id)
      const bandNow = band === undefined ? bandBefore : (band ?? undefined)
      const stored: StoredAccount = {
        ...before,
        ...(name !== undefined && { name }),
        ...(environment !== undefined && { environment }),
        ...(readOnly !== undefined && { readOnly }),
        ...(regions !== undefined && { regions: [...new Set(regions)] }),
        ...(bandNow !== undefined && { band: bandNow }),
      }
      store.put(stored)
      held.hold(stored)
      changed()
      return existing(id)
    },
    async remove(id) {
      const account = held.get(id)
      if (!account) return { removed: false }
      if (account.source.kind === 'localCloud') {
        throw new Failure({
          code: 'AccountOfLocalCloud',
          message: `${account.name} belongs to the local cloud and goes with it.`,
          place: { account: id },
        })
      }
      store.remove(id)
      held.drop(id)
      rights.forget(id)
      cloud.adopt()
      changed()
      return { removed: true }
    },
    async reconnect(id) {
      const { source } = existing(id)
      if (source.kind === 'profile') mfa.invite(source.profile)
      rights.forget(id)
      // A person may have mended the configuration, or signed in by the CLI, in between.
      await configure().catch(unread)
      await sso.reread()
      await held.reconnect(id, source.kind === 'localCloud' ? undefined : await ways.to({ id, source }))
      return existing(id)
    },
    start() {
      for (const stored of store.all()) {
        held.hold(stored)
        if (stored.source.kind === 'profile') mfa.invite(stored.source.profile)
      }
      // The sign-ins first: an account of one that is signed in already needs nobody.
      starting = configure()
        .catch(unread)
        .then(() => {
          // It may have been stopped meanwhile.
          if (stops.length > 0) for (const stored of store.all()) void connect(stored)
        })
      cloud.start()
      stops = [
        cache.watch(() => void sso.reread()),
        watchWaking(clock, options.network, why => {
          log('info', 'Woke up: every session is asked again', { why })
          void sso.reread().then(() => held.revalidate(() => random() * resumeWithin))
        }),
      ]
      changed()
    },
    async stop() {
      for (const end of stops.splice(0)) end()
      probing.stop()
      mfa.stop()
      sso.stop()
      held.stop()
      await Promise.allSettled([starting, cloud.stop()])
    },

    sso: {
      add: portal => sso.add(portal),
      remove: async id => ({ removed: await sso.remove(id) }),
      async signIn(id, flow) {
        const session = await sso.signIn(id, flow)
        if (session.state.state === 'browser' || session.state.state === 'device') await openExternal(session.state.url)
        return session
      },
      cancel: async id => sso.cancel(id),
      signOut: id => sso.signOut(id),
      share: async (id, withCli) => sso.share(id, withCli),
      listing: (id, signal) => sso.listing(id, signal),
    },
    organization: id => aws.organizations.accounts(existing(id).id, { priority: 'person' }),
    answerMfa: (id, code) => ({ answered: mfa.answer(id, code) }),
    missing: (id, wanted, anew = false) => rights.missing(existing(id), wanted, anew),
  }
}

/** Whose a role of a sign-in or of a hub is, the person said by choosing it. */
function idOf({ id, source, name }: NewAccount): string {
  const named = source.kind === 'hub' ? source.roleArn.split(':')[4] : id
  if (named !== undefined && source.kind !== 'localCloud') return named
  throw new Failure({ code: 'AccountUnknown', message: `Nobody said which account ${name} is.` })
}
