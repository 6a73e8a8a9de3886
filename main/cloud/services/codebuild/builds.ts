import { rmSync } from 'node:fs'
import type { Cancel, Clock } from '../../../base/clock.ts'
import type { EventBus } from '../../events.ts'
import { stateChange } from './announcements.ts'
import type { BuildStore } from './buildStore.ts'
import { type BuildRecord, buildIdOf } from './model.ts'
import type { PipelineBuildReport } from './pipelineBuilds.ts'
import { createProgress, endReport, isQueued, type Progress } from './progress.ts'
import { runBuild } from './runner/buildRun.ts'
import type { RunContext } from './runner/context.ts'
import { type Interruption, interrupted, stopped, timedOut } from './runner/phaseFailure.ts'
import { identify, killAll } from './runner/processes.ts'

type Listener = (report: PipelineBuildReport) => void

/** Every build of the cloud: queued, running, ended. */
export interface Builds {
  /** Keeps the build and queues it; durable when it returns. */
  submit(record: BuildRecord, token: string | undefined): void
  /** Ends a build; resolves when it has ended. One that has ended already, or is not there, is left alone. */
  stop(arn: string): Promise<void>
  watch(arn: string, listener: Listener): () => void
  /** Ends what a former life of the cloud left behind, and takes up its queue. */
  start(): void
  /** Interrupts what runs; what is queued waits for the next start. */
  end(): Promise<void>
}

interface Running {
  progress: Progress
  controller: AbortController
  done: Promise<void>
}

interface Waiting {
  progress: Progress
  cancelTimeout: Cancel
}

const minute = 60_000

/** Makes the queue. `limit` is how many builds run at once; `context` is known once the cloud has started. */
export function createBuilds(options: {
  store: BuildStore
  clock: Clock
  bus: EventBus
  limit: number
  context(): RunContext
  onError: (error: unknown) => void
}): Builds {
  const { store, clock, bus, limit } = options
  const listeners = new Map<string, Set<Listener>>()
  const running = new Map<string, Running>()
  const waiting = new Map<string, Waiting>()
  let open = false

  const tell = (arn: string, report: PipelineBuildReport) => {
    for (const listener of listeners.get(arn) ?? []) {
      try {
        listener(report)
      } catch (error) {
        options.onError(error)
      }
    }
    if (report.kind === 'ended') listeners.delete(arn)
  }
  const progressOf = (record: BuildRecord) => createProgress(record, { builds: store, clock, bus, tell })

  const enqueue = (record: BuildRecord) => {
    const { arn, startedAt, queuedTimeoutInMinutes } = record
    const due = startedAt + queuedTimeoutInMinutes * minute - clock.now()
    const cancelTimeout = clock.after(due, () => leaveQueue(arn, timedOut()))
    waiting.set(arn, { progress: progressOf(record), cancelTimeout })
  }
  /** Ends a build that never came to run. */
  const leaveQueue = (arn: string, why: Interruption) => {
    const entry = waiting.get(arn)
    if (!entry) return
    waiting.delete(arn)
    entry.cancelTimeout()
    entry.progress.leave(why.status, why.context)
    entry.progress.end(why.status)
  }
  const atLimit = ({ account, region, project, concurrentBuildLimit: most = Number.POSITIVE_INFINITY }: BuildRecord) =>
    [...running.values()].filter(
      ({ progress: { record } }) =>
        record.account === account && record.region === region && record.project === project,
    ).length >= most

  /** Lets builds run in the order they came, as many as there is room for. */
  const dispatch = () => {
    for (const [arn, entry] of waiting) {
      if (!open || running.size >= limit) return
      if (atLimit(entry.progress.record)) continue
      waiting.delete(arn)
      entry.cancelTimeout()
      launch(arn, entry.progress)
    }
  }
  const launch = (arn: string, progress: Progress) => {
    const controller = new AbortController()
    const cancel = clock.after(progress.record.timeoutInMinutes * minute, () => controller.abort(timedOut()))
    progress.leave('SUCCEEDED')
    const done = runBuild(progress, options.context(), controller.signal)
      .catch(options.onError)
      .finally(() => {
        cancel()
        running.delete(arn)
        dispatch()
      })
    running.set(arn, { progress, controller, done })
  }

  /** A build that ran when the cloud was killed: its processes go, and its record says what happened. */
  const bury = ({ record, process }: ReturnType<BuildStore['unfinished']>[number]) => {
    const alive = process && identify(process.pid)
    const same = alive && alive.startTicks === process.startTicks
    killAll(buildIdOf(record), { group: same ? process.pid : undefined, since: undefined })
    const { context = { statusCode: '', message: '' }, status } = interrupted()
    options
      .context()
      .logs.open(record.account, record.region, record.logs.group, record.logs.stream)
      .append([{ at: clock.now(), message: `${context.message}\n` }])
    const progress = progressOf(record)
    progress.leave(status, context)
    progress.end(status)
  }

  return {
    submit(record, token) {
      store.insert(record, token)
      bus.publish(stateChange(record, clock.now()))
      enqueue(record)
      // Not within the caller's own call: it learns the build's id before anything happens to the build.
      queueMicrotask(dispatch)
    },
    async stop(arn) {
      leaveQueue(arn, stopped())
      const build = running.get(arn)
      build?.controller.abort(stopped())
      await build?.done
    },
    watch(arn, listener) {
      const record = store.get(arn)
      const set = listeners.get(arn) ?? new Set()
      listeners.set(arn, set.add(listener))
      const report = record ? endOf(record) : unknownBuild
      if (report)
        queueMicrotask(() => {
          if (set.has(listener)) listener(report)
        })
      return () => {
        set.delete(listener)
        if (set.size === 0) listeners.delete(arn)
      }
    },
    start() {
      const left = store.unfinished()
      for (const unfinished of left) if (!isQueued(unfinished.record)) bury(unfinished)
      rmSync(options.context().directory, { recursive: true, force: true })
      for (const { record } of left) if (isQueued(record)) enqueue(record)
      open = true
      dispatch()
    },
    async end() {
      open = false
      for (const { cancelTimeout } of waiting.values()) cancelTimeout()
      waiting.clear()
      const builds = [...running.values()]
      for (const { controller } of builds) controller.abort(interrupted())
      await Promise.all(builds.map(build => build.done))
    },
  }
}

/** The end of a build that has ended. */
function endOf(record: BuildRecord): PipelineBuildReport | undefined {
  return record.status === 'IN_PROGRESS' ? undefined : endReport(record, record.status)
}

/** Whoever waits for a build that is not kept would wait for ever. */
const unknownBuild: PipelineBuildReport = {
  kind: 'ended',
  status: 'FAULT',
  summary: 'Build terminated with state: FAULT. The build is not known to this cloud.',
  exportedVariables: {},
}
