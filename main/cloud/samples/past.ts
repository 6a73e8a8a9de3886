import type { Millis } from '../../base/clock.ts'
import { createHistory } from '../execution/history.ts'
import { planOf } from '../execution/plan.ts'
import { createDefinitions } from '../services/codepipeline/definitions.ts'
import type { CloudDatabase } from '../state/database.ts'
import { imaginedPast, type Tale } from './imagined.ts'

/** How far back the sample history reaches, and how much of the present it leaves to what really executes. */
const days = 45
const present: Millis = 2 * 60 * 60_000

/** What a pipeline's past tells besides its everyday; the definition before is the version before. */
export interface PastTale {
  slower?: Omit<NonNullable<Tale['slower']>, 'before'>
  flaky?: Tale['flaky']
}

/**
 * Gives a pipeline a longer history for the charts: the engine's own machine in simulated time. Every row is marked as
 * sample data, which ListPipelineExecutions tells in `statusSummary`.
 */
export function writePast(
  database: CloudDatabase,
  pipeline: { account: string; region: string; name: string },
  now: Millis,
  { slower, flaky }: PastTale = {},
): void {
  const definitions = createDefinitions(database)
  const found = definitions.find(pipeline.account, pipeline.region, pipeline.name)
  if (!found) return
  const { declaration, version } = definitions.current(found)
  const before = slower && definitions.version(found, version - 1)
  const tale: Tale = {
    ...(flaky && { flaky }),
    ...(before && { slower: { ...slower, before: planOf(before.declaration, before.version) } }),
  }
  const history = createHistory(database, { sample: true })
  const versions = new Map<string, number>()
  database.transaction(() => {
    for (const { changed } of imaginedPast(planOf(declaration, version), days, now - present, tale)) {
      for (const execution of changed.executions) versions.set(execution.id, execution.version)
      history.record(found.id, changed, id => versions.get(id) ?? version)
    }
  })
}
