import type { StageDeclaration } from '@aws-sdk/client-codepipeline'
import { describe, expect, it } from 'vitest'
import { action, approval, condition, Story, source, stage } from './story.testing.ts'

const one = 'one'

function entered(more: Partial<StageDeclaration> = {}) {
  const build = stage('Build', [action('Compile'), action('Lint'), action('Package', { runOrder: 2 })], more)
  const story = new Story([source, build, stage('Deploy', [action('Release')])])
  story.start(one)
  story.succeed(one, 'Checkout')
  return story
}

describe('a retry of FAILED_ACTIONS', () => {
  it('keeps the execution and starts new attempts of what failed', () => {
    const story = entered()
    story.succeed(one, 'Compile')
    const failed = story.running(one, 'Lint')
    story.fail(one, 'Lint')
    expect(story.execution(one).status).toBe('Failed')
    story.retry(one, 'Build')
    expect(story.execution(one)).toMatchObject({ id: one, status: 'InProgress', attempt: 2, version: 1 })
    expect(story.busy(one)).toEqual(['Lint'])
    expect(story.running(one, 'Lint').id).not.toBe(failed.id)
    expect(story.passage(one, 'Build')).toMatchObject({ manualRetries: 1, latestRetry: 'ManualStageRetry' })
    expect(story.announced(one).slice(-4)).toEqual(['Build FAILED', 'FAILED', 'RESUMED', 'Build RESUMED'])
  })

  it('takes the stage again, goes on where it had stopped, and ends as any other', () => {
    const story = entered()
    story.succeed(one, 'Compile')
    story.fail(one, 'Lint')
    story.retry(one, 'Build')
    expect(story.state.stages['Build']?.holder).toBe(one)
    for (const name of ['Lint', 'Package', 'Release']) story.succeed(one, name)
    expect(story.execution(one).status).toBe('Succeeded')
  })

  it('is possible while siblings run, and leaves them alone', () => {
    const story = entered()
    const sibling = story.running(one, 'Compile')
    story.fail(one, 'Lint')
    story.retry(one, 'Build')
    expect(story.busy(one).toSorted()).toEqual(['Compile', 'Lint'])
    expect(story.running(one, 'Compile').id).toBe(sibling.id)
    expect(story.announced(one)).not.toContain('RESUMED')
  })

  it('gives an approval a new token', () => {
    const story = new Story([source, stage('Prod', [approval('Approve')])])
    story.start(one)
    story.succeed(one, 'Checkout')
    const { token } = story.running(one, 'Approve')
    expect(token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    story.fail(one, 'Approve')
    story.retry(one, 'Prod')
    expect(story.running(one, 'Approve').token).toMatch(/^[0-9a-f-]{36}$/)
    expect(story.running(one, 'Approve').token).not.toBe(token)
  })

  it('does nothing once a newer execution has entered the stage', () => {
    const story = entered()
    story.start('two')
    story.succeed('two', 'Checkout')
    story.succeed(one, 'Compile')
    story.fail(one, 'Lint')
    story.retry(one, 'Build')
    expect(story.execution(one).status).toBe('Failed')
    expect(story.state.stages['Build']?.holder).toBe('two')
  })

  it('does nothing in a stage that the execution has passed', () => {
    const story = entered()
    story.succeed(one, 'Compile')
    story.fail(one, 'Lint')
    story.retry(one, 'Source', 'ALL_ACTIONS')
    expect(story.execution(one).status).toBe('Failed')
  })

  it('takes up an execution that was stopped in the stage', () => {
    const story = entered()
    story.stop(one, true)
    story.retry(one, 'Build')
    expect(story.execution(one)).not.toHaveProperty('stop')
    expect(story.busy(one)).toEqual(['Compile', 'Lint'])
  })
})

describe('a retry of ALL_ACTIONS', () => {
  it('reruns the stage from its first action, and what is made anew replaces what was made before', () => {
    const story = entered()
    const artifact = (key: string) => ({ name: 'App', bucket: 'b', key })
    story.succeed(one, 'Compile', { artifacts: [artifact('first')] })
    story.fail(one, 'Lint')
    story.retry(one, 'Build', 'ALL_ACTIONS')
    expect(story.busy(one)).toEqual(['Compile', 'Lint'])
    story.succeed(one, 'Compile', { artifacts: [artifact('second')] })
    expect(story.execution(one).artifacts).toEqual({ App: artifact('second') })
  })

  it('is not possible while actions run', () => {
    const story = entered()
    story.fail(one, 'Lint')
    story.retry(one, 'Build', 'ALL_ACTIONS')
    expect(story.busy(one)).toEqual(['Compile'])
  })

  it('asks an entry condition again that had not let the execution in', () => {
    const story = entered({ beforeEntry: condition('FAIL') })
    story.decide(one, false)
    story.retry(one, 'Build', 'ALL_ACTIONS')
    expect(story.busy(one)).toEqual([])
    story.decide(one, true)
    expect(story.busy(one)).toEqual(['Compile', 'Lint'])
  })
})

describe('an automatic retry', () => {
  const onFailure = { result: 'RETRY', retryConfiguration: { retryMode: 'FAILED_ACTIONS' } } as const

  it('happens once, and the stage stays taken', () => {
    const story = entered({ onFailure })
    story.succeed(one, 'Compile')
    story.fail(one, 'Lint')
    expect(story.passage(one, 'Build')).toMatchObject({
      status: 'InProgress',
      autoRetries: 1,
      latestRetry: 'AutomatedStageRetry',
    })
    expect(story.busy(one)).toEqual(['Lint'])
    story.fail(one, 'Lint')
    expect(story.execution(one).status).toBe('Failed')
  })

  it('can rerun all actions, also of the source stage', () => {
    const retryAll = { result: 'RETRY', retryConfiguration: { retryMode: 'ALL_ACTIONS' } } as const
    const story = new Story([{ ...source, onFailure: retryAll }, stage('Build', [action('Compile')])])
    story.start(one)
    story.fail(one, 'Checkout')
    expect(story.busy(one)).toEqual(['Checkout'])
  })
})
