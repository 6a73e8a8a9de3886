import type { ActionDeclaration } from '@aws-sdk/client-codepipeline'
import { describe, expect, it } from 'vitest'
import { action, approval, condition, Story, source, stage } from './story.testing.ts'

const one = 'one'
const minute = 60_000

function running(declared: ActionDeclaration) {
  const story = new Story([source, stage('Stage', [declared])])
  story.start(one)
  story.succeed(one, 'Checkout')
  const attempt = story.running(one, declared.name ?? '')
  const wakes = story.effects.flatMap(effect =>
    effect.kind === 'wakeAt' && effect.id === attempt.id ? [effect.at] : [],
  )
  return { story, attempt, minutes: ((wakes.at(-1) ?? 0) - attempt.startedAt) / minute }
}

describe('an action', () => {
  it.each([
    ['Build/CodeBuild', 36 * 60],
    ['Test/CodeBuild', 8 * 60],
    ['Deploy/S3', 90],
    ['Deploy/CloudFormation', 3 * 24 * 60],
    ['Deploy/CodeDeploy', 5 * 24 * 60],
    ['Invoke/StepFunctions', 7 * 24 * 60],
    ['Invoke/Lambda', 20],
    ['Compute/Commands', 55],
    ['Deploy/ECS', 60],
  ])('of %s has %i minutes', (type, minutes) => {
    expect(running(action('It', { type })).minutes).toBe(minutes)
  })

  it('that is an approval has seven days, or what its declaration says', () => {
    expect(running(approval('Approve')).minutes).toBe(7 * 24 * 60)
    expect(running(approval('Approve', { timeoutInMinutes: 5 })).minutes).toBe(5)
  })

  it('fails when its time is over, and is let go of', () => {
    const { story, attempt } = running(approval('Approve', { timeoutInMinutes: 5 }))
    story.now += 5 * minute
    story.send({ kind: 'timedOut', what: 'action', id: attempt.id })
    expect(story.execution(one).status).toBe('Failed')
    expect(story.effects).toContainEqual({ kind: 'releaseAction', actionExecutionId: attempt.id, abandon: false })
  })

  it('is woken again when a wake-up comes too early', () => {
    const { story, attempt } = running(approval('Approve', { timeoutInMinutes: 5 }))
    const { effects } = story.send({ kind: 'timedOut', what: 'action', id: attempt.id })
    expect(effects).toEqual([{ kind: 'wakeAt', at: attempt.startedAt + 5 * minute, what: 'action', id: attempt.id }])
  })

  it('of Lambda has 20 minutes more with each word from the function, and a day in all', () => {
    const { story, attempt } = running(action('It', { type: 'Invoke/Lambda' }))
    const at = (minutes: number) => {
      story.now = attempt.startedAt + minutes * minute - 1000
    }
    at(15)
    story.send({ kind: 'actionReported', actionExecutionId: attempt.id, report: { percentComplete: 10 } })
    at(20)
    const { effects } = story.send({ kind: 'timedOut', what: 'action', id: attempt.id })
    expect(effects).toMatchObject([{ kind: 'wakeAt', at: attempt.startedAt + 35 * minute }])
    at(35)
    story.send({ kind: 'timedOut', what: 'action', id: attempt.id })
    expect(story.execution(one).status).toBe('Failed')
  })
})

describe('a rule', () => {
  it('fails its condition when its time is over', () => {
    const story = new Story([source, stage('Build', [action('Compile')], { beforeEntry: condition('FAIL') })])
    story.start(one)
    story.succeed(one, 'Checkout')
    story.now += 60 * minute
    story.send({ kind: 'timedOut', what: 'rule', id: story.rules(one)[0]?.id ?? '' })
    expect(story.execution(one).status).toBe('Failed')
  })
})
