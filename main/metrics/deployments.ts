import type { ExecutionSummary, PipelineKey } from '../../preload/contract/pipelines.ts'
import type { ActionFact } from '../store/history.ts'
import { kindOf } from './kind.ts'
import { type Attempt, partition, type Slice } from './partition.ts'
import type { PipelinePast } from './past.ts'
import { type Production, productionStage } from './production.ts'

/** A change that got through the production stage. Times in ms since the Unix epoch. */
export interface Deployment {
  key: PipelineKey
  execution: ExecutionSummary
  at: number
  /** From the commit, or the execution's start where the commit's time is not known. Absent: deployed before. */
  leadMs: number | undefined
  fromCommit: boolean
  /** Where the lead time went; adds up to it. */
  slices: Slice[]
}

/** A change that reached production, and whether it failed there or was rolled back from it. */
export interface Change {
  at: number
  failed: boolean
  execution: ExecutionSummary
}

/** Production was broken from `failedAt`; absent `restoredAt`: still is. */
export interface Outage {
  failedAt: number
  restoredAt: number | undefined
  sample: boolean
}

/** What happened to production in a pipeline's past. */
export interface ProductionPast {
  key: PipelineKey
  production: Production
  deployments: Deployment[]
  changes: Change[]
  outages: Outage[]
}

interface Passage {
  execution: ExecutionSummary
  startedAt: number
  /** The first action of the production stage that failed there. An approval that was refused is no failure. */
  failedAt: number | undefined
  passedAt: number | undefined
}

/** The deployments, failures and outages of one pipeline, in order of their time. Pure. */
export function productionPast(past: PipelinePast): ProductionPast {
  const production = productionStage(past.definition, past.key.account, past.environmentOf)
  const { stage } = production
  if (stage === undefined) return { key: past.key, production, deployments: [], changes: [], outages: [] }
  const passages = past.executions.flatMap(execution => passageOf(past, execution, stage) ?? [])
  const deployed = new Set<string>()
  const deployments = passages
    .filter(({ execution }) => execution.type === 'STANDARD')
    .flatMap(({ execution, passedAt }) => (passedAt === undefined ? [] : { execution, at: passedAt }))
    .sort((a, b) => a.at - b.at)
    .map(({ execution, at }) => {
      const revisions = revisionsOf(execution)
      const again = revisions !== '' && deployed.has(revisions)
      deployed.add(revisions)
      return deploymentOf(past, execution, at, again)
    })
  return { key: past.key, production, deployments, ...judged(passages) }
}

/** What was executed, as text: the same where the same was. Empty where AWS told no revision. */
export const revisionsOf = ({ revisions }: ExecutionSummary): string =>
  revisions
    .map(({ actionName, id }) => `${actionName}=${id}`)
    .sort()
    .join()

function passageOf(past: PipelinePast, execution: ExecutionSummary, stage: string): Passage | undefined {
  const definition = past.definition
  const within = (past.actions.get(execution.id) ?? []).filter(attempt => attempt.stage === stage)
  const work = within.filter(attempt => kindOf(attempt, definition) !== 'approval')
  const [first] = work
  if (!first) return undefined
  const failed = work.filter(({ state }) => state === 'failed').map(({ updatedAt }) => updatedAt)
  return {
    execution,
    startedAt: first.startedAt,
    failedAt: failed.length > 0 ? Math.min(...failed) : undefined,
    passedAt: passed(past, execution, stage, within)
      ? Math.max(...within.map(({ updatedAt }) => updatedAt))
      : undefined,
  }
}

/** Every action of the stage that the execution's own version declares succeeded at its last attempt. */
function passed(past: PipelinePast, execution: ExecutionSummary, stage: string, within: readonly ActionFact[]) {
  if (execution.state === 'succeeded') return true
  const last = new Map(within.map(attempt => [attempt.action, attempt]))
  const version = within[0]?.version
  const definition = (version === undefined ? undefined : past.definitionOf(version)) ?? past.definition
  const declared = definition?.stages.find(({ name }) => name === stage)?.actions.length ?? 0
  return last.size >= declared && [...last.values()].every(({ state }) => state === 'succeeded')
}

function deploymentOf(past: PipelinePast, execution: ExecutionSummary, at: number, again: boolean): Deployment {
  const startedAt = Date.parse(execution.startedAt)
  const committed = execution.revisions
    .flatMap(({ id }) => past.commits.get(id) ?? [])
    .filter(committedAt => committedAt <= startedAt)
  // Of several sources the newest commit is what set it off.
  const committedAt = committed.length > 0 ? Math.max(...committed) : undefined
  const since = committedAt ?? startedAt
  const attempts = (past.actions.get(execution.id) ?? []).map(
    (attempt): Attempt => ({ ...attempt, kind: kindOf(attempt, past.definition) }),
  )
  const before: Slice[] =
    committedAt === undefined ? [] : [{ kind: 'commit', stage: '', action: '', ms: startedAt - committedAt }]
  return {
    key: past.key,
    execution,
    at,
    leadMs: again ? undefined : Math.max(at - since, 0),
    fromCommit: committedAt !== undefined,
    slices: again ? [] : [...before, ...partition(attempts, startedAt, Math.max(at, startedAt))],
  }
}

/**
 * Failures and what mended them, in order of time. A rollback out of a production that works says that the change
 * deployed last failed; one out of a production that is broken is its mending.
 */
function judged(passages: readonly Passage[]): { changes: Change[]; outages: Outage[] } {
  const events = passages
    .flatMap(({ execution, startedAt, failedAt, passedAt }) => {
      const rollback = execution.type === 'ROLLBACK'
      return [
        ...(rollback ? [{ at: startedAt, kind: 'rollback' as const, execution }] : []),
        ...(failedAt === undefined ? [] : [{ at: failedAt, kind: 'failed' as const, execution }]),
        ...(passedAt === undefined ? [] : [{ at: passedAt, kind: 'passed' as const, execution }]),
      ]
    })
    .sort((a, b) => a.at - b.at)
  const changes = new Map<string, Change>()
  const outages: Outage[] = []
  let broken: Outage | undefined
  let live: Change | undefined
  const breakAt = (failedAt: number, sample: boolean) => {
    if (broken) return
    broken = { failedAt, restoredAt: undefined, sample }
    outages.push(broken)
  }
  for (const { at, kind, execution } of events) {
    const change = execution.type === 'STANDARD' ? changes.get(execution.id) : undefined
    switch (kind) {
      case 'rollback':
        if (!broken && live) live.failed = true
        breakAt(at, execution.sample)
        break
      case 'failed':
        if (execution.type === 'STANDARD') changes.set(execution.id, { at, failed: true, execution })
        breakAt(at, execution.sample)
        break
      case 'passed':
        if (broken) broken.restoredAt = at
        broken = undefined
        if (execution.type === 'STANDARD') {
          live = change ?? { at, failed: false, execution }
          changes.set(execution.id, live)
        }
        break
    }
  }
  return { changes: [...changes.values()], outages }
}
