import { describe, expect, it } from 'vitest'
import { action, condition, Story, source, stage } from './story.testing.ts'

const one = 'one'
const build = stage('Build', [action('Compile'), action('Package', { runOrder: 2 })])

describe('stop and wait', () => {
  it('lets the running action end, starts nothing new, and frees the stage', () => {
    const story = new Story([source, build])
    story.start(one, 'two')
    story.succeed(one, 'Checkout')
    story.stop(one)
    expect(story.execution(one)).toMatchObject({ status: 'Stopping', stop: { abandon: false, reason: 'bad build' } })
    expect(story.passage(one, 'Build').status).toBe('Stopping')
    story.succeed(one, 'Compile')
    expect(story.execution(one).status).toBe('Stopped')
    expect(story.passage(one, 'Build')).toMatchObject({
      status: 'Stopped',
      actions: { Compile: { status: 'Succeeded' } },
    })
    expect(story.state.stages['Build']).not.toHaveProperty('holder')
    expect(story.announced(one).slice(-4)).toEqual(['STOPPING', 'Build STOPPING', 'Build STOPPED', 'STOPPED'])
  })

  it('ends Stopped also when the running action fails', () => {
    const story = new Story([source, build])
    story.start(one)
    story.stop(one)
    story.fail(one, 'Checkout')
    expect(story.execution(one).status).toBe('Stopped')
    expect(story.passage(one, 'Source').actions['Checkout']?.status).toBe('Failed')
  })

  it('can be turned into an abandon', () => {
    const story = new Story([source, build])
    story.start(one)
    story.stop(one)
    story.stop(one)
    expect(story.execution(one).status).toBe('Stopping')
    story.stop(one, true)
    expect(story.execution(one)).toMatchObject({ status: 'Stopped', stop: { abandon: true } })
  })

  it('gives up a rule that is being checked', () => {
    const story = new Story([source, { ...build, beforeEntry: condition('FAIL') }])
    story.start(one)
    story.succeed(one, 'Checkout')
    story.stop(one)
    expect(story.execution(one).status).toBe('Stopped')
    expect(story.passage(one, 'Build').conditions.beforeEntry).toMatchObject({
      status: 'Abandoned',
      rules: [{ status: 'Abandoned' }],
    })
  })
})

describe('stop and abandon', () => {
  it('abandons what runs, and leaves the outside work alone', () => {
    const story = new Story([source, build])
    story.start(one)
    const { id } = story.running(one, 'Checkout')
    story.stop(one, true)
    expect(story.execution(one).status).toBe('Stopped')
    expect(story.passage(one, 'Source').actions['Checkout']?.status).toBe('Abandoned')
    expect(story.effects).toContainEqual({ kind: 'releaseAction', actionExecutionId: id, abandon: true })
  })
})

describe('a waiting execution', () => {
  it('is stopped at once and never enters', () => {
    const story = new Story([source, build], 'QUEUED')
    story.start(one, 'two', 'three')
    story.stop('two')
    expect(story.execution('two').status).toBe('Stopped')
    story.succeed(one, 'Checkout')
    expect(story.state.stages['Source']?.holder).toBe('three')
  })
})
