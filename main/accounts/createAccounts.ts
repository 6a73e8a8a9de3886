import type { Account, AccountsSnapshot } from '../../preload/contract/accounts.ts'
import type { Aws } from '../aws/aws.ts'
import { createBell } from '../base/bell.ts'
import type { Clock } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import type { AccountStore, StoredAccount } from '../store/accounts.ts'
import { profileAccess } from './access.ts'
import type { Accounts } from './accounts.ts'
import type { Process } from './cloudProcess.ts'
import { profileProvider, renewed } from './credentials.ts'
import { holdAccounts } from './heldAccounts.ts'
import { createLocalCloud } from './localCloud.ts'
import { readProfiles, type SharedFiles } from './profiles.ts'

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

export function createAccounts({ aws, store, clock, files, cloudData, startCloud, log }: AccountsOptions): Accounts {
  const bell = createBell()
  const listeners = new Set<() => void>()
  const changed = () => {
    bell.ring()
    for (const listener of listeners) listener()
  }
  const held = holdAccounts(aws, clock, changed)
  const cloud = createLocalCloud({ aws, store, held, clock, data: cloudData, start: startCloud, changed, log })

  const snapshot = (): AccountsSnapshot => ({ accounts: held.all(), localCloud: cloud.state() })
  const existing = (id: string): Account => {
    const account = held.get(id)
    if (account) return account
    throw new Failure({ code: 'AccountUnknown', message: `There is no account ${id}.`, place: { account: id } })
  }
  const wayTo = async (profile: string) => {
    const credentials = renewed(profileProvider(profile, files), clock)
    const found = (await readProfiles(files)).find(({ name }) => name === profile)
    return { credentials, access: profileAccess(credentials, found?.endpoint) }
  }
  const connect = async ({ id, source }: Pick<Account, 'id' | 'source'>): Promise<void> => {
    if (source.kind !== 'profile') return
    const { access, credentials } = await wayTo(source.profile)
    await held.connect(id, access, credentials)
  }

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
      const added = new Set(held.all().flatMap(({ source }) => (source.kind === 'profile' ? source.profile : [])))
      // The router's schema leaves out what the contract does not list, such as the endpoint.
      return (await readProfiles(files)).map(profile => ({ ...profile, added: added.has(profile.name) }))
    },
    async add({ profile, name, environment, regions }) {
      // Whose the credentials are only AWS can tell; until then the profile stands for the account.
      const guest = `profile ${profile}`
      const { access } = await wayTo(profile)
      aws.admit(guest, access)
      const { account: id } = await aws.sts
        .callerIdentity({ account: guest, region: regions[0] ?? 'us-east-1' }, { priority: 'person' })
        .finally(() => aws.dismiss(guest))
      const known = held.get(id)
      if (known) {
        throw new Failure({
          code: 'AccountKnown',
          message: `Account ${id} is already here as ${known.name}.`,
          place: { account: id },
          next: 'Remove it first to reach it by another profile.',
        })
      }
      const source = { kind: 'profile' as const, profile }
      const stored: StoredAccount = { id, name, environment, regions: [...new Set(regions)], readOnly: false, source }
      store.put(stored)
      held.hold(stored)
      await connect(stored)
      return existing(id)
    },
    async update({ id, name, environment, readOnly, regions }) {
      const { session: _, ...before } = existing(id)
      const stored: StoredAccount = {
        ...before,
        ...(name !== undefined && { name }),
        ...(environment !== undefined && { environment }),
        ...(readOnly !== undefined && { readOnly }),
        ...(regions !== undefined && { regions: [...new Set(regions)] }),
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
      changed()
      return { removed: true }
    },
    async reconnect(id) {
      await held.reconnect(existing(id).id)
      return existing(id)
    },
    start() {
      for (const stored of store.all()) {
        held.hold(stored)
        void connect(stored)
      }
      cloud.start()
      changed()
    },
    async stop() {
      held.stop()
      await cloud.stop()
    },
  }
}
