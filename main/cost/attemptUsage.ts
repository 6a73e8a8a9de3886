import type { ComputeType } from '../../preload/contract/cost.ts'
import type { ActionDefinition } from '../../preload/contract/pipelines.ts'
import type { ActionFact, StoredBuild } from '../store/history.ts'
import { commandsCompute, computeOf } from './compute.ts'
import { exactly, type Range } from './money.ts'

/** What one attempt of an action is billed for. */
export interface AttemptUsage {
  fact: ActionFact
  /** Minutes that V2 bills, and why none where there are none. */
  minutes: number
  exempt: string | undefined
  /** Minutes that CodeBuild bills; absent where it does not build. */
  build: { compute: ComputeType | undefined; minutes: Range /** By the build itself. */; told: boolean } | undefined
}

/** What is not certain of an estimate because CodeBuild does not tell the machines of its builds. */
export function machineDoubts(attempts: readonly Pick<AttemptUsage, 'build'>[]): string[] {
  const builds = attempts.flatMap(({ build }) => build ?? [])
  return [
    ...(builds.some(({ compute, told }) => compute !== undefined && !told)
      ? ['Of some builds CodeBuild no longer tells: they are priced by the machine that their project has.']
      : []),
    ...(builds.some(({ compute }) => compute === undefined)
      ? ['CodeBuild did not tell the compute type of some builds: anything from small to 2xlarge.']
      : []),
  ]
}

/** Providers that use CodeBuild's machines, and its bill (fact sheet, 10). */
const builders = new Set(['CodeBuild', 'Commands', 'EKS', 'InspectorScan', 'ECRBuildAndPublish'])
const underway = new Set(['running', 'waiting'])

/** Whole minutes, rounded up. */
export const minutesUp = (ms: number): number => Math.ceil(Math.max(ms, 0) / 60_000)

/**
 * The V2 rule: from an action's start to its end, rounded up to whole minutes; manual approvals and custom actions are
 * free; retried and failed ones count (fact sheet, 10). `project` is the compute type that the project
 * has, for builds that CodeBuild no longer tells of.
 */
export function attemptUsage(
  fact: ActionFact,
  defined: ActionDefinition | undefined,
  build: StoredBuild | undefined,
  project: ComputeType | undefined,
): AttemptUsage {
  const category = fact.category ?? defined?.category
  const owner = fact.owner ?? defined?.owner
  const provider = fact.provider ?? defined?.provider
  const exempt =
    category === 'Approval'
      ? 'Manual approvals are not billed.'
      : owner === 'Custom'
        ? 'Custom actions are not billed.'
        : underway.has(fact.state)
          ? 'It has not ended.'
          : undefined
  const took = fact.updatedAt - fact.startedAt
  return {
    fact,
    minutes: exempt === undefined ? minutesUp(took) : 0,
    exempt,
    build:
      underway.has(fact.state) || owner === 'Custom' || !(build || builders.has(provider ?? ''))
        ? undefined
        : buildUsage(build, took, provider === 'Commands' ? commandsCompute(defined?.configuration ?? {}) : project),
  }
}

/** UNCONFIRMED whether the wait for a machine is billed: without it at least, with it at most. */
function buildUsage(build: StoredBuild | undefined, took: number, otherwise: ComputeType | undefined) {
  if (!build?.endedAt) return { compute: otherwise, minutes: exactly(minutesUp(took)), told: false }
  const ms = Date.parse(build.endedAt) - Date.parse(build.startedAt)
  const compute = computeOf(build.environmentType, build.computeType)
  return {
    compute: compute ?? otherwise,
    told: compute !== undefined,
    minutes: { low: minutesUp(ms - build.queuedSeconds * 1000), high: minutesUp(ms) },
  }
}
