import type { StageDeclaration } from '@aws-sdk/client-codepipeline'
import { describe, expect, it } from 'vitest'
import { action, condition, Story, source, stage } from './story.testing.ts'

const one = 'one'
const compile = [action('Compile')]

function entered(more: Partial<StageDeclaration>, ids = [one]) {
  const story = new Story([source, stage('Build', compile, more), stage('Deploy', [action('Release')])])
  for (const id of ids) {
    story.start(id)
    story.succeed(id, 'Checkout')
  }
  return story
}

describe('an entry condition', () => {
  it('is checked before the first action starts', () => {
    const story = entered({ beforeEntry: condition('FAIL') })
    expect(story.busy(one)).toEqual([])
    story.decide(one, true)
    expect(story.busy(one)).toEqual(['Compile'])
    expect(story.passage(one, 'Build').conditions.beforeEntry?.status).toBe('Succeeded')
  })

  it('with result FAIL fails the stage and frees it', () => {
    const story = entered({ beforeEntry: condition('FAIL') })
    story.decide(one, false)
    expect(story.execution(one).status).toBe('Failed')
    expect(story.passage(one, 'Build')).toMatchObject({ status: 'Failed', actions: {} })
    expect(story.state.stages['Build']).not.toHaveProperty('holder')
  })

  it('with result SKIP skips the stage, and the execution goes on', () => {
    const story = entered({ beforeEntry: condition('SKIP'), onSuccess: condition('FAIL', 'never') })
    story.decide(one, false)
    expect(story.passage(one, 'Build').status).toBe('Skipped')
    expect(story.busy(one)).toEqual(['Release'])
  })

  it('fails when any of its rules fails, once all have ended', () => {
    const [both] = condition('FAIL').conditions
    const second = condition('FAIL', 'second').conditions[0]?.rules ?? []
    const story = entered({ beforeEntry: { conditions: [{ ...both, rules: [...(both?.rules ?? []), ...second] }] } })
    story.decide(one, false, 'second')
    expect(story.execution(one).status).toBe('InProgress')
    story.decide(one, true)
    expect(story.execution(one).status).toBe('Failed')
  })

  it('that fails because of an unresolvable variable never asks its provider', () => {
    const rule = { name: 'check', ruleTypeId: { category: 'Rule' as const, provider: 'VariableCheck' } }
    const rules = [{ ...rule, configuration: { Variable: '#{none.such}' } }]
    const story = entered({ beforeEntry: { conditions: [{ result: 'FAIL', rules }] } })
    expect(story.execution(one).status).toBe('Failed')
    expect(story.effects.some(({ kind }) => kind === 'startRule')).toBe(false)
  })
})

describe('a success condition', () => {
  it('is checked once all actions have succeeded', () => {
    const story = entered({ onSuccess: condition('FAIL') })
    story.succeed(one, 'Compile')
    expect(story.passage(one, 'Build').status).toBe('InProgress')
    story.decide(one, true)
    expect(story.busy(one)).toEqual(['Release'])
  })

  it('with result ROLLBACK brings back what last succeeded', () => {
    const story = entered({ onSuccess: condition('ROLLBACK') })
    story.succeed(one, 'Compile')
    story.decide(one, true)
    story.start('two')
    story.succeed('two', 'Checkout')
    story.succeed('two', 'Compile')
    story.decide('two', false)
    expect(story.execution('two').status).toBe('Failed')
    expect(story.rollbacks()).toMatchObject([{ rollbackTarget: one, status: 'InProgress' }])
  })
})

describe('a failure condition', () => {
  const onFailure = condition('ROLLBACK')

  it('leaves the stage failed when its rules pass', () => {
    const story = entered({ onFailure })
    story.fail(one, 'Compile')
    expect(story.execution(one).status).toBe('InProgress')
    story.decide(one, true)
    expect(story.execution(one).status).toBe('Failed')
    expect(story.rollbacks()).toEqual([])
  })

  it('rolls back when a rule fails', () => {
    const story = entered({ onFailure })
    story.succeed(one, 'Compile')
    story.start('two')
    story.succeed('two', 'Checkout')
    story.fail('two', 'Compile')
    story.decide('two', false)
    expect(story.rollbacks()).toMatchObject([{ rollbackTarget: one, trigger: { type: 'AutomatedRollback' } }])
  })
})

describe('an override', () => {
  const override = (story: Story, asked: 'BEFORE_ENTRY' | 'ON_SUCCESS') =>
    story.send({ kind: 'conditionOverridden', executionId: one, stage: 'Build', condition: asked, by: 'ann' })

  it('lets an execution in that failed its entry condition', () => {
    const story = entered({ beforeEntry: condition('FAIL') })
    story.decide(one, false)
    override(story, 'BEFORE_ENTRY')
    expect(story.busy(one)).toEqual(['Compile'])
    expect(story.passage(one, 'Build').conditions.beforeEntry?.status).toBe('Overridden')
    expect(story.execution(one)).toMatchObject({ status: 'InProgress', attempt: 2 })
    expect(story.announced(one).slice(-2)).toEqual(['RESUMED', 'Build RESUMED'])
  })

  it('lets an execution in whose entry rules still run', () => {
    const story = entered({ beforeEntry: condition('FAIL') })
    const [rule] = story.rules(one)
    override(story, 'BEFORE_ENTRY')
    expect(story.busy(one)).toEqual(['Compile'])
    expect(story.effects).toContainEqual({ kind: 'releaseRule', ruleExecutionId: rule?.id })
    expect(story.rules(one)).toMatchObject([{ status: 'Abandoned' }])
  })

  it('lets an execution go on that failed its success condition', () => {
    const story = entered({ onSuccess: condition('FAIL') })
    story.succeed(one, 'Compile')
    story.decide(one, false)
    override(story, 'ON_SUCCESS')
    expect(story.passage(one, 'Build').status).toBe('Succeeded')
    expect(story.busy(one)).toEqual(['Release'])
  })

  it('does nothing once the definition has changed', () => {
    const story = entered({ beforeEntry: condition('FAIL') })
    story.decide(one, false)
    story.define([source, stage('Build', compile)])
    override(story, 'BEFORE_ENTRY')
    expect(story.execution(one).status).toBe('Failed')
    expect(story.state.stages['Build']).not.toHaveProperty('holder')
  })

  it('does nothing to a SKIP, nor once a newer execution has come', () => {
    const skipping = entered({ beforeEntry: condition('SKIP') })
    override(skipping, 'BEFORE_ENTRY')
    expect(skipping.busy(one)).toEqual([])
    const late = entered({ beforeEntry: condition('FAIL') })
    late.decide(one, false)
    late.start('two')
    late.succeed('two', 'Checkout')
    override(late, 'BEFORE_ENTRY')
    expect(late.execution(one).status).toBe('Failed')
  })
})
