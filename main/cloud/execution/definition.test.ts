import { describe, expect, it } from 'vitest'
import { action, condition, Story, source, stage } from './story.testing.ts'

const build = stage('Build', [action('Compile')])
const test = stage('Test', [action('Check')])

describe('a changed definition', () => {
  it('cancels waiting executions at once, and those inside a stage when their actions have ended', () => {
    const story = new Story([source, build])
    story.start('one', 'two')
    story.define([source, build, test])
    expect(story.execution('two').status).toBe('Cancelled')
    expect(story.execution('one').status).toBe('InProgress')
    story.succeed('one', 'Checkout')
    expect(story.execution('one').status).toBe('Cancelled')
    expect(story.passage('one', 'Source').status).toBe('Cancelled')
    expect(story.announced('one').slice(-2)).toEqual(['Source CANCELED', 'CANCELED'])
  })

  it('lets new executions wait until the cancelled one has left the stage', () => {
    const story = new Story([source, build])
    story.start('one')
    story.define([source, build, test])
    story.start('two')
    expect(story.state.stages['Source']).toMatchObject({ holder: 'one', inbound: ['two'] })
    story.fail('one', 'Checkout')
    expect(story.state.stages['Source']?.holder).toBe('two')
    expect(story.execution('two').version).toBe(2)
  })

  it('cancels an execution whose rules are being checked', () => {
    const story = new Story([source, { ...build, beforeEntry: condition('FAIL') }])
    story.start('one')
    story.succeed('one', 'Checkout')
    story.define([source, build])
    expect(story.execution('one').status).toBe('Cancelled')
    expect(story.passage('one', 'Build').conditions.beforeEntry?.status).toBe('Cancelled')
  })

  it('lets PARALLEL executions go on by the version that they started with', () => {
    const story = new Story([source, build], 'PARALLEL')
    story.start('one')
    story.define([source, test], 'PARALLEL')
    story.start('two')
    for (const id of ['one', 'two']) story.succeed(id, 'Checkout')
    expect([story.busy('one'), story.busy('two')]).toEqual([['Compile'], ['Check']])
    expect(Object.keys(story.state.plans)).toEqual(['1', '2'])
    story.succeed('one', 'Compile')
    expect(Object.keys(story.state.plans)).toEqual(['2'])
  })

  it('cancels those that take turns also where it makes them PARALLEL, and lets PARALLEL ones go on where it ends that', () => {
    const serial = new Story([source, build])
    serial.start('one')
    serial.define([source, build], 'PARALLEL')
    serial.succeed('one', 'Checkout')
    expect(serial.execution('one').status).toBe('Cancelled')
    const parallel = new Story([source, build], 'PARALLEL')
    parallel.start('one')
    parallel.define([source, build], 'QUEUED')
    parallel.succeed('one', 'Checkout')
    parallel.succeed('one', 'Compile')
    expect(parallel.execution('one').status).toBe('Succeeded')
  })

  it('lets a PARALLEL execution in that waits before a stage which is gone', () => {
    const story = new Story([source, build], 'PARALLEL')
    story.send({ kind: 'transitionDisabled', stage: 'Build', reason: 'freeze', by: 'ann' })
    story.start('one')
    story.succeed('one', 'Checkout')
    story.define([source, test], 'PARALLEL')
    expect(story.busy('one')).toEqual(['Compile'])
  })

  it('keeps transitions and what was last seen, but nothing to roll back to', () => {
    const story = new Story([source, build])
    story.start('one')
    story.succeed('one', 'Checkout')
    story.succeed('one', 'Compile')
    story.send({ kind: 'transitionDisabled', stage: 'Build', reason: 'freeze', by: 'ann' })
    expect(story.state.stages['Build']).toHaveProperty('lastSucceeded')
    story.define([source, stage('Build', [action('Make')])])
    expect(story.state.stages['Build']).toMatchObject({ latest: 'one', inboundTransition: { enabled: false } })
    expect(story.state.stages['Build']).not.toHaveProperty('lastSucceeded')
    expect(story.state.stages['Build']?.actions).toEqual({})
  })

  it('does not forget who still holds a stage that was taken out and put back', () => {
    const story = new Story([source, build])
    story.start('one')
    story.succeed('one', 'Checkout')
    story.define([source, test])
    story.define([source, build])
    story.start('two')
    story.succeed('two', 'Checkout')
    expect(story.state.stages['Build']).toMatchObject({ holder: 'one', inbound: ['two'] })
  })

  it('is older news when its version is not newer', () => {
    const story = new Story([source, build])
    const { state } = story
    const plan = state.plans[1]
    if (plan) story.send({ kind: 'definitionChanged', plan })
    expect(story.state).toBe(state)
  })
})

describe('the state', () => {
  it('lets ended executions go that are no stage’s latest', () => {
    const story = new Story([source, build])
    for (const id of ['one', 'two', 'three']) {
      story.start(id)
      story.succeed(id, 'Checkout')
      story.succeed(id, 'Compile')
    }
    expect(Object.keys(story.state.executions)).toEqual(['three'])
  })
})
