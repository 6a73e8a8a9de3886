import { describe, expect, it } from 'vitest'
import { action, Story, source, stage } from './story.testing.ts'

const build = stage('Build', [action('Compile')])
const close = (story: Story) =>
  story.send({ kind: 'transitionDisabled', stage: 'Build', reason: 'release freeze', by: 'ann' })
const open = (story: Story) => story.send({ kind: 'transitionEnabled', stage: 'Build', by: 'bea' })

describe('a closed transition', () => {
  it('holds executions before the stage and says who closed it, when and why', () => {
    const story = new Story([source, build])
    close(story)
    const at = story.now
    story.start('one')
    story.succeed('one', 'Checkout')
    expect(story.state.stages['Build']).toEqual({
      inboundTransition: { enabled: false, reason: 'release freeze', by: 'ann', at },
      inbound: ['one'],
      actions: {},
    })
    expect(story.execution('one')).toMatchObject({ status: 'InProgress', position: { at: 'waiting', stage: 'Build' } })
  })

  it('does not disturb who is inside', () => {
    const story = new Story([source, build])
    story.start('one')
    story.succeed('one', 'Checkout')
    close(story)
    story.succeed('one', 'Compile')
    expect(story.execution('one').status).toBe('Succeeded')
  })

  it('lets the latest waiting execution in when it opens', () => {
    const story = new Story([source, build])
    close(story)
    for (const id of ['one', 'two']) {
      story.start(id)
      story.succeed(id, 'Checkout')
    }
    open(story)
    expect(story.execution('one').status).toBe('Superseded')
    expect(story.state.stages['Build']).toMatchObject({
      holder: 'two',
      inbound: [],
      inboundTransition: { enabled: true, by: 'bea' },
    })
  })

  it('lets nobody in when it opens while the stage is taken', () => {
    const story = new Story([source, build], 'QUEUED')
    story.start('one')
    story.succeed('one', 'Checkout')
    close(story)
    story.start('two')
    story.succeed('two', 'Checkout')
    open(story)
    expect(story.state.stages['Build']).toMatchObject({ holder: 'one', inbound: ['two'] })
  })
})
