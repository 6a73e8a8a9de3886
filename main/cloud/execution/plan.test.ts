import { describe, expect, it } from 'vitest'
import { planOf } from './plan.ts'
import { action, condition, source, stage } from './story.testing.ts'

const roleArn = 'arn:aws:iam::111122223333:role/pipeline'

describe('a plan', () => {
  it('has its actions in run order, those of the same order as they were declared', () => {
    const build = stage('Build', [action('Last', { runOrder: 9 }), action('B', { runOrder: 1 }), action('A')])
    const { stages } = planOf({ name: 'shop', roleArn, stages: [source, build] }, 3)
    expect(stages[1]?.actions.map(({ name, runOrder }) => [name, runOrder])).toEqual([
      ['B', 1],
      ['A', 1],
      ['Last', 9],
    ])
  })

  it('has the defaults that a declaration may leave out', () => {
    expect(planOf({ name: 'shop', roleArn, stages: [source], variables: [{ name: 'x' }] }, 3)).toMatchObject({
      name: 'shop',
      version: 3,
      mode: 'SUPERSEDED',
      variables: [{ name: 'x' }],
      stages: [{ actions: [{ runOrder: 1, configuration: {}, inputArtifacts: [], outputArtifacts: [] }] }],
    })
  })

  it('has the files that a Commands action makes its artifacts of', () => {
    const outputArtifacts = [{ name: 'App', files: ['dist/**'] }]
    const run = action('Run', { type: 'Compute/Commands', commands: ['make'], outputArtifacts })
    const { stages } = planOf({ name: 'shop', roleArn, stages: [source, stage('Build', [run])] }, 1)
    expect(stages[1]?.actions[0]).toMatchObject({ outputArtifacts: ['App'], outputFiles: { App: ['dist/**'] } })
  })

  it('knows what happens on a failure', () => {
    const failing = (onFailure: Parameters<typeof stage>[2]) =>
      planOf({ name: 'shop', roleArn, stages: [source, stage('Build', [], onFailure)] }, 1).stages[1]?.onFailure
    expect(failing({ onFailure: { result: 'RETRY' } })).toEqual({ result: 'RETRY', retryMode: 'FAILED_ACTIONS' })
    expect(failing({ onFailure: { result: 'ROLLBACK' } })).toEqual({ result: 'ROLLBACK' })
    expect(failing({ onFailure: condition('ROLLBACK') })).toMatchObject({ condition: { result: 'ROLLBACK' } })
  })
})
