import type { ActionDetail, PipelineKey, PipelineView } from '../../preload/contract/pipelines.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Ask } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import type { Bell } from '../base/bell.ts'
import type { Clock, Millis } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import { newest } from '../base/newest.ts'
import { failureFrom } from '../base/rpc.ts'
import type { Store } from '../store/store.ts'
import { type ActionEvidence, isBuild } from './actionEvidence.ts'
import type { ActionRecords } from './actionRecords.ts'
import type { Fleet } from './fleet.ts'
import type { Keep } from './keeper.ts'
import { keyId } from './key.ts'
import type { Known } from './known.ts'
import { pipelineView } from './pipelineView.ts'
import { ended, withWaiting } from './states.ts'

export interface LookOptions {
  accounts: Pick<Accounts, 'get'>
  aws: Aws
  store: Store
  fleet: Fleet
  records: ActionRecords
  evidence: ActionEvidence
  clock: Clock
  /** Rings when something of the pipeline changed, or was asked again. */
  bell: Bell
  known: () => Known | undefined
  /** Whether its account and region was listed, so that what is not known does not exist. */
  answered: () => boolean
  keep: Keep
}

const lastLineEvery: Millis = 2_000
/** Remembered of a pipeline that stays open: far more than can be shown at once, for that would be asked for again. */
const mostActions = 10_000
const mostExecutions = 1_000

/** What one reader of a pipeline's view sees, and what was looked up for it. */
export interface Look {
  /** Undefined while not enough is known. @throws Failure where it never will be. */
  view(ask: Ask): Promise<PipelineView | undefined>
  /** Asks other services about the actions shown, without making anybody wait. */
  enrich(ask: Ask): void
}

export function createLook(options: LookOptions, key: PipelineKey, of: string): Look {
  const { accounts, aws, store, fleet, records, evidence, clock, bell } = options
  const lines = newest<{ at: Millis; text?: string }>(mostActions)
  const enriched = newest<true>(mostActions)
  const details = newest<{ version?: number; variables: { name: string; value: string }[] }>(mostExecutions)
  let shown: ActionDetail[] = []

  /** An execution's version and variables never change. */
  const executionOf = async (id: string, ask: Ask) => {
    const known = details.get(id)
    if (known) return known
    const asked = await aws.codePipeline.execution(key, id, ask)
    details.put(id, asked)
    return asked
  }
  const definitionOf = async (known: Known, id: string, ask: Ask) => {
    const { version } = await executionOf(id, ask)
    if (version === undefined || version === known.definition?.version) return known.definition
    const stored = store.definitions.get(key, version)
    if (stored) return stored
    const definition = await aws.codePipeline.definition(key, version, ask)
    options.keep(() => store.definitions.put(key, definition))
    return definition
  }

  return {
    async view(ask) {
      const known = options.known()
      const row = fleet.rows().get(keyId(key))
      if (!known || !row) {
        if (!options.answered()) return undefined
        throw new Failure({
          code: 'PipelineNotFound',
          message: `There is no pipeline ${key.name} in ${key.account} ${key.region}.`,
          place: { account: key.account, region: key.region, pipeline: key.name },
          next: 'It was deleted, or its account is not among yours.',
        })
      }
      if (!known.definition || (of === 'now' && !known.live)) {
        if (known.problem) throw failureFrom(known.problem)
        return undefined
      }
      const older = known.executions.some(({ id }) => id === of) ? undefined : store.executions.get(key, of)
      const executions = withWaiting([...known.executions, ...(older ? [older] : [])], known.live)
      const ids = of === 'now' ? executionsOf(known) : [of]
      const newest = of === 'now' ? executions[0]?.id : of
      const asked = ids.map(id => records.ensure(key, id, stampOf(known, id), ask))
      // As of now the state alone makes a view; one execution is nothing without its actions.
      await (of === 'now' ? Promise.allSettled(asked) : Promise.all(asked))
      const definition = of === 'now' ? known.definition : await definitionOf(known, of, ask)
      const execution = newest === undefined ? undefined : await executionOf(newest, ask).catch(() => undefined)
      if (!definition) return undefined
      shown = [...new Set([...ids, ...(newest === undefined ? [] : [newest])])].flatMap(id =>
        records.ofExecution(key, id),
      )
      return pipelineView({
        of,
        row,
        definition,
        live: known.live,
        executions,
        actions: shown,
        complete: new Set(ids.filter(id => records.complete(key, id, stampOf(known, id)))),
        usually: (stage, action) => records.usually(key, stage, action),
        lastLogLine: id => lines.get(id)?.text,
        variables: execution?.variables ?? [],
        accountName: id => accounts.get(id)?.name,
        asOf: known.asOf,
      })
    },
    enrich(ask) {
      const definition = options.known()?.definition
      for (const detail of shown) {
        const id = detail.actionExecutionId
        if (ended(detail.state) && !enriched.has(id)) {
          enriched.put(id, true)
          if (detail.tests || detail.deployedUrl) continue
          void evidence.complete(detail, definition, { ...ask, priority: 'running' }).then(
            complete => {
              records.put(complete)
              bell.ring()
            },
            () => enriched.delete(id),
          )
        }
        const last = lines.get(id)
        const due = last === undefined || clock.now() - last.at >= lastLineEvery
        if (isBuild(detail) && due && (!ended(detail.state) || last === undefined)) {
          lines.put(id, { ...last, at: clock.now() })
          void evidence.lastLine(detail, { ...ask, priority: 'running' }).then(
            text => {
              if (text === undefined || text === last?.text) return
              lines.put(id, { at: clock.now(), text })
              bell.ring()
            },
            () => {},
          )
        }
      }
    },
  }
}

/** The executions that sit in some stage. */
const executionsOf = ({ live }: Known): string[] => [
  ...new Set((live?.stages ?? []).flatMap(({ latest }) => latest?.executionId ?? [])),
]

/** Changes whenever an action of the execution may have. */
function stampOf({ live, executions }: Known, id: string): string {
  const stages = (live?.stages ?? []).filter(({ latest }) => latest?.executionId === id)
  const execution = executions.find(each => each.id === id)
  return JSON.stringify([
    execution?.updatedAt,
    execution?.state,
    stages.map(({ latest, actions }) => [latest?.status, actions.map(each => [each.actionExecutionId, each.status])]),
  ])
}
