import type { Account } from '../../preload/contract/accounts.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Ask, At, Priority } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import { isSessionFailure, isThrottle } from '../aws/awsFailure.ts'
import type { ListedPipeline } from '../aws/codePipeline.ts'
import type { Cancel, Clock, Millis } from '../base/clock.ts'
import { failureShape } from '../base/rpc.ts'
import type { Store } from '../store/store.ts'
import type { Authors } from './authors.ts'
import { attentionOf, type Entry, earlierEntry, type Hint, newEntry, subjectOf } from './entry.ts'
import { createEventProof, isAnnounced } from './eventProof.ts'
import type { Fleet } from './fleet.ts'
import { createInventory } from './inventory.ts'
import type { Keep } from './keeper.ts'
import { type Known, restsAsBefore } from './known.ts'
import { idlePace, pollPlan } from './pollPlan.ts'
import { createRefresh } from './refresh.ts'
import { rowOf } from './row.ts'

export interface RealmOptions {
  at: At
  account: () => Pick<Account, 'name' | 'environment'> | undefined
  aws: Pick<Aws, 'codePipeline' | 'rateOf'>
  store: Store
  fleet: Fleet
  authors: Authors
  clock: Clock
  /** Something of the pipeline changed, or was asked again. */
  onChange: (key: PipelineKey) => void
  /** The realm was listed, or could not be. */
  onAnswer: () => void
  /** Writes to the store; a full disk keeps nobody from seeing what is. */
  keep: Keep
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
  /** An event told of a change; of the inventory where it names no hint. */
  hint(name: string, hint: Hint | undefined): void
  /** The queue that told of changes can't be read any more, or some of what it told may be lost. */
  eventsLost(): void
  setHidden(hidden: boolean): void
  /** Begins or goes on asking. */
  resume(): void
  /** Asks nothing more; what is known stays. */
  suspend(): void
}

/** Pipelines being asked at a time, beside those on the screen. */
const places = 6

export function createRealm(options: RealmOptions): Realm {
  const { at, aws, store, fleet, clock, onChange } = options
  const entries = new Map<string, Entry>()
  const proof = createEventProof()
  /** How many screens show a pipeline; it may not be listed yet. */
  const screens = new Map<string, number>()
  let active: AbortController | undefined
  let listedOnce = store.fleet.wasListed(at)
  let answered = listedOnce
  let hidden = false
  /** AWS can't be reached from here: only the inventory tries, and everything goes on when it succeeds. */
  let unreachable = false
  let timer: Cancel = () => {}
  let plannedAt = Number.POSITIVE_INFINITY

  for (const row of fleet.rows().values()) {
    if (row.key.account !== at.account || row.key.region !== at.region) continue
    entries.set(row.key.name, earlierEntry(row))
  }

  const publish = (entry: Entry) => {
    const account = options.account()
    if (!account || entries.get(entry.known.key.name) !== entry) return
    fleet.put(rowOf(entry.known, account))
    onChange(entry.known.key)
  }
  /** What rests as before is neither derived again nor written. */
  const tell = (entry: Entry, before: Known) => {
    if (restsAsBefore(before, entry.known) && fleet.seen(entry.known)) onChange(entry.known.key)
    else publish(entry)
  }
  const forget = (entry: Entry) => {
    entries.delete(entry.known.key.name)
    fleet.remove(entry.known.key)
    onChange(entry.known.key)
  }
  const refresh = createRefresh({ ...options, publish })
  const attention = (entry: Entry) => attentionOf(entry, screens.has(entry.known.key.name))
  /** Answers that come together make one plan, for a plan looks at every pipeline. ms */
  const breath = () => Math.max(10, entries.size / 20)
  const pace = () => idlePace(entries.size, aws.rateOf(at, 'codepipeline:GetPipelineState'))

  const askFor = async (entry: Entry, priority: Priority, all: boolean): Promise<void> => {
    if (!active) return
    const mine = active
    const ask: Ask = { priority, signal: mine.signal }
    const hint = entry.hint?.of
    entry.asking = true
    entry.hint = undefined
    try {
      const before = entry.known
      entry.known = await refresh(entry, { attention: attention(entry), all, hint, crowded: pace().crowded }, ask)
      entry.failures = 0
      if (isAnnounced(before.live, entry.known.live)) proof.found(before.key.name, clock.now())
      tell(entry, before)
      if (hint) askOnceMore(entry, before, hint)
    } catch (thrown) {
      const failure = failureShape(thrown)
      if (failure.code === 'Aborted') return
      if (failure.code === 'PipelineNotFoundException') return forget(entry)
      // The account's own problem is told once, not on each of its rows; so is the network's, and the meter's.
      if (isSessionFailure(failure) || isThrottle(failure)) return
      if (failure.code === 'Unreachable') {
        unreachable = true
        fleet.setProblem(at, failure)
        if (mine === active) inventory.retry()
        return
      }
      entry.failures++
      entry.known = { ...entry.known, problem: failure }
      publish(entry)
    } finally {
      entry.asking = false
      entry.askedAt = clock.now()
      entry.turn++
    }
  }

  /** AWS's answers may lag behind its events: what held nothing new after an event is asked again, once. */
  const askOnceMore = (entry: Entry, { live, executions }: Known, hint: Hint) => {
    const again = !entry.askedTwice && live === entry.known.live && executions === entry.known.executions
    entry.askedTwice = again
    if (again) entry.hint ??= { of: hint, from: clock.now() + 1_000 }
  }

  const unplan = () => {
    timer()
    plannedAt = Number.POSITIVE_INFINITY
  }
  const planIn = (delay: Millis) => {
    const at = clock.now() + delay
    if (at >= plannedAt) return
    timer()
    plannedAt = at
    timer = clock.after(delay, plan)
  }
  /** Asks whom the plan names, and sleeps until somebody else falls due. */
  const plan = () => {
    unplan()
    if (!active || unreachable) return
    const now = clock.now()
    const subjects = [...entries.values()].map(entry => subjectOf(entry, attention(entry)))
    const asking = subjects.reduce((sum, each) => sum + (each.asking ? 1 : 0), 0)
    const { ask, nextAt } = pollPlan(subjects, {
      now,
      room: Math.max(places - asking, 0),
      hidden,
      pushed: proof.holds(now),
      idlePerSecond: pace().perSecond,
      everywhere: fleet.rows().size,
    })
    for (const { id, attention, hintedFrom } of ask) {
      const entry = entries.get(id)
      const visible = hintedFrom !== undefined && attention === 'idle' ? 'running' : attention
      if (entry) void askFor(entry, hidden ? 'hidden' : visible, false).then(() => planIn(breath()))
    }
    if (nextAt !== undefined) planIn(Math.max(nextAt - clock.now(), 10))
  }

  const take = (listed: readonly ListedPipeline[]) => {
    const names = new Set(listed.map(({ name }) => name))
    for (const entry of entries.values()) if (!names.has(entry.known.key.name)) forget(entry)
    for (const each of listed) {
      const entry = entries.get(each.name)
      if (!entry) {
        const key = { ...at, name: each.name }
        const made = newEntry({ key, listed: each, executions: [], asOf: new Date(clock.now()).toISOString() })
        entries.set(each.name, made)
        publish(made)
      } else if (JSON.stringify(entry.listed) !== JSON.stringify(each)) {
        entry.listed = each
        entry.known = { ...entry.known, listed: each }
        entry.askedAt = undefined
      }
    }
  }
  const inventory = createInventory({
    at,
    aws,
    clock,
    hidden: () => hidden,
    pushed: () => proof.holds(clock.now()),
    onListed(listed) {
      take(listed)
      unreachable = false
      fleet.setProblem(at, undefined)
      if (!listedOnce) options.keep(() => store.fleet.putListed(at))
      listedOnce = true
      answered = true
      options.onAnswer()
      plan()
    },
    onFailure(failure) {
      answered = true
      unreachable ||= failure.code === 'Unreachable'
      if (!isSessionFailure(failure) && !isThrottle(failure)) fleet.setProblem(at, failure)
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
        const executions = options.authors.named(store.executions.newest(entry.known.key, 30))
        if (executions.length > 0) entry.known = { ...entry.known, executions }
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
    hint(name, hint) {
      proof.heard(name, clock.now())
      const entry = entries.get(name)
      if (!entry || !hint) inventory.soon()
      if (!entry) return
      entry.hint = { of: entry.hint?.of === 'both' ? 'both' : (hint ?? 'both'), from: clock.now() }
      entry.askedTwice = false
      plan()
    },
    eventsLost() {
      proof.lost()
      plan()
    },
    setHidden(value) {
      hidden = value
      plan()
    },
    resume() {
      if (active) return
      active = new AbortController()
      fleet.setAsked(at, true)
      inventory.start()
      plan()
    },
    suspend() {
      active?.abort()
      active = undefined
      unreachable = false
      inventory.stop()
      unplan()
      fleet.setAsked(at, false)
    },
  }
}
