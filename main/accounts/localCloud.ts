import type { LocalCloud } from '../../preload/contract/accounts.ts'
import type { Aws } from '../aws/aws.ts'
import type { Cancel, Clock, Millis } from '../base/clock.ts'
import type { AccountStore } from '../store/accounts.ts'
import { cloudAccess, mergedAccounts } from './access.ts'
import { type CloudState, keepCloud, type Process, type ReadyCloud } from './cloudProcess.ts'
import type { HeldAccounts } from './heldAccounts.ts'
import { findRepositories } from './repositories.ts'

export interface LocalCloudOptions {
  aws: Aws
  store: AccountStore
  held: HeldAccounts
  clock: Clock
  /** Directory of the local cloud's data. */
  data: string
  start: (args: readonly string[]) => Process
  /** Its portal of IAM Identity Center, with its endpoint; undefined when there is none now. */
  onPortal: (portal: CloudPortal | undefined) => void
  changed: () => void
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** The local cloud's access portal. */
export interface CloudPortal {
  name: string
  startUrl: string
  region: string
  endpoint: string
}

/** The local cloud with the accounts that it answers for. */
export interface LocalCloudService {
  state(): LocalCloud
  /** Takes in its accounts that nothing else serves now. */
  adopt(): void
  start(): void
  stop(): Promise<void>
}

function withUser(cloneUrl: string, user: string | undefined): string {
  const url = new URL(cloneUrl)
  url.username = user ?? ''
  return url.href
}

/** Anybody may create a repository at any time. */
const repositoriesEvery: Millis = 30_000

export function createLocalCloud(options: LocalCloudOptions): LocalCloudService {
  const { aws, store, held, clock, onPortal, changed, log } = options
  let state: LocalCloud = { state: 'off' }
  let timer: Cancel = () => {}
  let gitUsers: ReadonlyMap<string, string> = new Map()
  let latest: ReadyCloud | undefined

  const listRepositories = async (): Promise<void> => {
    const ready = state
    if (ready.state !== 'ready') return
    const found = await findRepositories(
      aws,
      held.all().filter(({ source }) => source.kind === 'localCloud'),
    )
    const repositories = found.map(repository => ({
      ...repository,
      cloneUrl: withUser(repository.cloneUrl, gitUsers.get(repository.account)),
    }))
    if (state !== ready) return
    if (JSON.stringify(repositories) !== JSON.stringify(ready.repositories)) {
      state = { ...ready, repositories }
      changed()
    }
    timer = clock.after(repositoriesEvery, () => void listRepositories())
  }

  const takeIn = (wanted: (id: string) => boolean) => {
    if (!latest || state.state !== 'ready') return
    const { accounts, endpoint, region } = latest
    for (const stored of mergedAccounts(accounts, region, store.all())) {
      const keys = accounts.find(({ id }) => id === stored.id)
      if (!keys || !wanted(stored.id)) continue
      store.put(stored)
      held.hold(stored)
      void held.connect(stored.id, cloudAccess(keys, endpoint))
    }
  }

  const ready = (cloud: ReadyCloud) => {
    const { accounts, endpoint, region, configFile, credentialsFile, gitCredentialsFile, identityCenter } = cloud
    latest = cloud
    gitUsers = new Map(accounts.map(({ id, git }) => [id, git.user]))
    state = {
      state: 'ready',
      endpoint,
      region,
      configFile,
      credentialsFile,
      gitCredentialsFile,
      repositories: [],
    }
    // Another set of accounts was asked for this time.
    for (const { id, source } of held.all()) {
      if (source.kind !== 'localCloud' || accounts.some(each => each.id === id)) continue
      held.drop(id)
      store.remove(id)
    }
    takeIn(() => true)
    onPortal(
      identityCenter && {
        name: identityCenter.sessionName,
        startUrl: identityCenter.startUrl,
        region: identityCenter.region,
        endpoint,
      },
    )
    void listRepositories()
  }

  const follow = (told: CloudState) => {
    timer()
    if (told.state === 'ready') ready(told.cloud)
    else {
      for (const { id, source } of held.all()) if (source.kind === 'localCloud') held.disconnect(id)
      state = told
      onPortal(undefined)
      if (told.state === 'failed') log('warn', told.failure.message)
    }
    changed()
  }

  const cloud = keepCloud(options.start, options.data, clock, follow)
  const adopt = () => takeIn(id => held.get(id) === undefined)
  return { state: () => state, adopt, start: () => cloud.start(), stop: () => cloud.stop() }
}
