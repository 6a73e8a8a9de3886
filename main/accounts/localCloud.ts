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
  changed: () => void
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** The local cloud with the accounts that it answers for. */
export interface LocalCloudService {
  state(): LocalCloud
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
  const { aws, store, held, clock, changed, log } = options
  let state: LocalCloud = { state: 'off' }
  let timer: Cancel = () => {}
  let gitUsers: ReadonlyMap<string, string> = new Map()

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

  const ready = ({ accounts, endpoint, region, configFile, credentialsFile, gitCredentialsFile }: ReadyCloud) => {
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
    for (const stored of mergedAccounts(accounts, region, store.all())) {
      const keys = accounts.find(({ id }) => id === stored.id)
      if (!keys) continue
      store.put(stored)
      held.hold(stored)
      void held.connect(stored.id, cloudAccess(keys, endpoint))
    }
    void listRepositories()
  }

  const follow = (told: CloudState) => {
    timer()
    if (told.state === 'ready') ready(told.cloud)
    else {
      for (const { id, source } of held.all()) if (source.kind === 'localCloud') held.disconnect(id)
      state = told
      if (told.state === 'failed') log('warn', told.failure.message)
    }
    changed()
  }

  const cloud = keepCloud(options.start, options.data, clock, follow)
  return { state: () => state, start: () => cloud.start(), stop: () => cloud.stop() }
}
