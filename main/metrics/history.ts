import type { Account } from '../../preload/contract/accounts.ts'
import type { FailureShape } from '../../preload/contract/base.ts'
import type { HistoryProgress, HistorySource } from '../../preload/contract/metrics.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Ask, At } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import { createBell } from '../base/bell.ts'
import type { Cancel, Clock } from '../base/clock.ts'
import { pause } from '../base/pause.ts'
import { failureShape } from '../base/rpc.ts'
import type { Store } from '../store/store.ts'
import { day } from './buckets.ts'
import type { ReadBuilds } from './readBuilds.ts'
import { createReadPipeline } from './readPipeline.ts'

/** The past of every pipeline, read behind everything else that is asked of AWS. */
export interface History {
  progress(): HistoryProgress
  watch(signal: AbortSignal | undefined): AsyncIterable<HistoryProgress>
  /** Reads what is missing of so many days, and from then on what comes new. */
  read(days: number): HistoryProgress
  pause(): HistoryProgress
  start(): void
  stop(): void
}

export interface HistoryOptions {
  aws: Aws
  store: Store
  accounts: Accounts
  clock: Clock
  readBuilds: ReadBuilds
}

interface Source {
  at: At
  keys: PipelineKey[]
  /** Pipelines done in this round; so many days back. */
  done: Set<string>
  days: number
  state: HistorySource['state']
  endedAt: number
  problems: FailureShape[]
  counts: { executions: number; actions: number; builds: number }
}

/** What is new is read again after this. ms */
const again = 10 * 60_000
/** Changes within this are told together. ms */
const together = 400
const mostProblems = 20

export function createHistory(options: HistoryOptions): History {
  const { aws, store, accounts, clock } = options
  const readPipeline = createReadPipeline(options)
  const sources = new Map<string, Source>()
  const bell = createBell()
  let days = 0
  let calls = 0
  let active: AbortController | undefined
  let timer: Cancel = () => {}
  let stopListening = () => {}

  const sourceOf = (at: At): Source => {
    const id = `${at.account}/${at.region}`
    const known = sources.get(id)
    if (known) return known
    const counts = store.history.counts(at)
    const source: Source = {
      at,
      keys: [],
      done: new Set(),
      days: 0,
      state: 'waiting',
      endedAt: 0,
      problems: [],
      counts,
    }
    sources.set(id, source)
    return source
  }

  const readSource = async (source: Source, ask: Ask): Promise<void> => {
    const { at } = source
    const wanted = days
    Object.assign(source, { state: 'reading', problems: [], done: new Set(), days: wanted })
    bell.ring()
    try {
      const listed = await aws.codePipeline.pipelines(at, ask)
      const created = await aws.history.created(at, ask)
      calls += 2
      source.keys = listed.map(({ name }) => ({ ...at, name }))
      for (const key of source.keys) {
        await readOne(source, key, created.get(key.name), wanted, ask)
        if (ask.signal?.aborted) break
      }
      source.state = ask.signal?.aborted ? 'paused' : 'read'
    } catch (thrown) {
      source.state = ask.signal?.aborted ? 'paused' : 'failed'
      if (source.state === 'failed') source.problems.push(failureShape(thrown))
    }
    source.endedAt = clock.now()
    bell.ring()
  }

  const readOne = async (source: Source, key: PipelineKey, createdAt: string | undefined, wanted: number, ask: Ask) => {
    const onPage = () => {
      calls++
      bell.ring()
    }
    const from = new Date(clock.now() - wanted * day).toISOString()
    try {
      await readPipeline({ key, from, createdAt, ask, onPage })
      source.done.add(key.name)
      source.counts = store.history.counts(source.at)
    } catch (thrown) {
      if (ask.signal?.aborted) return
      if (source.problems.length < mostProblems) source.problems.push(failureShape(thrown))
    }
  }

  /** Begins with every source that can be asked and is not being read. */
  const follow = () => {
    timer()
    if (!active) return
    const ask: Ask = { priority: 'hidden', signal: active.signal }
    for (const account of accounts.snapshot().accounts) {
      for (const region of account.regions) {
        const source = sourceOf({ account: account.id, region })
        if (source.state === 'reading') continue
        const due = source.days < days || clock.now() - source.endedAt >= again
        if (account.session.state === 'valid' && due) void readSource(source, ask).then(follow)
        else if (account.session.state !== 'valid') unreachable(source, account)
      }
    }
    timer = clock.after(again, follow)
    bell.ring()
  }
  const unreachable = (source: Source, { session }: Account) => {
    source.days = 0
    source.state = session.state === 'connecting' ? 'waiting' : 'failed'
    source.problems = session.state === 'expired' || session.state === 'unusable' ? [session.failure] : []
  }

  const progress = (): HistoryProgress => {
    const wanted = new Set(
      accounts.snapshot().accounts.flatMap(({ id, regions }) => regions.map(region => `${id}/${region}`)),
    )
    const told = [...sources].flatMap(([id, source]): HistorySource[] =>
      wanted.has(id)
        ? [
            {
              ...source.at,
              state: source.state,
              pipelines: source.keys.length,
              read: source.done.size,
              ...source.counts,
              problems: [...source.problems],
            },
          ]
        : [],
    )
    const sum = (of: (source: HistorySource) => number) => told.reduce((total, source) => total + of(source), 0)
    const busy = told.some(({ state }) => state === 'reading' || state === 'waiting')
    return {
      asOf: new Date(clock.now()).toISOString(),
      days,
      state: days === 0 ? 'idle' : !active ? 'paused' : busy || told.length === 0 ? 'reading' : 'done',
      read: sum(({ read }) => read),
      pipelines: sum(({ pipelines }) => pipelines),
      calls,
      sources: told,
    }
  }

  return {
    progress,
    async *watch(signal) {
      for await (const _ of bell.rings(signal)) {
        yield progress()
        await pause(clock, together, signal)
      }
    },
    read(wanted) {
      days = Math.max(days, wanted)
      active ??= new AbortController()
      // Who asks wants to know what there is now.
      for (const source of sources.values()) source.endedAt = Number.NEGATIVE_INFINITY
      follow()
      return progress()
    },
    pause() {
      active?.abort()
      active = undefined
      timer()
      for (const source of sources.values()) source.days = 0
      bell.ring()
      return progress()
    },
    start() {
      stopListening = accounts.onChange(follow)
    },
    stop() {
      stopListening()
      active?.abort()
      active = undefined
      timer()
    },
  }
}
