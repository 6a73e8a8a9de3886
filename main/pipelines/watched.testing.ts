import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FleetUpdate, PipelineRow } from '../../preload/contract/pipelines.ts'
import type { Accounts } from '../accounts/accounts.ts'
import { createAccounts } from '../accounts/createAccounts.ts'
import { type Aws, createAws } from '../aws/aws.ts'
import type { BucketLimits } from '../aws/bucket.ts'
import { type Clock, systemClock } from '../base/clock.ts'
import { until } from '../desk.testing.ts'
import { createNotices, type Notices } from '../notices/notices.ts'
import { createSettings, type SettingsService } from '../settings/settings.ts'
import { openStore, type Store } from '../store/store.ts'
import { createPipelines } from './createPipelines.ts'
import { keyId } from './key.ts'
import type { Pipelines } from './pipelines.ts'

/** The watcher with its accounts, store and clients, without the local cloud and the window. */
export interface Watched {
  store: Store
  aws: Aws
  accounts: Accounts
  settings: SettingsService
  notices: Notices
  pipelines: Pipelines
  logged: string[]
  /** CloudTrail's events that came through the queues. */
  recorded: unknown[]
  /** All rows, as a reader of the updates puts them together, by `keyId`. */
  rows: Map<string, PipelineRow>
  /** The first update after which this holds. */
  fleet(wanted: (update: FleetUpdate) => boolean): Promise<FleetUpdate>
  stop(): Promise<void>
}

export interface Profile {
  name: string
  accessKeyId: string
  secretAccessKey: string
}

/** Becomes each profile of `endpoint` as an account and watches. `store` is the caller's to close. */
export async function startWatching(options: {
  endpoint: string
  profiles: readonly Profile[]
  regions?: readonly string[]
  clock?: Clock
  random?: () => number
  limits?: (api: string) => BucketLimits
  store?: Store
}): Promise<Watched> {
  const { endpoint, profiles, regions = ['us-east-1'], clock = systemClock, random = Math.random, limits } = options
  const directory = mkdtempSync(join(tmpdir(), 'watched-'))
  const files = { config: join(directory, 'config'), credentials: join(directory, 'credentials') }
  const section = ({ name, accessKeyId, secretAccessKey }: Profile) =>
    `[profile ${name}]\nregion = ${regions[0]}\nendpoint_url = ${endpoint}\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
  writeFileSync(files.config, profiles.map(section).join(''))
  const store = options.store ?? openStore(':memory:', 0)
  const aws = createAws({ clock, random, ...(limits && { limits }) })
  const logged: string[] = []
  const log = (level: string, message: string, fields?: object) =>
    void logged.push(`${level} ${message} ${JSON.stringify(fields)}`)
  const accounts = createAccounts({
    aws,
    store,
    clock,
    random,
    files,
    ssoCache: join(directory, 'sso'),
    vault: undefined,
    openExternal: async () => {},
    network: () => '',
    // Probing rights is the accounts' own story: it would make calls that nobody here asked for.
    pipelinesOf: () => [],
    cloudData: directory,
    startCloud: () => ({ onLine: () => {}, onExit: () => {}, stop: async () => {} }),
    log,
  })
  const settings = createSettings(store.settings)
  const notices = createNotices(clock)
  const recorded: unknown[] = []
  const onCall = (event: unknown) => void recorded.push(event)
  const pipelines = createPipelines({ aws, store, accounts, settings, notices, clock, log, onCall })
  const end = new AbortController()
  const rows = new Map<string, PipelineRow>()
  const take = (update: FleetUpdate) => {
    if (update.kind === 'snapshot') rows.clear()
    for (const row of update.kind === 'snapshot' ? update.rows : update.changed) rows.set(keyId(row.key), row)
    for (const key of update.kind === 'patch' ? update.removed : []) rows.delete(keyId(key))
  }
  accounts.start()
  pipelines.start()
  const known = new Set(accounts.snapshot().accounts.map(({ name }) => name))
  await Promise.all(
    profiles
      .filter(({ name }) => !known.has(name))
      .map(({ name }) =>
        accounts.add({
          source: { kind: 'profile', profile: name },
          name,
          environment: 'development',
          regions: [...regions],
          readOnly: false,
        }),
      ),
  )
  return {
    store,
    aws,
    accounts,
    settings,
    notices,
    pipelines,
    logged,
    recorded,
    rows,
    fleet: wanted =>
      until(pipelines.watchFleet(end.signal), update => {
        take(update)
        return wanted(update)
      }),
    async stop() {
      end.abort()
      pipelines.stop()
      await accounts.stop()
      aws.stop()
      if (!options.store) store.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
