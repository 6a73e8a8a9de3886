import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Clock } from '../base/clock.ts'
import { pause } from '../base/pause.ts'
import type { Pipelines } from '../pipelines/pipelines.ts'
import type { Known } from '../store/history.ts'
import type { Store } from '../store/store.ts'
import { day } from './buckets.ts'
import type { PipelinePast, Span } from './past.ts'

/** A pipeline's past with what was left out of it. */
export interface LoadedPast {
  past: PipelinePast
  /** When executions of sample data started that were not asked for. ms since the Unix epoch */
  leftOut: readonly number[]
  /** Known without a gap since then; ms since the Unix epoch. Infinite where nothing was read. */
  knownSince: number
}

export interface LoadPastOptions {
  store: Pick<Store, 'history' | 'definitions'>
  accounts: Pick<Accounts, 'get'>
  pipelines: Pick<Pipelines, 'fleet' | 'known'>
  clock: Clock
}

/** An execution may wait for its approval for so long before it ends within the span. */
const longest = 30 * day
/** A past that was read is good for so long, unless more of it is read meanwhile. ms */
const kept = 2_000
/** Pipelines read without letting others have the process. */
const atOnce = 5

/** Reads the past of pipelines from the store, from before the span to its end. */
export function createLoadPast({ store, accounts, pipelines, clock }: LoadPastOptions) {
  const load = (key: PipelineKey, span: Span, sampleData: boolean): LoadedPast => {
    const from = new Date(Math.max(span.from - longest, 0)).toISOString()
    const to = new Date(span.to).toISOString()
    const all = store.history.executions(key, from, to)
    const executions = sampleData ? all : all.filter(({ sample }) => !sample)
    const wanted = new Set(executions.map(({ id }) => id))
    // Attempts of an execution may begin after the span; what they say belongs to a later one.
    const attempts = store.history.actions(key, from, to).filter(({ executionId }) => wanted.has(executionId))
    const commits = store.history.commits(executions.flatMap(({ revisions }) => revisions.map(({ id }) => id)))
    const mark = store.history.mark(key)
    const since = (known: Known | undefined) =>
      known === undefined ? Number.POSITIVE_INFINITY : known.whole ? 0 : Date.parse(known.from)
    const version = pipelines.fleet().get(`${key.account}/${key.region}/${key.name}`)?.version
    const newest = attempts.findLast(attempt => attempt.version !== undefined)?.version ?? version
    return {
      past: {
        key,
        definition:
          pipelines.known(key)?.definition ??
          (version === undefined ? undefined : store.definitions.get(key, version)) ??
          (newest === undefined ? undefined : store.definitions.get(key, newest)),
        definitionOf: each => store.definitions.get(key, each),
        environmentOf: account => accounts.get(account)?.environment ?? 'unknown',
        executions,
        actions: Map.groupBy(attempts, ({ executionId }) => executionId),
        commits: new Map([...commits].map(([id, at]) => [id, Date.parse(at)])),
        builds: store.history.builds(attempts.flatMap(({ externalId }) => externalId ?? [])),
      },
      leftOut: sampleData ? [] : all.flatMap(({ sample, startedAt }) => (sample ? Date.parse(startedAt) : [])),
      knownSince: Math.max(since(mark.executions), since(mark.actions)),
    }
  }

  const loadAll = async (keys: readonly PipelineKey[], span: Span, sampleData: boolean) => {
    const loaded: LoadedPast[] = []
    for (const [index, key] of keys.entries()) {
      if (index % atOnce === atOnce - 1) await pause(clock, 0)
      loaded.push(load(key, span, sampleData))
    }
    return loaded
  }
  const lately = new Map<string, Promise<LoadedPast[]>>()

  /** In the order of the keys. A screen asks several questions of the same past: it is read once for them. */
  return (keys: readonly PipelineKey[], span: Span, sampleData: boolean): Promise<LoadedPast[]> => {
    const asked = JSON.stringify([store.history.puts(), span, sampleData, keys])
    const known = lately.get(asked)
    if (known) return known
    const loading = loadAll(keys, span, sampleData)
    const forget = () => void clock.after(kept, () => lately.delete(asked))
    loading.then(forget, forget)
    lately.set(asked, loading)
    return loading
  }
}
export type LoadPast = ReturnType<typeof createLoadPast>
