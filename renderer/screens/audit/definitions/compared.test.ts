import { describe, expect, it } from 'vitest'
import type { DefinitionDiff, VersionDetail } from '../../../../preload/contract/auditReview.ts'
import type { ToldChange } from '../../../../preload/contract/definitionChange.ts'
import type { ActionDefinition, StageDefinition } from '../../../../preload/contract/pipelines.ts'
import { actionsOf } from '../../../graph/graphModel.ts'
import { compared } from './compared.ts'

const action = (name: string, runOrder = 1): ActionDefinition => ({
  name,
  category: 'Build',
  owner: 'AWS',
  provider: 'CodeBuild',
  version: '1',
  runOrder,
  configuration: {},
  inputArtifacts: [],
  outputArtifacts: [],
})
const stage = (name: string, ...actions: string[]): StageDefinition => ({
  name,
  actions: actions.map((called, index) => action(called, index + 1)),
  conditions: [],
})
const version = (number: number, stages: StageDefinition[]): VersionDetail => ({
  info: { version: number, alarms: [], executions: 0, known: true },
  declaration: { name: 'payments', roleArn: 'arn:aws:iam::111122223333:role/p', stages: [] },
  definition: {
    version: number,
    type: 'V2',
    mode: 'QUEUED',
    roleArn: 'arn:aws:iam::111122223333:role/p',
    artifactBuckets: [],
    stages,
    variables: [],
  },
})
const diff = (from: StageDefinition[], to: StageDefinition[], changes: ToldChange[]): DefinitionDiff => ({
  key: { account: '111122223333', region: 'us-east-1', name: 'payments' },
  from: version(1, from),
  to: version(2, to),
  changes,
})
const drawn = (of: DefinitionDiff) => {
  const { model, marks } = compared(of)
  return {
    stages: model.stages.map(each => [each.name, ...actionsOf(each).map(({ view }) => view.name)].join(' ')),
    marks: Object.fromEntries(marks),
  }
}

describe('two definitions in one graph', () => {
  it('keeps what was removed, where it stood, and marks its stage as changed', () => {
    const told = drawn(
      diff(
        [stage('Source', 'Checkout'), stage('Production', 'Smoke', 'Approve', 'Deploy')],
        [stage('Source', 'Checkout'), stage('Production', 'Smoke', 'Deploy')],
        [
          {
            change: { kind: 'removed', part: 'action', stage: 'Production', name: 'Approve', at: 1, value: {} },
            words: 'Removed approval Approve of Production',
            stage: 'Production',
            action: 'Approve',
          },
        ],
      ),
    )
    expect(told.stages).toEqual(['Source Checkout', 'Production Smoke Approve Deploy'])
    expect(told.marks).toEqual({ 'action/Production/Approve': 'removed', 'stage/Production': 'changed' })
  })

  it('shows a stage that is gone between those that stay, with all that was in it', () => {
    const told = drawn(
      diff(
        [stage('Source', 'Checkout'), stage('Test', 'Unit', 'Load'), stage('Production', 'Deploy')],
        [stage('Source', 'Checkout'), stage('Production', 'Deploy')],
        [
          {
            change: { kind: 'removed', part: 'stage', name: 'Test', at: 1, value: {} },
            words: 'Removed stage Test',
            stage: 'Test',
          },
        ],
      ),
    )
    expect(told.stages).toEqual(['Source Checkout', 'Test Unit Load', 'Production Deploy'])
    expect(told.marks).toEqual({
      'stage/Test': 'removed',
      'action/Test/Unit': 'removed',
      'action/Test/Load': 'removed',
    })
  })

  it('marks a dropped condition, and the heavier of two changes of one action', () => {
    const { marks } = drawn(
      diff(
        [{ ...stage('Production', 'Deploy'), conditions: [{ kind: 'onFailure', result: 'ROLLBACK', rules: [] }] }],
        [stage('Production', 'Ship')],
        [
          {
            change: { kind: 'renamed', part: 'action', stage: 'Production', name: 'Deploy', to: 'Ship' },
            words: 'Renamed action Deploy to Ship',
            stage: 'Production',
            action: 'Ship',
          },
          {
            change: { kind: 'changed', part: 'action', stage: 'Production', name: 'Ship', member: ['roleArn'] },
            words: 'Changed the role',
            stage: 'Production',
            action: 'Ship',
          },
          {
            change: { kind: 'condition', stage: 'Production', condition: 'onFailure', before: {} },
            words: 'Dropped the rollback',
            stage: 'Production',
          },
        ],
      ),
    )
    expect(marks).toMatchObject({
      'action/Production/Ship': 'renamed',
      'condition/Production/onFailure': 'removed',
    })
  })
})
