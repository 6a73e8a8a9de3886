import type { Account, AccountsSnapshot, LocalCloud, Session } from '../../preload/contract/accounts.ts'
import type { Aws } from '../aws/aws.ts'
import { createBell } from '../base/bell.ts'
import type { Cancel, Clock, Millis } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import { failureShape } from '../base/rpc.ts'
import type { AccountStore, StoredAccount } from '../store/accounts.ts'
import type { Accounts } from './accounts.ts'
import { keepCloud, type Process } from './cloudProcess.ts'
import { profileProvider, type RenewedCredentials, renewed } from './credentials.ts'
import { cloudAccess, findRepositories, mergedAccounts, profileAccess } from './localCloud.ts'
import { readProfiles, type SharedFiles } from './profiles.ts'
import { failedSession, retryDelay } from './session.ts'

export interface AccountsOptions {
  aws: Aws
  store: AccountStore
  clock: Clock
  files: SharedFiles
  /** Directory of the local cloud's data. */
  cloudData: string
  startCloud: (args: readonly string[]) => Process
  log: (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void
}

interface Held {
  stored: StoredAccount
  session: Session
  credentials?: RenewedCredentials
  /** Grows with each question, so that a late answer to an old one is dropped. */
  question: number
  attempt: number
  retry: Cancel
}

const repositoriesEvery: Millis = 30_000

export function createAccounts(options: AccountsOptions): Accounts {
  const { aws, store, clock, files, log } = options
  const bell = createBell()
  const listeners = new Set<() => void>()
  const accounts = new Map<string, Held>()
  let localCloud: LocalCloud = { state: 'off' }

  const changed = () => {
    bell.ring()
    for (const listener of listeners) listener()
  }
  const accountOf = ({ stored, session }: Held): Account => ({ ...stored, session })
  const heldAccount = (id: string): Held => {
    const held = accounts.get(id)
    if (held) return held
    throw new Failure({ code: 'AccountUnknown', message: `There is no account ${id}.`, place: { account: id } })
  }
  const hold = (stored: StoredAccount): Held => {
    const known = accounts.get(stored.id)
    if (known) {
      known.stored = stored
      return known
    }
    const held: Held = {
      stored,
      session: { state: 'connecting' },
      question: 0,
      attempt: 0,
      retry: () => {},
    }
    accounts.set(stored.id, held)
    return held
  }

  /** Asks who the credentials are, and keeps the answer as the account's session. */
  const identify = async (held: Held): Promise<void> => {
    const { id, regions } = held.stored
    const question = ++held.question
    held.retry()
    let session: Session
    try {
      const { account, arn } = await aws.sts.callerIdentity(
        { account: id, region: regions[0] ?? 'us-east-1' },
        { priority: 'person' },
      )
      if (account !== id) {
        throw new Failure({
          code: 'WrongAccount',
          message: `The credentials for ${held.stored.name} (${id}) are those of account ${account}.`,
          place: { account: id },
          next: 'Check the profile, or remove the account and add it again.',
        })
      }
      const expiresAt = held.credentials?.expiresAt()
      session = { state: 'valid', as: arn, ...(expiresAt && { expiresAt: expiresAt.toISOString() }) }
    } catch (thrown) {
      session = failedSession(failureShape(thrown), clock.now(), held.session)
    }
    // Meanwhile removed, asked again, or the local cloud went away.
    if (question !== held.question || accounts.get(id) !== held) return
    held.session = session
    held.attempt = session.state === 'valid' ? 0 : held.attempt + 1
    if (session.state !== 'valid') {
      held.retry = clock.after(retryDelay(held.attempt), () => {
        held.credentials?.forget()
        void identify(held)
      })
    }
    changed()
  }

  const admitProfile = (held: Held, profile: string, endpoint: string | undefined) => {
    held.credentials = renewed(profileProvider(profile, files), clock)
    aws.admit(held.stored.id, profileAccess(held.credentials, endpoint))
  }

  const endpointOf = async (profile: string) =>
    (await readProfiles(files)).find(({ name }) => name === profile)?.endpoint

  const connectProfile = async (held: Held) => {
    const { source } = held.stored
    if (source.kind !== 'profile') return
    admitProfile(held, source.profile, await endpointOf(source.profile))
    await identify(held)
  }

  const disconnectCloud = () => {
    for (const held of accounts.values()) {
      if (held.stored.source.kind !== 'localCloud') continue
      held.question++
      held.retry()
      held.session = { state: 'connecting' }
      aws.dismiss(held.stored.id)
    }
  }

  let repositoriesTimer: Cancel = () => {}
  /** Now and again while this cloud is there: anybody may create one. */
  const listRepositories = async (): Promise<void> => {
    const ready = localCloud
    if (ready.state !== 'ready') return
    const known = [...accounts.values()].flatMap(({ stored }) => (stored.source.kind === 'localCloud' ? [stored] : []))
    const repositories = await findRepositories(aws, known)
    if (localCloud !== ready) return
    if (JSON.stringify(repositories) !== JSON.stringify(ready.repositories)) {
      localCloud = { ...ready, repositories }
      changed()
    }
    repositoriesTimer = clock.after(repositoriesEvery, () => void listRepositories())
  }

  const cloud = keepCloud(options.startCloud, options.cloudData, clock, state => {
    repositoriesTimer()
    if (state.state !== 'ready') {
      disconnectCloud()
      localCloud = state
      if (state.state === 'failed') log('warn', state.failure.message)
      changed()
      return
    }
    const { accounts: given, endpoint, region, configFile, credentialsFile, gitCredentialsFile } = state.cloud
    localCloud = {
      state: 'ready',
      endpoint,
      region,
      configFile,
      credentialsFile,
      gitCredentialsFile: gitCredentialsFile ?? '',
      repositories: [],
    }
    for (const stored of mergedAccounts(given, region, store.all())) {
      const keys = given.find(({ id }) => id === stored.id)
      if (!keys) continue
      store.put(stored)
      const held = hold(stored)
      aws.admit(stored.id, cloudAccess(keys, endpoint))
      void identify(held)
    }
    changed()
    void listRepositories()
  })

  aws.onSessionFailure((account, failure) => {
    const held = accounts.get(account)
    if (held?.session.state !== 'valid') return
    held.session = failedSession(failureShape(failure), clock.now(), held.session)
    held.credentials?.forget()
    held.attempt = 0
    held.retry = clock.after(retryDelay(0), () => void identify(held))
    changed()
  })

  const snapshot = (): AccountsSnapshot => ({ accounts: [...accounts.values()].map(accountOf), localCloud })

  return {
    snapshot,
    get: id => {
      const held = accounts.get(id)
      return held && accountOf(held)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async *watch(signal) {
      for await (const _ of bell.rings(signal)) yield snapshot()
    },
    async profiles() {
      const added = new Set(
        [...accounts.values()].flatMap(({ stored: { source } }) => (source.kind === 'profile' ? source.profile : [])),
      )
      // The router's schema leaves out what the contract does not list, such as the endpoint.
      return (await readProfiles(files)).map(profile => ({ ...profile, added: added.has(profile.name) }))
    },
    async add({ profile, name, environment, regions }) {
      // Whose the credentials are only AWS can tell; until then the profile stands for the account.
      const credentials = renewed(profileProvider(profile, files), clock)
      const guest = `profile ${profile}`
      aws.admit(guest, profileAccess(credentials, await endpointOf(profile)))
      const { account: id } = await aws.sts
        .callerIdentity({ account: guest, region: regions[0] ?? 'us-east-1' }, { priority: 'person' })
        .finally(() => aws.dismiss(guest))
      const known = accounts.get(id)
      if (known) {
        throw new Failure({
          code: 'AccountKnown',
          message: `Account ${id} is already here as ${known.stored.name}.`,
          place: { account: id },
          next: 'Remove it first to reach it by another profile.',
        })
      }
      const stored: StoredAccount = {
        id,
        name,
        environment,
        regions,
        readOnly: false,
        source: { kind: 'profile', profile },
      }
      store.put(stored)
      const held = hold(stored)
      await connectProfile(held)
      return accountOf(held)
    },
    async update({ id, name, environment, readOnly, regions }) {
      const held = heldAccount(id)
      held.stored = {
        ...held.stored,
        ...(name !== undefined && { name }),
        ...(environment !== undefined && { environment }),
        ...(readOnly !== undefined && { readOnly }),
        ...(regions !== undefined && { regions: [...new Set(regions)] }),
      }
      store.put(held.stored)
      changed()
      return accountOf(held)
    },
    async remove(id) {
      const held = accounts.get(id)
      if (!held) return { removed: false }
      if (held.stored.source.kind === 'localCloud') {
        throw new Failure({
          code: 'AccountOfLocalCloud',
          message: `${held.stored.name} belongs to the local cloud and goes with it.`,
          place: { account: id },
        })
      }
      held.retry()
      accounts.delete(id)
      store.remove(id)
      aws.dismiss(id)
      changed()
      return { removed: true }
    },
    async reconnect(id) {
      const held = heldAccount(id)
      held.credentials?.forget()
      held.session = { state: 'connecting' }
      changed()
      if (held.stored.source.kind === 'profile') await connectProfile(held)
      else await identify(held)
      return accountOf(held)
    },
    start() {
      for (const stored of store.all()) void connectProfile(hold(stored))
      cloud.start()
      changed()
    },
    async stop() {
      for (const held of accounts.values()) held.retry()
      await cloud.stop()
    },
  }
}
