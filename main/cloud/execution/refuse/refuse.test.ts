import { describe, expect, it } from 'vitest'
import type { SourceRevisionOverride } from '../model.ts'
import { action, approval, condition, Story, source, stage } from '../story.testing.ts'
import { refuseApproval } from './approval.ts'
import { refuseOverride } from './override.ts'
import { refuseRetry } from './retry.ts'
import { refuseRollback } from './rollback.ts'
import { refuseStart } from './start.ts'
import { refuseStop } from './stop.ts'
import { gatedStage, refuseTransition } from './transition.ts'

const build = stage('Build', [action('Compile'), action('Lint')])
const one = 'one'

function building(...stages: ReturnType<typeof stage>[]) {
  const story = new Story([source, ...(stages.length > 0 ? stages : [build])])
  story.start(one)
  story.succeed(one, 'Checkout')
  return story
}

describe('a start is refused', () => {
  const variables = [{ name: 'target' }, { name: 'colour', defaultValue: 'blue' }]

  it('when a variable without default is missing, or one is not declared', () => {
    const { state } = new Story([source, build], 'SUPERSEDED', { variables })
    const refused = (given: Record<string, string>) => refuseStart(state, { variables: given, overrides: [] })
    expect(refused({})).toMatchObject({ name: 'ValidationException' })
    expect(refused({ target: 'x', other: 'y' })).toMatchObject({ name: 'ValidationException' })
    expect(refused({ target: 'x' })).toBeUndefined()
  })

  it('when it pins a revision of what is no source action', () => {
    const override = (actionName: string) =>
      ({ actionName, revisionType: 'S3_OBJECT_VERSION_ID', revisionValue: '9f1c' }) as const
    const { state } = new Story([source, build])
    expect(refuseStart(state, { variables: {}, overrides: [override('Checkout')] })).toBeUndefined()
    expect(refuseStart(state, { variables: {}, overrides: [override('Compile')] })).toBeDefined()
  })

  it('when a revision’s type is not one of its source, or a source is named twice', () => {
    const { state } = new Story([source, build])
    const pins = (...revisionTypes: SourceRevisionOverride['revisionType'][]) =>
      revisionTypes.map(revisionType => ({ actionName: 'Checkout', revisionType, revisionValue: '9f1c' }))
    const refused = (...types: Parameters<typeof pins>) =>
      refuseStart(state, { variables: {}, overrides: pins(...types) })?.name
    expect(refused('S3_OBJECT_VERSION_ID', 'S3_OBJECT_KEY')).toBeUndefined()
    expect(refused('COMMIT_ID')).toBe('ValidationException')
    expect(refused('IMAGE_DIGEST')).toBe('ValidationException')
    expect(refused('S3_OBJECT_KEY', 'S3_OBJECT_KEY')).toBe('ValidationException')
  })

  it('when 50 executions run or wait in a queue', () => {
    const story = new Story([source, build], 'QUEUED')
    story.start(...Array.from({ length: 50 }, (_, i) => `e${i}`))
    const refused = refuseStart(story.state, { variables: {}, overrides: [] })
    expect(refused?.name).toBe('ConcurrentPipelineExecutionsLimitExceededException')
  })
})

describe('a stop is refused', () => {
  it('of an execution that has ended, or is unknown', () => {
    const story = building()
    expect(refuseStop(story.state, { executionId: 'none', abandon: false })?.name).toBe(
      'PipelineExecutionNotStoppableException',
    )
    story.stop(one, true)
    expect(refuseStop(story.state, { executionId: one, abandon: true })?.name).toBe(
      'PipelineExecutionNotStoppableException',
    )
  })

  it('when it was asked for before, unless a wait is turned into an abandon', () => {
    const story = building()
    expect(refuseStop(story.state, { executionId: one, abandon: false })).toBeUndefined()
    story.stop(one)
    expect(refuseStop(story.state, { executionId: one, abandon: false })?.name).toBe('DuplicatedStopRequestException')
    expect(refuseStop(story.state, { executionId: one, abandon: true })).toBeUndefined()
  })
})

describe('a retry is refused', () => {
  const retry = (story: Story, name = 'Build', mode: 'FAILED_ACTIONS' | 'ALL_ACTIONS' = 'FAILED_ACTIONS') =>
    refuseRetry(story.state, { stage: name, executionId: one, mode })?.name

  it('of an unknown stage, and of one that the execution never failed in', () => {
    const story = building(build, stage('Deploy', [action('Release')]))
    expect(retry(story, 'None')).toBe('StageNotFoundException')
    expect(retry(story, 'Source')).toBe('StageNotRetryableException')
    expect(retry(story, 'Build')).toBe('StageNotRetryableException')
    expect(retry(story, 'Deploy')).toBe('NotLatestPipelineExecutionException')
  })

  it('while actions run, unless it is of the failed ones', () => {
    const story = building()
    story.fail(one, 'Lint')
    expect(retry(story)).toBeUndefined()
    expect(retry(story, 'Build', 'ALL_ACTIONS')).toBe('StageNotRetryableException')
    story.succeed(one, 'Compile')
    expect(retry(story, 'Build', 'ALL_ACTIONS')).toBeUndefined()
  })

  it('while another retry runs', () => {
    const story = building()
    story.fail(one, 'Lint')
    story.retry(one, 'Build')
    expect(retry(story)).toBe('ConflictException')
  })

  it('once a newer execution has been in the stage', () => {
    const story = building()
    story.fail(one, 'Lint')
    story.succeed(one, 'Compile')
    story.start('two')
    story.succeed('two', 'Checkout')
    expect(retry(story)).toBe('NotLatestPipelineExecutionException')
  })

  it('once the pipeline has changed', () => {
    const story = building()
    story.fail(one, 'Lint')
    story.succeed(one, 'Compile')
    expect(retry(story)).toBeUndefined()
    story.define([source, build])
    expect(retry(story)).toBe('StageNotRetryableException')
  })

  it('of a skipped stage, and of failed actions where a condition failed and no action', () => {
    const skipped = building({ ...build, beforeEntry: condition('SKIP') })
    skipped.decide(one, false)
    expect(retry(skipped)).toBe('StageNotRetryableException')
    const barred = building({ ...build, beforeEntry: condition('FAIL') })
    barred.decide(one, false)
    expect(retry(barred)).toBe('StageNotRetryableException')
    expect(retry(barred, 'Build', 'ALL_ACTIONS')).toBeUndefined()
  })
})

describe('a rollback is refused', () => {
  const facts = { type: 'STANDARD', version: 1, succeededInStage: true } as const
  const rollback = (story: Story, name: string, target?: Parameters<typeof refuseRollback>[2]) =>
    refuseRollback(story.state, { stage: name, targetExecutionId: 'zero' }, target)?.name

  it('of the source stage, an unknown stage, and in PARALLEL mode', () => {
    const story = new Story([source, build])
    expect(rollback(story, 'Source', facts)).toBe('UnableToRollbackStageException')
    expect(rollback(story, 'None', facts)).toBe('StageNotFoundException')
    expect(rollback(story, 'Build', facts)).toBeUndefined()
    expect(rollback(new Story([source, build], 'PARALLEL'), 'Build', facts)).toBe('UnableToRollbackStageException')
  })

  it('to what is unknown, of another version, itself a rollback, or did not succeed there', () => {
    const story = new Story([source, build])
    expect(rollback(story, 'Build', undefined)).toBe('PipelineExecutionNotFoundException')
    expect(rollback(story, 'Build', { ...facts, version: 0 })).toBe('PipelineExecutionOutdatedException')
    expect(rollback(story, 'Build', { ...facts, type: 'ROLLBACK' })).toBe('UnableToRollbackStageException')
    expect(rollback(story, 'Build', { ...facts, succeededInStage: false })).toBe('UnableToRollbackStageException')
  })

  it('while the stage runs, and where it was skipped', () => {
    expect(rollback(building(), 'Build', facts)).toBe('UnableToRollbackStageException')
    const skipped = building({ ...build, beforeEntry: condition('SKIP') })
    skipped.decide(one, false)
    expect(rollback(skipped, 'Build', facts)).toBe('UnableToRollbackStageException')
  })
})

describe('an override is refused', () => {
  const override = (story: Story, asked: 'BEFORE_ENTRY' | 'ON_SUCCESS' = 'BEFORE_ENTRY', executionId = one) =>
    refuseOverride(story.state, { stage: 'Build', executionId, condition: asked })?.name

  it('of a condition that the stage lacks, or that has the result SKIP', () => {
    expect(override(building())).toBe('ConditionNotOverridableException')
    expect(override(building({ ...build, beforeEntry: condition('SKIP') }))).toBe('ConditionNotOverridableException')
  })

  it('of one that was met', () => {
    const story = building({ ...build, beforeEntry: condition('FAIL') })
    expect(override(story)).toBeUndefined()
    story.decide(one, true)
    expect(override(story)).toBe('ConditionNotOverridableException')
  })

  it('once another execution is the latest', () => {
    const story = building({ ...build, beforeEntry: condition('FAIL') })
    story.decide(one, false)
    expect(override(story)).toBeUndefined()
    expect(override(story, 'BEFORE_ENTRY', 'two')).toBe('NotLatestPipelineExecutionException')
  })
})

describe('an approval is refused', () => {
  const prod = stage('Prod', [approval('Approve')])
  const answer = (story: Story, token: string, name = 'Approve', stageName = 'Prod') =>
    refuseApproval(story.state, { stage: stageName, action: name, token })?.name

  it('where stage or action are unknown, or the token is not the one of this attempt', () => {
    const story = building(prod)
    const { token = '' } = story.running(one, 'Approve')
    expect(answer(story, token)).toBeUndefined()
    expect(answer(story, 'stale')).toBe('InvalidApprovalTokenException')
    expect(answer(story, 'stale', 'None')).toBe('ActionNotFoundException')
    expect(answer(story, 'stale', 'Approve', 'None')).toBe('StageNotFoundException')
  })

  it('once it has been given, and once its execution was stopped', () => {
    const story = building(prod)
    const { token = '' } = story.running(one, 'Approve')
    story.succeed(one, 'Approve')
    expect(answer(story, token)).toBe('ApprovalAlreadyCompletedException')
    const stopped = building(prod)
    const { token: second = '' } = stopped.running(one, 'Approve')
    stopped.stop(one, true)
    expect(answer(stopped, second)).toBe('InvalidApprovalTokenException')
  })

  it('not in a PARALLEL pipeline for the token that the history shows', () => {
    const story = new Story([source, prod], 'PARALLEL')
    story.start(one)
    story.succeed(one, 'Checkout')
    const { token = '', report } = story.running(one, 'Approve')
    expect(report.externalExecutionId).toBe(token)
    expect(answer(story, token)).toBeUndefined()
  })
})

describe('a transition', () => {
  it('outbound is the next stage’s inbound one; the last stage has none', () => {
    const { state } = new Story([source, build])
    expect(gatedStage(state, { stage: 'Source', type: 'Outbound' })).toBe('Build')
    expect(refuseTransition(state, { stage: 'Build', type: 'Inbound' })).toBeUndefined()
    expect(refuseTransition(state, { stage: 'Build', type: 'Outbound' })?.name).toBe('ValidationException')
    expect(refuseTransition(state, { stage: 'None', type: 'Inbound' })?.name).toBe('StageNotFoundException')
  })
})
