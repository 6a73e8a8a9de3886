import type { ActionDetail, PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Ask } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import type { Clock, Millis } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import { newest } from '../base/newest.ts'
import type { ActionExecutionStore } from '../store/actionExecutions.ts'
import { type Durations, usualDurations } from './history.ts'
import type { Keep } from './keeper.ts'
import { keyId } from './key.ts'
import { ended } from './states.ts'

/** The action executions that AWS told of, asked for only where something moved. */
export interface ActionRecords {
  /**
   * Makes sure that all attempts of an execution are known as they were when it looked like `stamp`. Asks nothing
   * where it looked like that before.
   */
  ensure(key: PipelineKey, executionId: string, stamp: string, ask: Ask): Promise<void>
  /** True once AWS told all attempts of the execution, as they were when it looked like `stamp`. */
  complete(key: PipelineKey, executionId: string, stamp: string): boolean
  /** Newest first. */
  ofExecution(key: PipelineKey, executionId: string): ActionDetail[]
  ofAction(key: PipelineKey, stage: string, action: string, limit: number): ActionDetail[]
  /** The newest hundred of all executions, now and again: what the usual durations come from. */
  ensureHistory(key: PipelineKey, ask: Ask): Promise<void>
  usually(key: PipelineKey, stage: string, action: string): Durations
  /** One record as AWS tells it now, or as it was when it ended. @throws Failure `ActionExecutionNotFound` */
  find(key: PipelineKey, actionExecutionId: string, ask: Ask): Promise<ActionDetail>
  /** Adds what other services tell of an action: log, tests, page. */
  put(detail: ActionDetail): void
}

const historyEvery: Millis = 10 * 60_000
const historyLength = 50
/** Executions that are remembered as complete; what is forgotten is asked for again by whoever opens it. */
const mostStamps = 1_000

export interface ActionRecordsOptions {
  aws: Aws
  store: ActionExecutionStore
  clock: Clock
  keep: Keep
}

export function createActionRecords({ aws, store, clock, keep }: ActionRecordsOptions): ActionRecords {
  const stamps = newest<string>(mostStamps)
  const historyAt = new Map<string, Millis>()
  const idOf = (key: PipelineKey, executionId: string) => `${keyId(key)}/${executionId}`

  const take = (details: readonly ActionDetail[]) => keep(() => store.absorb(details))

  return {
    async ensure(key, executionId, stamp, ask) {
      const id = idOf(key, executionId)
      if (stamps.get(id) === stamp) return
      take(await aws.codePipeline.actions(key, executionId, ask))
      stamps.put(id, stamp)
    },
    complete: (key, executionId, stamp) => stamps.get(idOf(key, executionId)) === stamp,
    ofExecution: (key, executionId) => store.ofExecution(key, executionId),
    ofAction: (key, stage, action, limit) => store.ofAction(key, stage, action, limit),
    async ensureHistory(key, ask) {
      const id = keyId(key)
      const at = historyAt.get(id)
      if (at !== undefined && clock.now() - at < historyEvery) return
      historyAt.set(id, clock.now())
      take(await aws.codePipeline.actions(key, undefined, ask))
    },
    usually: (key, stage, action) => usualDurations(store.ofAction(key, stage, action, historyLength)),
    async find(key, actionExecutionId, ask) {
      const known = store.get(key, actionExecutionId)
      if (known && ended(known.state)) return known
      take(await aws.codePipeline.actions(key, known?.executionId, ask))
      const found = store.get(key, actionExecutionId)
      if (found) return found
      throw new Failure({
        code: 'ActionExecutionNotFound',
        message: `Pipeline ${key.name} has no action execution ${actionExecutionId} among its newest.`,
        place: { account: key.account, region: key.region, pipeline: key.name },
      })
    },
    put: detail => keep(() => store.put([detail])),
  }
}
