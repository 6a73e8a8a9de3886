import type { Definition, ExecutionSummary } from '../../preload/contract/pipelines.ts'
import type { Ask } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import type { LiveState } from '../aws/liveState.ts'
import type { Clock } from '../base/clock.ts'
import type { Store } from '../store/store.ts'
import type { Authors } from './authors.ts'
import { type Entry, type Hint, isIncomplete } from './entry.ts'
import type { Keep } from './keeper.ts'
import type { Known } from './known.ts'
import { parallelState } from './parallelState.ts'
import type { Attention } from './pollPlan.ts'
import { probeOf } from './probe.ts'
import { listTellsMore, stageState } from './states.ts'

export interface RefreshOptions {
  aws: Pick<Aws, 'codePipeline'>
  store: Store
  authors: Authors
  clock: Clock
  /** Something was found out later than it was asked for. */
  publish: (entry: Entry) => void
  /** Writes to the store; a full disk keeps nobody from seeing what is. */
  keep: Keep
}

/** How and why a pipeline is asked about. */
export interface Question {
  attention: Attention
  /** Everything, whatever is known. */
  all: boolean
  hint: Hint | undefined
  crowded: boolean
}

/** Executions asked for at a time: enough for the switcher and the last ten. */
const listLength = 30

/** The known value where the answer is the same: what did not move stays the same object. */
const sameOr = <T>(known: T | undefined, answer: T): T =>
  known !== undefined && JSON.stringify(known) === JSON.stringify(answer) ? known : answer

/**
 * One question about one pipeline and what follows from its answer: the list where the state moved, the state where
 * the list did, the definition where its version did. A first look leaves the definition for later: rows are complete
 * without it, but for a PARALLEL pipeline's stages and for when an approval expires. Gives what is known now.
 */
export function createRefresh({ aws, store, authors, clock, publish, keep }: RefreshOptions) {
  const listExecutions = async (entry: Entry, ask: Ask): Promise<ExecutionSummary[]> => {
    const { key } = entry.known
    if (entry.listedAt === undefined) authors.remember(store.executions.newest(key, listLength))
    const executions = authors.named(await aws.codePipeline.executions(key, listLength, ask))
    entry.listedAt = clock.now()
    const before = new Map(entry.known.executions.map(execution => [execution.id, JSON.stringify(execution)]))
    const changed = executions.filter(execution => before.get(execution.id) !== JSON.stringify(execution))
    if (changed.length > 0) keep(() => store.executions.put(key, changed))
    return executions
  }

  const definitionAtHand = ({ key, definition }: Known, version: number): Definition | undefined => {
    if (version === 0) return undefined
    return definition?.version === version ? definition : store.definitions.get(key, version)
  }
  const askForDefinition = async (known: Known, ask: Ask): Promise<Definition> => {
    const definition = await aws.codePipeline.definition(known.key, undefined, ask)
    keep(() => store.definitions.put(known.key, definition))
    return definition
  }

  /** Authors follow by themselves: nobody waits for them. */
  const findAuthors = async (entry: Entry, definition: Definition, newest: readonly ExecutionSummary[]) => {
    if (!(await authors.find(entry.known.key, definition, newest))) return
    const executions = authors.named(entry.known.executions)
    entry.known = { ...entry.known, executions }
    keep(() => store.executions.put(entry.known.key, executions.slice(0, newest.length)))
    publish(entry)
  }

  const parallel = async (known: Known, definition: Definition, executions: ExecutionSummary[], ask: Ask) => {
    const [newest] = executions
    const details = newest ? await aws.codePipeline.actions(known.key, newest.id, ask) : []
    keep(() => store.actionExecutions.put(details))
    return parallelState(definition, newest, details)
  }

  return async (entry: Entry, { attention, all, hint, crowded }: Question, ask: Ask): Promise<Known> => {
    const { known } = entry
    const { key, listed } = known
    const probe = all
      ? 'both'
      : probeOf({
          attention,
          mode: listed.mode,
          known: known.live !== undefined && entry.listedAt !== undefined,
          incomplete: isIncomplete(entry),
          hint,
          crowded,
          turn: entry.turn,
          sinceExecutions: clock.now() - (entry.listedAt ?? 0),
        })
    if (probe === 'definition') {
      const definition = await askForDefinition(known, ask)
      void findAuthors(entry, definition, known.executions.slice(0, 1))
      return { ...known, definition, executions: entry.known.executions }
    }
    const isParallel = listed.mode === 'PARALLEL'
    let [live, executions]: [LiveState | undefined, ExecutionSummary[] | undefined] = await Promise.all([
      probe !== 'executions' && !isParallel ? aws.codePipeline.state(key, ask) : undefined,
      probe !== 'state' || isParallel ? listExecutions(entry, ask) : undefined,
    ])
    live = live && sameOr(known.live, live)
    if (!executions && live && live !== known.live && listTellsMore(live, known.executions)) {
      executions = await listExecutions(entry, ask)
    }
    executions = executions && sameOr(known.executions, executions)
    const listMoved = executions !== undefined && executions !== known.executions
    if (!live && !isParallel && listMoved) live = await aws.codePipeline.state(key, ask)

    const version = Math.max(live?.version ?? 0, listed.version)
    const waits = live?.stages.some(stage => stageState(stage) === 'waiting') ?? false
    const wanted = known.live !== undefined || attention !== 'idle' || isParallel || waits
    const definition = definitionAtHand(known, version) ?? (wanted ? await askForDefinition(known, ask) : undefined)
    if (
      isParallel &&
      definition &&
      executions &&
      (listMoved || !known.live || executions.some(({ state }) => state === 'running'))
    ) {
      live = await parallel(known, definition, executions, ask)
    }
    if (executions && definition)
      void findAuthors(entry, definition, executions.slice(0, attention === 'idle' ? 1 : 10))
    const next: Known = {
      key,
      listed: definition
        ? { ...listed, version: definition.version, type: definition.type, mode: definition.mode }
        : { ...listed, version },
      executions: authors.named(executions && listMoved ? executions : entry.known.executions),
      ...(definition && { definition }),
      asOf: new Date(clock.now()).toISOString(),
    }
    const now = live ?? known.live
    if (now) next.live = now
    return next
  }
}
