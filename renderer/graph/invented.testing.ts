import fc from 'fast-check'
import type { State } from '../../preload/contract/base.ts'
import type { ActionDefinition, Definition, StageView } from '../../preload/contract/pipelines.ts'
import { type GraphModel, graphModel } from './graphModel.ts'
import type { ConditionKind } from './nodeRef.ts'

/** Declarations and states for the graph's tests, small to write and of any size. */
export interface InventedStage {
  name: string
  actions: { name: string; runOrder: number; state: State }[]
  conditions?: ConditionKind[]
  executionId?: string
}

const states: readonly State[] = ['succeeded', 'failed', 'running', 'waiting', 'stopped', 'skipped', 'notRun']

export function declaredAction(name: string, runOrder = 1): ActionDefinition {
  return {
    name,
    category: 'Build',
    owner: 'AWS',
    provider: 'CodeBuild',
    version: '1',
    runOrder,
    configuration: {},
    inputArtifacts: [],
    outputArtifacts: [],
  }
}

export function inventedDefinition(stages: readonly InventedStage[]): Definition {
  return {
    version: 1,
    type: 'V2',
    mode: 'SUPERSEDED',
    roleArn: 'arn:aws:iam::111122223333:role/pipeline',
    artifactBuckets: [],
    variables: [],
    stages: stages.map(stage => ({
      name: stage.name,
      actions: stage.actions.map(action => declaredAction(action.name, action.runOrder)),
      conditions: (stage.conditions ?? []).map(kind => ({ kind, result: 'FAIL', rules: [] })),
    })),
  }
}

export const inventedViews = (stages: readonly InventedStage[]): StageView[] =>
  stages.map(stage => ({
    name: stage.name,
    state: 'running',
    ...(stage.executionId && { executionId: stage.executionId }),
    transition: { open: true },
    inbound: [],
    retries: 0,
    conditions: [],
    actions: stage.actions.map(({ name, state }) => ({ name, state })),
  }))

export const invented = (stages: readonly InventedStage[]): GraphModel =>
  graphModel({ definition: inventedDefinition(stages), stages: inventedViews(stages) })

/** Any pipeline: up to 8 stages of up to 30 actions. */
export const anyStages: fc.Arbitrary<InventedStage[]> = fc
  .array(
    fc.record({
      actions: fc.array(fc.record({ runOrder: fc.integer({ min: 1, max: 4 }), state: fc.constantFrom(...states) }), {
        minLength: 1,
        maxLength: 30,
      }),
      conditions: fc.subarray<ConditionKind>(['beforeEntry', 'onSuccess', 'onFailure']),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map(stages =>
    stages.map((stage, s) => ({
      name: `Stage${s}`,
      conditions: stage.conditions,
      executionId: 'one',
      actions: stage.actions.map((action, a) => ({ name: `Action${a}`, ...action })),
    })),
  )

/** The same pipeline after its actions have come to other states. */
export const inOtherStates = (stages: readonly InventedStage[]): fc.Arbitrary<InventedStage[]> =>
  fc.tuple(
    ...stages.map(stage =>
      fc.tuple(...stage.actions.map(() => fc.constantFrom(...states))).map(next => ({
        ...stage,
        actions: stage.actions.map((action, i) => ({ ...action, state: next[i] ?? action.state })),
      })),
    ),
  )
