import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { At } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import { type Bell, createBell } from '../base/bell.ts'
import type { Clock } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import type { Notices } from '../notices/notices.ts'
import type { SettingsService } from '../settings/settings.ts'
import type { Store } from '../store/store.ts'
import { createActionEvidence, isBuild } from './actionEvidence.ts'
import { createActionRecords } from './actionRecords.ts'
import { createAttention } from './attention.ts'
import { createAuthors } from './authors.ts'
import { createEventQueues } from './eventQueues.ts'
import { createFleet } from './fleet.ts'
import { createKeeper } from './keeper.ts'
import { keyId } from './key.ts'
import type { Pipelines } from './pipelines.ts'
import { createRealm, type Realm } from './realm.ts'
import { tailLog } from './tailLog.ts'
import { watchPipeline } from './watchPipeline.ts'

export interface PipelinesOptions {
  aws: Aws
  store: Store
  accounts: Accounts
  settings: Pick<SettingsService, 'current' | 'onChange'>
  notices: Notices
  clock: Clock
  log: (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void
  /** A call that CloudTrail recorded came through a queue of events. */
  onCall: (event: unknown) => void
}

export function createPipelines(options: PipelinesOptions): Pipelines {
  const { aws, store, accounts, settings, notices, clock, log, onCall } = options
  const keeper = createKeeper({ clock, notices, log })
  const { keep } = keeper
  const fleet = createFleet(store.fleet, clock, keep)
  const authors = createAuthors(aws)
  const records = createActionRecords({ aws, store: store.actionExecutions, clock, keep })
  const evidence = createActionEvidence(aws)
  const realms = new Map<string, Realm>()
  const bells = new Map<string, Bell>()
  /** Which realms a queue told of: what they know by it ends with it. */
  const toldBy = new Map<string, Set<Realm>>()
  const attention = createAttention(hidden => {
    for (const realm of realms.values()) realm.setHidden(hidden)
  })
  let stopListening = () => {}

  const bellOf = (key: PipelineKey): Bell => {
    const id = keyId(key)
    const bell = bells.get(id) ?? createBell()
    bells.set(id, bell)
    return bell
  }
  const realmId = ({ account, region }: At) => `${account}/${region}`
  const realmOf = (key: PipelineKey) => realms.get(realmId(key))
  const realmFor = (key: PipelineKey): Realm => {
    const realm = realmOf(key)
    if (realm) return realm
    throw new Failure({
      code: 'AccountUnknown',
      message: `Account ${key.account} with region ${key.region} is not among yours.`,
      place: { account: key.account, region: key.region, pipeline: key.name },
      next: 'Add the account, or choose the region for it.',
    })
  }

  const queues = createEventQueues({
    aws,
    accounts,
    settings,
    notices,
    clock,
    onCall,
    onEvent({ at, pipeline, hint }, url) {
      const realm = realms.get(realmId(at))
      if (!realm) return
      const told = toldBy.get(url) ?? new Set()
      toldBy.set(url, told.add(realm))
      realm.hint(pipeline, hint)
    },
    onLost(url) {
      for (const realm of toldBy.get(url) ?? []) realm.eventsLost()
      toldBy.delete(url)
    },
  })

  const tellLoading = () => {
    const waiting = [...realms.values()].some(realm => {
      const state = accounts.get(realm.at.account)?.session.state
      return !realm.answered() && (state === 'connecting' || state === 'valid')
    })
    const starting = accounts.snapshot().localCloud.state === 'starting' && realms.size === 0
    fleet.setLoading(waiting || starting)
  }

  /** Follows the accounts: a realm for each region of each; nothing is asked without a valid session. */
  const follow = () => {
    const wanted = new Map(
      accounts
        .snapshot()
        .accounts.flatMap(account =>
          account.regions.map(region => [realmId({ account: account.id, region }), { account, region }] as const),
        ),
    )
    for (const [id, { account, region }] of wanted) {
      const at = { account: account.id, region }
      const realm =
        realms.get(id) ??
        createRealm({
          at,
          aws,
          store,
          fleet,
          authors,
          clock,
          keep,
          account: () => accounts.get(at.account),
          onChange: key => bells.get(keyId(key))?.ring(),
          onAnswer: tellLoading,
        })
      realms.set(id, realm)
      realm.setHidden(attention.hidden())
      const { session } = account
      if (session.state === 'valid') realm.resume()
      else realm.suspend()
      if (session.state === 'expired' || session.state === 'unusable') fleet.setProblem(at, session.failure)
    }
    for (const [id, realm] of realms) {
      if (wanted.has(id)) continue
      realm.suspend()
      realms.delete(id)
      fleet.setProblem(realm.at, undefined)
    }
    for (const row of fleet.rows().values()) {
      const account = wanted.get(realmId(row.key))?.account
      if (!account) fleet.remove(row.key)
      else if (row.accountName !== account.name || row.environment !== account.environment) {
        fleet.put({ ...row, accountName: account.name, environment: account.environment })
      }
    }
    tellLoading()
  }

  return {
    fleet: () => fleet.rows(),
    known: key => realmOf(key)?.known(key.name),
    refreshed: async key => {
      await realmOf(key)?.refreshed(key.name)
    },
    watchFleet: signal => fleet.watch(signal),
    async *watch(key, of, signal) {
      const realm = realmFor(key)
      const close = realm.open(key.name)
      const bell = bellOf(key)
      try {
        const known = () => realm.known(key.name)
        yield* watchPipeline(
          {
            accounts,
            aws,
            store,
            fleet,
            records,
            evidence,
            clock,
            bell,
            known,
            keep,
            answered: () => realm.answered(),
          },
          key,
          of,
          signal,
        )
      } catch (thrown) {
        if (!signal?.aborted) throw thrown
      } finally {
        close()
      }
    },
    async action(key, actionExecutionId) {
      realmFor(key)
      const ask = { priority: 'person' } as const
      const detail = await records.find(key, actionExecutionId, ask)
      const definition = detail.version === undefined ? undefined : store.definitions.get(key, detail.version)
      const complete = await evidence.complete(detail, definition ?? realmOf(key)?.known(key.name)?.definition, ask)
      records.put(complete)
      return complete
    },
    async actionHistory(key, stage, action) {
      realmFor(key)
      await records.ensureHistory(key, { priority: 'person' })
      return records.ofAction(key, stage, action, 20)
    },
    tailLog(key, actionExecutionId, signal) {
      realmFor(key)
      const ask = { priority: 'open', signal } as const
      const options = {
        aws,
        clock,
        action: () => records.find(key, actionExecutionId, ask),
        logOf: (detail: Parameters<typeof evidence.logOf>[0]) => evidence.logOf(detail, ask),
        hasLog: isBuild,
      }
      return untilAborted(tailLog(options, signal), signal)
    },
    refresh(key) {
      if (key) return { asked: realmFor(key).refresh(key.name) }
      return { asked: [...realms.values()].reduce((sum, realm) => sum + realm.refresh(), 0) }
    },
    attend: (hidden, signal) => attention.attend(hidden, signal),
    start() {
      follow()
      stopListening = accounts.onChange(follow)
      queues.start()
    },
    stop() {
      queues.stop()
      stopListening()
      for (const realm of realms.values()) realm.suspend()
      keeper.stop()
    },
  }
}

/** A stream that ends, rather than fails, when nobody wants it any more. */
async function* untilAborted<T>(
  stream: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, void> {
  try {
    yield* stream
  } catch (thrown) {
    if (!signal?.aborted) throw thrown
  }
}
