import { describe, expect, it } from 'vitest'
import { action, Story, source, stage } from './story.testing.ts'

const build = stage('Build', [action('Compile', { configuration: { ProjectName: '#{variables.colour}' } })])
const trigger = { type: 'StartPipelineExecution', detail: 'arn:aws:iam::111122223333:user/ann' } as const

function started(variables: Record<string, string>) {
  const story = new Story([source, build], 'QUEUED', {
    variables: [{ name: 'colour', defaultValue: 'blue' }, { name: 'target' }],
  })
  story.send({ kind: 'executionStarted', executionId: 'one', trigger, variables, overrides: [] })
  return story
}

describe('a new execution', () => {
  it('has the pipeline’s variables: those given, and the defaults of the others', () => {
    const story = started({ target: 'prod' })
    expect(story.execution('one').variables).toEqual({ colour: 'blue', target: 'prod' })
    story.succeed('one', 'Checkout')
    expect(story.running('one', 'Compile').resolvedConfiguration).toEqual({ ProjectName: 'blue' })
    expect(started({ target: 'prod', colour: 'red' }).execution('one').variables).toMatchObject({ colour: 'red' })
  })

  it('remembers its trigger, its version and its mode', () => {
    expect(started({ target: 'prod' }).execution('one')).toMatchObject({
      type: 'STANDARD',
      trigger,
      version: 1,
      mode: 'QUEUED',
      attempt: 1,
    })
  })

  it('is started once, however often that is told', () => {
    const story = started({ target: 'prod' })
    const { state } = story
    story.send({ kind: 'executionStarted', executionId: 'one', trigger, variables: {}, overrides: [] })
    expect(story.state).toBe(state)
  })

  it('does not start before there is a definition', () => {
    const story = new Story([])
    story.start('one')
    expect(story.state.executions).toEqual({})
  })
})
