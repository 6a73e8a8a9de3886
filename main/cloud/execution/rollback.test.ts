import { describe, expect, it } from 'vitest'
import type { RollbackTarget } from './model.ts'
import { action, condition, Story, source, stage } from './story.testing.ts'

const deploy = stage('Deploy', [action('Release', { configuration: { BucketName: '#{Source.branch}' } })])
const checkout = stage('Source', [action('Checkout', { type: 'Source/S3', namespace: 'Source' })])
const after = stage('After', [action('Smoke')])

/** Executions `one` and `two` have been deployed. */
function deployed(...stages: (typeof deploy)[]) {
  const story = new Story([checkout, ...(stages.length > 0 ? stages : [deploy, after])])
  for (const id of ['one', 'two']) {
    story.start(id)
    const artifacts = [{ name: 'App', bucket: 'b', key: id }]
    const revision = { actionName: 'Checkout', revisionId: `commit of ${id}` }
    story.succeed(id, 'Checkout', { artifacts, revision, variables: { branch: `branch-${id}` } })
    story.succeed(id, 'Release')
  }
  return story
}

const begin = (story: Story, target: RollbackTarget | undefined, executionId = 'back') => {
  if (!target) throw new Error('nothing to roll back to')
  const trigger = { type: 'ManualRollback', detail: 'arn:aws:iam::111122223333:user/ann' } as const
  return story.send({ kind: 'rollbackStarted', executionId, stage: 'Deploy', target, trigger })
}

describe('a manual rollback', () => {
  it('replays the revisions, artifacts and variables of its target in a new execution', () => {
    const story = deployed()
    begin(story, story.state.stages['Deploy']?.lastSucceeded)
    const target = story.execution('two')
    expect(story.execution('back')).toMatchObject({
      type: 'ROLLBACK',
      rollbackTarget: 'two',
      trigger: { type: 'ManualRollback' },
      revisions: target.revisions,
      artifacts: target.artifacts,
    })
    expect(story.running('back', 'Release').resolvedConfiguration).toEqual({ BucketName: 'branch-two' })
  })

  it('ends after its stage', () => {
    const story = deployed()
    begin(story, story.state.stages['Deploy']?.lastSucceeded)
    story.succeed('back', 'Release')
    expect(story.execution('back').status).toBe('Succeeded')
    expect(Object.keys(story.execution('back').stages)).toEqual(['Deploy'])
  })

  it('passes a closed transition and whoever waits before it', () => {
    const story = deployed()
    story.send({ kind: 'transitionDisabled', stage: 'Deploy', reason: 'freeze', by: 'ann' })
    story.start('three')
    story.succeed('three', 'Checkout', { variables: { branch: 'b' } })
    begin(story, story.state.stages['Deploy']?.lastSucceeded)
    expect(story.state.stages['Deploy']).toMatchObject({ holder: 'back', inbound: ['three'] })
  })

  it('does nothing while the stage is taken', () => {
    const story = deployed()
    const target = story.state.stages['Deploy']?.lastSucceeded
    story.start('three')
    story.succeed('three', 'Checkout', { variables: { branch: 'b' } })
    begin(story, target)
    expect(story.state.stages['Deploy']?.holder).toBe('three')
    expect(story.rollbacks()).toEqual([])
  })
})

describe('an automatic rollback', () => {
  const rolling = { ...deploy, onFailure: { result: 'ROLLBACK' as const } }

  it('goes back to what last succeeded in the stage, before anybody else enters it', () => {
    const story = deployed(rolling, after)
    for (const id of ['three', 'four']) {
      story.start(id)
      story.succeed(id, 'Checkout', { variables: { branch: 'b' } })
    }
    story.fail('three', 'Release')
    const [back] = story.rollbacks()
    expect(back).toMatchObject({ rollbackTarget: 'two', trigger: { type: 'AutomatedRollback', detail: 'three' } })
    expect(story.execution('three').status).toBe('Failed')
    expect(story.state.stages['Deploy']).toMatchObject({ holder: back?.id, inbound: ['four'] })
    story.succeed(back?.id ?? '', 'Release')
    expect(story.state.stages['Deploy']?.holder).toBe('four')
  })

  it('leaves the stage failed where nothing has succeeded under the current version', () => {
    const story = deployed(rolling, after)
    story.define([checkout, rolling, after])
    story.start('three')
    story.succeed('three', 'Checkout', { variables: { branch: 'b' } })
    story.fail('three', 'Release')
    expect(story.rollbacks()).toEqual([])
    expect(story.passage('three', 'Deploy').status).toBe('Failed')
  })

  it('is not followed by another when it fails itself', () => {
    const story = deployed({ ...rolling, beforeEntry: undefined }, after)
    story.start('three')
    story.succeed('three', 'Checkout', { variables: { branch: 'b' } })
    story.fail('three', 'Release')
    const id = story.rollbacks()[0]?.id ?? ''
    story.fail(id, 'Release')
    expect(story.rollbacks()).toMatchObject([{ id, status: 'Failed' }])
  })

  it('goes back to what a rollback has brought back', () => {
    const story = deployed(rolling, after)
    const target = story.state.stages['Deploy']?.lastSucceeded
    begin(story, target && { ...target, executionId: 'one' })
    story.succeed('back', 'Release')
    expect(story.state.stages['Deploy']?.lastSucceeded?.executionId).toBe('one')
  })

  it('is not held up by the conditions of the stage', () => {
    const guarded = { ...rolling, beforeEntry: condition('FAIL') }
    const story = new Story([source, { ...guarded, actions: [action('Release')] }])
    for (const id of ['one', 'two']) {
      story.start(id)
      story.succeed(id, 'Checkout')
      story.decide(id, true)
      if (id === 'one') story.succeed(id, 'Release')
      else story.fail(id, 'Release')
    }
    expect(story.busy(story.rollbacks()[0]?.id ?? '')).toEqual(['Release'])
  })
})
