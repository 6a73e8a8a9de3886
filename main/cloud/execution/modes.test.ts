import { describe, expect, it } from 'vitest'
import { action, Story, source, stage } from './story.testing.ts'

const build = stage('Build', [action('Compile')])
const deploy = stage('Deploy', [action('Release', { type: 'Deploy/S3' })])

describe('SUPERSEDED', () => {
  it('keeps the newer execution when two wait for the same stage', () => {
    const story = new Story([source, build])
    story.start('one', 'two', 'three')
    expect(story.execution('two').status).toBe('Superseded')
    expect(story.state.stages['Source']).toMatchObject({ holder: 'one', inbound: ['three'] })
  })

  it('never supersedes an execution inside a stage', () => {
    const story = new Story([source, build])
    story.start('one', 'two', 'three')
    expect(story.execution('one').status).toBe('InProgress')
    story.succeed('one', 'Checkout')
    expect(story.state.stages['Build']?.holder).toBe('one')
    expect(story.state.stages['Source']?.holder).toBe('three')
  })

  it('lets the next one in when the holder fails, and when it moves on', () => {
    const story = new Story([source, build])
    story.start('one', 'two')
    story.succeed('one', 'Checkout')
    story.succeed('two', 'Checkout')
    expect(story.state.stages['Build']).toMatchObject({ holder: 'one', inbound: ['two'] })
    story.fail('one', 'Compile')
    expect(story.state.stages['Build']).toMatchObject({ holder: 'two', latest: 'two', inbound: [] })
  })

  it('has no limit to how many are started', () => {
    const story = new Story([source, build])
    story.start(...Array.from({ length: 60 }, (_, i) => `e${i}`))
    expect(story.execution('e59').status).toBe('InProgress')
    expect(story.announced('e30')).toEqual(['STARTED', 'SUPERSEDED'])
  })
})

describe('QUEUED', () => {
  it('lines executions up before each stage, and nothing overtakes', () => {
    const story = new Story([source, build, deploy], 'QUEUED')
    story.start('one', 'two', 'three')
    expect(story.state.stages['Source']).toMatchObject({ holder: 'one', inbound: ['two', 'three'] })
    story.succeed('one', 'Checkout')
    story.succeed('two', 'Checkout')
    story.succeed('three', 'Checkout')
    expect(story.state.stages['Build']).toMatchObject({ holder: 'one', inbound: ['two', 'three'] })
    story.succeed('one', 'Compile')
    expect(story.state.stages['Build']).toMatchObject({ holder: 'two', inbound: ['three'] })
  })

  it('fails the one that would be the 51st', () => {
    const story = new Story([source, build], 'QUEUED')
    story.start(...Array.from({ length: 51 }, (_, i) => `e${i}`))
    expect(story.execution('e49').status).toBe('InProgress')
    expect(story.execution('e50').status).toBe('Failed')
    expect(story.state.executions).not.toHaveProperty('e50')
  })
})

describe('PARALLEL', () => {
  const wide = stage(
    'Build',
    ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(name => action(name)),
  )

  it('lets executions through the same stage at the same time', () => {
    const story = new Story([source, build], 'PARALLEL')
    story.start('one', 'two')
    story.succeed('two', 'Checkout')
    story.succeed('one', 'Checkout')
    expect([story.busy('one'), story.busy('two')]).toEqual([['Compile'], ['Compile']])
    expect(story.state.stages['Build']).toEqual({ inboundTransition: { enabled: true }, inbound: [], actions: {} })
  })

  it('runs five actions of one execution at the same time, and the others as these end', () => {
    const story = new Story([source, wide], 'PARALLEL')
    story.start('one')
    story.succeed('one', 'Checkout')
    expect(story.busy('one')).toEqual(['a', 'b', 'c', 'd', 'e'])
    story.succeed('one', 'c')
    expect(story.busy('one')).toEqual(['a', 'b', 'd', 'e', 'f'])
    story.fail('one', 'a')
    story.succeed('one', 'b')
    expect(story.busy('one')).toEqual(['d', 'e', 'f'])
  })

  it('keeps a failed execution at hand for a retry', () => {
    const story = new Story([source, build], 'PARALLEL')
    story.start('one')
    story.fail('one', 'Checkout')
    story.retry('one', 'Source')
    expect(story.busy('one')).toEqual(['Checkout'])
  })

  it('holds executions before a closed transition and lets all of them in when it opens', () => {
    const story = new Story([source, build], 'PARALLEL')
    story.send({ kind: 'transitionDisabled', stage: 'Build', reason: 'freeze', by: 'ann' })
    story.start('one', 'two')
    story.succeed('one', 'Checkout')
    story.succeed('two', 'Checkout')
    expect(story.state.stages['Build']?.inbound).toEqual(['one', 'two'])
    story.send({ kind: 'transitionEnabled', stage: 'Build', by: 'ann' })
    expect([story.busy('one'), story.busy('two')]).toEqual([['Compile'], ['Compile']])
  })
})
