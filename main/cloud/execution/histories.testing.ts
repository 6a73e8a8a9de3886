import fc from 'fast-check'
import { assertNever } from '../../base/assertNever.ts'
import type {
  ActionExecution,
  ActionPlan,
  ConditionPlan,
  Execution,
  ExecutionMode,
  PipelineEvent,
  PipelinePlan,
  PipelineState,
  RuleExecution,
  StagePlan,
} from './model.ts'

/** Random definitions, and random events that fit (or just don't fit) the state of the pipeline. */

const result = <T extends ConditionPlan['result']>(...results: T[]) =>
  fc.constantFrom(...results).map(chosen => ({ result: chosen, rules: [rule('first'), rule('second')] }))
const rule = (name: string) => ({ name, provider: 'LambdaInvoke', configuration: {}, inputArtifacts: [] })

const actionPlan = (name: string, runOrder: number, approval: boolean): ActionPlan => ({
  name,
  type: approval
    ? { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' }
    : { category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' },
  runOrder,
  // Some actions use what an earlier one may or may not have put out.
  configuration: name === 'c' ? { UserParameters: '#{made.value}' } : {},
  inputArtifacts: [],
  outputArtifacts: [],
  ...(name === 'a' ? { namespace: 'made' } : {}),
})

const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
const onFailure = fc.oneof(
  fc.constant({ result: 'ROLLBACK' as const }),
  fc.constantFrom('FAILED_ACTIONS', 'ALL_ACTIONS').map(retryMode => ({ result: 'RETRY' as const, retryMode })),
  result('ROLLBACK').map(condition => ({ condition })),
)
const stagePlan = fc
  .record({
    orders: fc.oneof(
      { weight: 9, arbitrary: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }) },
      { weight: 1, arbitrary: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 4, maxLength: 7 }) },
    ),
    approvals: fc.nat(),
    beforeEntry: rarely(result('FAIL', 'SKIP')),
    onSuccess: rarely(result('FAIL', 'ROLLBACK')),
    onFailure: rarely(onFailure),
  })
  .map(({ orders, approvals, ...conditions }): Omit<StagePlan, 'name'> => {
    const sorted = orders.toSorted((a, b) => a - b)
    const actions = sorted.map((order, i) => actionPlan('abcdefg'.charAt(i), order, ((approvals >> i) & 3) === 3))
    const declared = Object.entries(conditions).filter(([, condition]) => condition !== undefined)
    return { actions, ...Object.fromEntries(declared) }
  })

/** Definitions of one pipeline over time; each keeps some of the stages of the one before. */
export const definitions = fc.array(
  fc
    .record({
      mode: fc.constantFrom<ExecutionMode>('SUPERSEDED', 'QUEUED', 'PARALLEL'),
      stages: fc.uniqueArray(fc.record({ name: fc.constantFrom('S', 'T', 'U', 'V', '__proto__'), stage: stagePlan }), {
        minLength: 2,
        maxLength: 4,
        selector: ({ name }) => name,
      }),
    })
    .map(
      ({ mode, stages }): Omit<PipelinePlan, 'version'> => ({
        name: 'shop',
        mode,
        roleArn: '',
        variables: [],
        stages: stages.map(({ name, stage }) => ({ name, ...stage })),
      }),
    ),
  { minLength: 1, maxLength: 3 },
)

/** What a chooser may look at. */
export interface Known {
  state: PipelineState
  /** Every action execution that was ever started. */
  actions: readonly string[]
  plans: readonly Omit<PipelinePlan, 'version'>[]
  /** How many events there have been: for new ids. */
  started: number
}

export function liveExecutions(state: PipelineState): Execution[] {
  return Object.values(state.executions).filter(({ position }) => position.at !== 'ended')
}

export function actionsInProgress(state: PipelineState): ActionExecution[] {
  return Object.values(state.executions).flatMap(({ stages }) =>
    Object.values(stages).flatMap(({ actions }) =>
      Object.values(actions).filter(({ status }) => status === 'InProgress'),
    ),
  )
}

export function rulesInProgress(state: PipelineState): RuleExecution[] {
  return Object.values(state.executions).flatMap(({ stages }) =>
    Object.values(stages).flatMap(({ conditions }) =>
      Object.values(conditions).flatMap(each => each?.rules.filter(({ status }) => status === 'InProgress') ?? []),
    ),
  )
}

const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % from.length]
const trigger = { type: 'StartPipelineExecution', detail: 'ann' } as const

/** How often each kind of event comes, in 64ths; what is left goes to actions that succeed. */
const odds = [
  ['start', 10],
  ['fail', 5],
  ['report', 1],
  ['time out', 1],
  ['pass rule', 6],
  ['fail rule', 2],
  ['stop', 1],
  ['retry', 4],
  ['close', 1],
  ['open', 2],
  ['override', 2],
  ['roll back', 1],
  ['late word', 1],
  ['define', 1],
] as const
const wheel = odds.flatMap(([what, times]) => Array.from({ length: times }, () => what))

/** The event that a random number stands for in this state; it need not be one that changes anything. */
export function eventOf(random: number, { state, plans, actions, started }: Known): PipelineEvent {
  const what = wheel[random % 64]
  const which = Math.floor(random / 64)
  const executionId = pick(Object.keys(state.executions), which) ?? 'none'
  const stage = pick(Object.keys(state.stages), which >> 3) ?? 'none'
  const attempt = pick(actionsInProgress(state), which)?.id ?? 'none'
  const rule = pick(rulesInProgress(state), which)?.id
  const by = 'ann'
  switch (what) {
    case 'start':
      return { kind: 'executionStarted', executionId: `e${started}`, trigger, variables: {}, overrides: [] }
    case 'fail':
      return { kind: 'actionFailed', actionExecutionId: attempt, error: { code: 'JobFailed', message: '' } }
    case 'report':
      return { kind: 'actionReported', actionExecutionId: attempt, report: { percentComplete: 50 } }
    case 'time out':
      return { kind: 'timedOut', what: rule ? 'rule' : 'action', id: rule ?? attempt }
    case 'pass rule':
    case 'fail rule':
      if (!rule) break
      return { kind: 'ruleEnded', ruleExecutionId: rule, passed: what === 'pass rule' }
    case 'stop':
      return { kind: 'stopRequested', executionId, abandon: which % 3 === 0, reason: '', by }
    case 'retry':
      return {
        kind: 'stageRetried',
        ...failedStage(state, which),
        mode: pick(['ALL_ACTIONS', 'FAILED_ACTIONS'], which) ?? 'ALL_ACTIONS',
        by,
      }
    case 'close':
      return { kind: 'transitionDisabled', stage, reason: 'freeze', by }
    case 'open':
      return { kind: 'transitionEnabled', stage, by }
    case 'override':
      return {
        kind: 'conditionOverridden',
        ...failedStage(state, which),
        condition: which % 2 ? 'BEFORE_ENTRY' : 'ON_SUCCESS',
        by,
      }
    case 'roll back': {
      const target = Object.values(state.stages).find(({ lastSucceeded }) => lastSucceeded)?.lastSucceeded
      if (!target) break
      return { kind: 'rollbackStarted', executionId: `r${started}`, stage, target, trigger }
    }
    case 'late word':
      return succeeded(pick(actions, which) ?? 'none', which)
    case 'define': {
      const next = pick(plans, state.version)
      if (!next) break
      return { kind: 'definitionChanged', plan: { ...next, version: state.version + 1 } }
    }
    case undefined:
      break
    default:
      return assertNever(what)
  }
  return succeeded(attempt, which)
}

/** Any execution in any stage, rather one that failed. */
function failedStage(state: PipelineState, which: number): { executionId: string; stage: string } {
  const passages = Object.values(state.executions).flatMap(({ id, stages }) =>
    Object.entries(stages).map(([stage, { status }]) => ({ executionId: id, stage, status })),
  )
  const failed = passages.filter(({ status }) => status === 'Failed' || status === 'Stopped')
  const { executionId, stage } = pick(failed.length > 0 && which % 4 > 0 ? failed : passages, which) ?? {
    executionId: 'none',
    stage: 'none',
  }
  return { executionId, stage }
}

function succeeded(actionExecutionId: string, which: number): PipelineEvent {
  const variables: Record<string, string> = which % 9 ? { value: 'x' } : {}
  return { kind: 'actionSucceeded', actionExecutionId, result: { artifacts: [], variables } }
}
