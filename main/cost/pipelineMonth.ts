import type { ComputeType } from '../../preload/contract/cost.ts'
import type { ActionDefinition, Definition, ExecutionSummary, PipelineKey } from '../../preload/contract/pipelines.ts'
import type { PipelinePast } from '../metrics/past.ts'
import type { ActionFact, PastMark, StoredBuild } from '../store/history.ts'
import { type AttemptUsage, attemptUsage, machineDoubts } from './attemptUsage.ts'
import { computeOf } from './compute.ts'
import { exactly, type Range } from './money.ts'
import type { MonthSpan } from './months.ts'
import { type PipelineType, type Usage, usageOf } from './usage.ts'

/** What one pipeline used in one month. */
export interface PipelineMonth {
  key: PipelineKey
  type: PipelineType
  span: MonthSpan
  usage: Usage
  attempts: AttemptUsage[]
  /** That started in the month, oldest first. */
  executions: ExecutionSummary[]
  /** Why the estimate is a range, or what is not in it. */
  reasons: string[]
}

/** The compute type of each project, by the newest of its builds that is known. */
export function projectsOf(builds: Iterable<StoredBuild>): Map<string, ComputeType> {
  const found = new Map<string, { at: string; compute: ComputeType }>()
  for (const { project, startedAt: at, environmentType, computeType } of builds) {
    const compute = computeOf(environmentType, computeType)
    const known = found.get(project)
    if (compute && (!known || known.at < at)) found.set(project, { at, compute })
  }
  return new Map([...found].map(([project, { compute }]) => [project, compute]))
}

/** An attempt's action as the version under which it ran defines it, where that is known. */
export function definedFor(past: PipelinePast, { stage, action, version }: ActionFact): ActionDefinition | undefined {
  const within = (definition: Definition | undefined) =>
    definition?.stages.find(({ name }) => name === stage)?.actions.find(({ name }) => name === action)
  return (version === undefined ? undefined : within(past.definitionOf(version))) ?? within(past.definition)
}

/** What each attempt of a pipeline is billed for, oldest first. */
export function attemptsOf(
  past: PipelinePast,
  facts: readonly ActionFact[],
  projects: ReadonlyMap<string, ComputeType>,
): AttemptUsage[] {
  return facts.map(fact => {
    const defined = definedFor(past, fact)
    const project = projects.get(defined?.configuration.ProjectName ?? '')
    return attemptUsage(fact, defined, past.builds.get(fact.externalId ?? ''), project)
  })
}

/** Pure. What is billed by the month begins when the pipeline is first known to have been there. */
export function pipelineMonth(
  past: PipelinePast,
  type: PipelineType,
  mark: PastMark,
  span: MonthSpan,
  projects: ReadonlyMap<string, ComputeType>,
): PipelineMonth {
  const within = (at: number) => at >= span.from && at < span.to
  const facts = [...past.actions.values()].flat().filter(({ startedAt }) => within(startedAt))
  const attempts = attemptsOf(past, facts, projects).sort((a, b) => a.fact.startedAt - b.fact.startedAt)
  const executions = past.executions.filter(({ startedAt }) => within(Date.parse(startedAt)))
  const active = activeMonths(past.executions, executions, mark.createdAt, span)
  const used = usageOf(attempts, past.key.region, type)
  const existed = firstKnown(past, mark) < span.to
  const encrypted = existed && isCrossAccount(past.definition)
  const gb = mark.stored && existed ? mark.stored.bytes / 2 ** 30 : 0
  return {
    key: past.key,
    type,
    span,
    attempts,
    executions,
    usage: {
      ...used,
      activeMonths: type === 'V1' ? active : exactly(0),
      storedGb: exactly(gb),
      keys: { low: 0, high: encrypted ? 1 : 0 },
      keyRequests: encrypted ? exactly(used.puts + used.gets) : exactly(0),
    },
    reasons: reasonsOf({ attempts, active, type, mark, encrypted }),
  }
}

/** When the pipeline was made, or else the first that is known of it: an execution, or that the desk asked for it. */
function firstKnown({ executions: [first] }: PipelinePast, { createdAt, stored, executions }: PastMark): number {
  const signs = [createdAt, first?.startedAt, stored?.at, executions?.to].flatMap(at => at ?? [])
  return Math.min(...signs.map(at => Date.parse(at)))
}

/** As if it were older than 30 days: what a choice of type is judged by. */
export const longAgo = new Date(0).toISOString()

const codeTriggers = new Set(['Webhook', 'WebhookV2', 'PollForSourceChanges', 'CloudWatchEvent', 'PutActionRevision'])
const firstFree = 30 * 86_400_000

/**
 * Active is a V1 pipeline that is older than 30 days and ran a code change in the month. A manual start may have brought
 * one or not: a revision that was not seen before did.
 */
export function activeMonths(
  all: readonly ExecutionSummary[],
  within: readonly ExecutionSummary[],
  createdAt: string | undefined,
  span: MonthSpan,
): Range {
  if (within.length === 0) return exactly(0)
  const ages = createdAt === undefined ? undefined : Date.parse(createdAt) + firstFree
  if (ages !== undefined && ages >= span.to) return exactly(0)
  const grown = ages !== undefined && ages <= span.from
  const first = within[0]
  const seen = new Set(
    all.filter(each => first && each.startedAt < first.startedAt).flatMap(each => each.revisions.map(({ id }) => id)),
  )
  const changed = within.some(
    ({ trigger, revisions }) =>
      codeTriggers.has(trigger?.type ?? '') || (seen.size > 0 && revisions.some(({ id }) => !seen.has(id))),
  )
  return { low: grown && changed ? 1 : 0, high: 1 }
}

const isCrossAccount = (definition: Definition | undefined) =>
  (definition?.stages ?? []).some(({ actions }) => actions.some(({ crossAccount }) => crossAccount !== undefined))

function reasonsOf(of: {
  attempts: readonly AttemptUsage[]
  active: Range
  type: PipelineType
  mark: PastMark
  encrypted: boolean
}): string[] {
  const told = (when: boolean, text: string) => (when ? [text] : [])
  return [
    ...told(
      of.type === 'V1' && of.active.low !== of.active.high,
      'Whether a V1 pipeline counts as active is not certain: it must be older than 30 days and have run a code change.',
    ),
    ...told(
      of.attempts.some(({ build }) => build !== undefined && build.minutes.low !== build.minutes.high),
      'Whether CodeBuild bills the wait for a machine is not confirmed.',
    ),
    ...machineDoubts(of.attempts),
    ...told(
      of.mark.stored === undefined,
      'What its artifacts take up could not be read, so that storage is not in it.',
    ),
    ...told(of.mark.stored?.complete === false, 'It has more than 10,000 artifacts; the rest is not in it.'),
    ...told(
      of.encrypted,
      'Artifacts that cross accounts need a key of your own; pipelines may share one, so that its dollar may be counted twice.',
    ),
  ]
}
