import type { Account } from '../../preload/contract/accounts.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Ask, At, Priority } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import { isSessionFailure } from '../aws/awsFailure.ts'
import type { Cancel, Clock } from '../base/clock.ts'
import { failureShape } from '../base/rpc.ts'
import type { Store } from '../store/store.ts'
import type { Authors } from './authors.ts'
import { type Entry, newEntry } from './entry.ts'
import type { Fleet } from './fleet.ts'
import { createInventory } from './inventory.ts'
import type { Known } from './known.ts'
import { type Attention, pollPlan } from './pollPlan.ts'
import { createRefresh } from './refresh.ts'
import { rowOf } from './row.ts'
import { isMoving } from './states.ts'

export interface RealmOptions {
  at: At
  account: () => Account | undefined
  aws: Aws
  store: Store
  fleet: Fleet
  authors: Authors
  clock: Clock
  /** Something of the pipeline changed, or was asked again. */
  onChange: (key: PipelineKey) => void
  /** The realm was listed, or could not be. */
  onAnswer: () => void
  /** Writes to the store; a full disk keeps nobody from seeing what is. */
  keep: (write: () => void) => void
}

/** One account in one region: its pipelines, listed and asked for as the plan says. */
export interface Realm {
  at: At
  /** Listed once, ever; or it was said why that can't be. */
  answered(): boolean
  known(name: string): Known | undefined
  /** From now on it is on the screen, until the result is called. */
  open(name: string): () => void
  /** Asks again before everything else; gives how many. */
  refresh(name?: string): number
  /** As {@link refresh}, and waits for the answer. */
  refreshed(name: string): Promise<void>
  setHidden(hidden: boolean): void
  /** Begins or goes on asking. */
  resume(): void
  /** Asks nothing more; what is known stays. */
  suspend(): void
}

/** Idle pipelines being asked at a time. */
const roomForIdle = 6

export function createRealm(options: RealmOptions): Realm {
  const { at, aws, store, fleet, clock, onChange } = options
  const entries = new Map<string, Entry>()
  const refresh = createRefresh(options)
  /** How many screens show a pipeline; it may not be listed yet. */
  const screens = new Map<string, number>()
  let active: AbortController | undefined
  let listedOnce = store.fleet.wasListed(at)
  let answered = listedOnce
  let hidden = false
  let timer: Cancel = () => {}

  for (const row of fleet.rows().values()) {
    if (row.key.account !== at.account || row.key.region !== at.region) continue
    const { name } = row.key
    const listed = { name, version: row.version, type: row.type, mode: row.mode }
    entries.set(name, newEntry({ key: row.key, listed, executions: [], asOf: row.asOf }))
  }

  const publish = (entry: Entry) => {
    const account = options.account()
    if (!account || entries.get(entry.known.key.name) !== entry) return
    fleet.put(rowOf(entry.known, account))
    onChange(entry.known.key)
  }
  const forget = (entry: Entry) => {
    entries.delete(entry.known.key.name)
    fleet.remove(entry.known.key)
    onChange(entry.known.key)
  }
  const attentionOf = (entry: Entry): Attention => {
    if (screens.has(entry.known.key.name)) return 'open'
    return isMoving(entry.known) ? 'running' : 'idle'
  }

  const askFor = async (entry: Entry, priority: Priority, all: boolean): Promise<void> => {
    if (!active) return
    const ask: Ask = { priority, signal: active.signal }
    entry.asking = true
    try {
      const before = entry.known
      entry.known = await refresh(entry, attentionOf(entry), all, ask)
      entry.failures = 0
      if (entry.known !== before) publish(entry)
    } catch (thrown) {
      const failure = failureShape(thrown)
      if (failure.code === 'Aborted') return
      if (failure.code === 'PipelineNotFoundException') return forget(entry)
      entry.failures++
      // The account's own problem is told once, not on each of its rows.
      if (isSessionFailure(failure)) return
      entry.known = { ...entry.known, problem: failure }
      publish(entry)
    } finally {
      entry.asking = false
      entry.askedAt = clock.now()
      entry.turn++
    }
  }

  /** Asks whom the plan names, and sleeps until somebody else falls due. */
  const plan = () => {
    timer()
    if (!active) return
    const subjects = [...entries].map(([id, entry]) => ({
      id,
      attention: attentionOf(entry),
      failures: entry.failures,
      asking: entry.asking,
      ...(entry.askedAt !== undefined && { askedAt: entry.askedAt }),
    }))
    const room = Math.max(roomForIdle - subjects.filter(({ asking }) => asking).length, 0)
    const { ask, nextAt } = pollPlan(subjects, clock.now(), room, hidden)
    for (const { id, attention } of ask) {
      const entry = entries.get(id)
      if (entry) void askFor(entry, hidden ? 'hidden' : attention, false).then(plan)
    }
    if (nextAt !== undefined) timer = clock.after(Math.max(nextAt - clock.now(), 10), plan)
  }

  const inventory = createInventory({
    at,
    aws,
    clock,
    hidden: () => hidden,
    onListed(listed) {
      const names = new Set(listed.map(({ name }) => name))
      for (const entry of entries.values()) if (!names.has(entry.known.key.name)) forget(entry)
      for (const each of listed) {
        const entry = entries.get(each.name)
        if (!entry) {
          const key = { ...at, name: each.name }
          const made = newEntry({ key, listed: each, executions: [], asOf: new Date(clock.now()).toISOString() })
          entries.set(each.name, made)
          publish(made)
        } else if (JSON.stringify(entry.known.listed) !== JSON.stringify(each)) {
          entry.known = { ...entry.known, listed: each }
          entry.askedAt = undefined
        }
      }
      fleet.setProblem(at, undefined)
      if (!listedOnce) options.keep(() => store.fleet.putListed(at))
      listedOnce = true
      answered = true
      options.onAnswer()
      plan()
    },
    onFailure(failure) {
      answered = true
      if (!isSessionFailure(failure)) fleet.setProblem(at, failure)
      options.onAnswer()
    },
  })

  const refreshed = async (name: string) => {
    const entry = entries.get(name)
    if (entry) await askFor(entry, 'person', true)
    plan()
  }
  return {
    at,
    answered: () => answered,
    known(name) {
      const entry = entries.get(name)
      if (entry && entry.known.executions.length === 0) {
        entry.known.executions = options.authors.named(store.executions.newest(entry.known.key, 30))
      }
      return entry?.known
    },
    open(name) {
      screens.set(name, (screens.get(name) ?? 0) + 1)
      const entry = entries.get(name)
      if (entry) entry.askedAt = undefined
      plan()
      return () => {
        const others = (screens.get(name) ?? 1) - 1
        if (others > 0) screens.set(name, others)
        else screens.delete(name)
      }
    },
    refresh(name) {
      if (!active) return 0
      if (name === undefined) {
        inventory.list('person')
        // In the plan's order: a thousand questions at once would keep the person's next one waiting.
        for (const entry of entries.values()) {
          entry.askedAt = undefined
          entry.listedAt = undefined
        }
        plan()
        return entries.size
      }
      const entry = entries.get(name)
      if (entry) void askFor(entry, 'person', true)
      return entry ? 1 : 0
    },
    refreshed,
    setHidden(value) {
      hidden = value
      plan()
    },
    resume() {
      if (active) return
      active = new AbortController()
      inventory.start()
      plan()
    },
    suspend() {
      active?.abort()
      active = undefined
      inventory.stop()
      timer()
    },
  }
}
