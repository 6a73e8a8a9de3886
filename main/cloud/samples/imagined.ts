import { createHash } from 'node:crypto'
import type { Millis } from '../../base/clock.ts'
import { sampleNote } from '../execution/history.ts'
import { derivedUuid } from '../execution/ids.ts'
import { emptyState, step } from '../execution/machine.ts'
import type {
  ActionExecution,
  ActionPlan,
  PipelineEvent,
  PipelinePlan,
  PipelineState,
  Step,
} from '../execution/model.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Numbers from 0 to 1 that only depend on the seed (mulberry32). */
export function dice(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const subjects = [
  'Sort products by price',
  'Cache the catalogue for a minute',
  'Fix the rounding of vouchers',
  'Show the delivery date',
  'Log the gateway request id',
  'Drop the old endpoints',
  'Retry a timed out capture once',
  'Translate the footer',
  'Make pictures smaller',
  'Check the postcode before the basket',
]

/** Typical length of an action in ms, and how often it fails. */
function habit({ type: { category, provider } }: ActionPlan): { typical: Millis; fails: number } {
  switch (category) {
    case 'Source':
      return { typical: 4_000, fails: 0 }
    case 'Approval':
      return { typical: 35 * minute, fails: 0.03 }
    case 'Test':
      return { typical: 130_000, fails: 0.08 }
    case 'Build':
      return { typical: 95_000, fails: 0.04 }
    case 'Deploy':
      return { typical: 25_000, fails: provider === 'S3' ? 0.01 : 0.03 }
    case 'Invoke':
    case 'Compute':
      return { typical: 20_000, fails: 0.02 }
    default:
      return category satisfies never
  }
}

function ending(attempt: ActionExecution, plan: ActionPlan, failed: boolean, roll: () => number): PipelineEvent {
  const actionExecutionId = attempt.id
  if (failed) {
    const message = plan.type.category === 'Approval' ? 'Not this week' : 'Build terminated with state: FAILED'
    return { kind: 'actionFailed', actionExecutionId, error: { code: 'JobFailed', message }, summary: sampleNote }
  }
  if (plan.type.category !== 'Source')
    return { kind: 'actionSucceeded', actionExecutionId, result: { artifacts: [], variables: {} }, summary: sampleNote }
  const revisionId = createHash('sha1').update(attempt.id).digest('hex')
  const revisionSummary = subjects[Math.floor(roll() * subjects.length)] ?? ''
  const variables = {
    CommitId: revisionId,
    CommitMessage: revisionSummary,
    BranchName: plan.configuration.BranchName ?? '',
  }
  return {
    kind: 'actionSucceeded',
    actionExecutionId,
    result: { artifacts: [], variables, revision: { actionName: plan.name, revisionId, revisionSummary } },
    summary: sampleNote,
  }
}

/** What a past tells besides its everyday: something true to find for whoever asks why. */
export interface Tale {
  /** Since so many days the present definition is executed, and with it this action takes so many times as long. */
  slower?: { action: string; factor: number; days: number; before: PipelinePlan }
  /** An action that now and then fails, and succeeds when its stage is retried. */
  flaky?: { action: string; fails: number }
}

const planOfAttempt = (plan: PipelinePlan, attempt: ActionExecution) =>
  plan.stages.find(({ name }) => name === attempt.stage)?.actions.find(({ name }) => name === attempt.action)

/**
 * A past that a pipeline might have had: the machine itself, driven through `days` of simulated time that end at
 * `until`, by invented durations and failures. Yields every step for its records. What is underway at the end is left out.
 */
export function* imaginedPast(
  plan: PipelinePlan,
  days: number,
  until: Millis,
  { slower, flaky }: Tale = {},
): Generator<Step> {
  const roll = dice(`${plan.name} ${days}`)
  const luck = dice(`${plan.name} luck`)
  let state: PipelineState = emptyState
  let count = 0
  /** Executions whose flake is retried. */
  const retries = new Set<string>()
  const happen = (at: Millis, event: PipelineEvent) => {
    const next = step(state, { at, seed: `${plan.name} ${count++}`, event })
    state = next.state
    return next
  }
  let current = slower?.before ?? plan
  happen(until - days * day, { kind: 'definitionChanged', plan: withoutReferences(current) })
  for (let past = days; past >= 1; past--) {
    const began = until - past * day
    if (past === slower?.days) {
      current = plan
      happen(began, { kind: 'definitionChanged', plan: withoutReferences(current) })
    }
    const weekday = new Date(began).getUTCDay()
    const starts = weekday === 0 || weekday === 6 ? 0 : 1 + Math.floor(roll() * 3)
    let at = began + roll() * 90 * minute
    for (let n = 0; n < starts; n++) {
      const executionId = derivedUuid(`${plan.name} ${past}`, n)
      const due: { at: Millis; event: PipelineEvent }[] = [
        {
          at,
          event: {
            kind: 'executionStarted',
            executionId,
            trigger: { type: 'PollForSourceChanges', detail: 'main' },
            variables: {},
            overrides: [],
          },
        },
      ]
      for (let next = due.shift(); next; next = due.sort((a, b) => a.at - b.at).shift()) {
        at = Math.max(at, next.at)
        const taken = happen(at, next.event)
        yield taken
        for (const attempt of taken.changed.actions) {
          const action = attempt.status === 'InProgress' && planOfAttempt(current, attempt)
          if (!action) continue
          const { typical, fails } = habit(action)
          const factor = slower?.action === action.name && current === plan ? slower.factor : 1
          // Skewed to the right, as durations are: most near the typical, a few much longer.
          const took = typical * factor * (0.7 + roll() * 0.5 + roll() ** 6 * 2)
          const retried = retries.has(executionId)
          const flake = flaky?.action === action.name && !retried && luck() < flaky.fails
          const failed = roll() < fails && !(flaky?.action === action.name && retried)
          due.push({ at: at + took, event: ending(attempt, action, flake || failed, roll) })
          if (!flake) continue
          retries.add(executionId)
          const event = { kind: 'stageRetried', executionId, stage: attempt.stage } as const
          due.push({
            at: at + took + (2 + luck() * 6) * minute,
            event: { ...event, mode: 'FAILED_ACTIONS', by: 'lena.fischer' },
          })
        }
      }
      at += (30 + roll() * 120) * minute
    }
  }
}

/** Nothing produces the values of `#{…}` in this past, so configurations are taken as they are written. */
function withoutReferences(plan: PipelinePlan): PipelinePlan {
  const plain = (text: string) => text.replaceAll('#{', '{')
  return {
    ...plan,
    stages: plan.stages.map(({ name, actions }) => ({
      name,
      actions: actions.map(action => ({
        ...action,
        inputArtifacts: [],
        outputArtifacts: [],
        configuration: Object.fromEntries(
          Object.entries(action.configuration).map(([key, value]) => [key, plain(value)]),
        ),
      })),
    })),
  }
}
