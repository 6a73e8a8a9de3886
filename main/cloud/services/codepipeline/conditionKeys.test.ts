import {
  CreatePipelineCommand,
  EnableStageTransitionCommand,
  GetPipelineCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everything, startCodePipeline, type TestCodePipeline, tooling, webShop } from './codepipeline.testing.ts'

let cloud: TestCodePipeline
let role: string
const arn = (name: string) => `arn:aws:codepipeline:us-east-1:${tooling}:${name}`

beforeAll(async () => {
  cloud = await startCodePipeline()
  role = cloud.addRole(tooling, 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, everything)
  for (const Bucket of ['artifacts', 'site']) await cloud.s3.send(new CreateBucketCommand({ Bucket }))
  cloud.push('Sell hats')
  for (const [name, value] of [
    ['hats', 'a'],
    ['gloves', 'b'],
  ] as const)
    await cloud.client.send(
      new CreatePipelineCommand({ pipeline: webShop(role, { name }), tags: [{ key: 'team', value }] }),
    )
})
afterAll(() => cloud.stop())

/** What somebody is told who may do everything, under one condition. */
const under = (name: string, Condition: object) => {
  const statement = { Effect: 'Allow', Action: ['codepipeline:*', 'iam:PassRole'], Resource: '*' }
  const Statement = [
    { ...statement, Condition },
    { ...statement, Action: 'iam:PassRole' },
  ]
  const client = cloud.clientFor(cloud.addUser(tooling, name, { Version: '2012-10-17', Statement }))
  return async (command: unknown) =>
    client.send(command as Parameters<typeof client.send>[0]).then(
      () => 'allowed',
      (error: Error) => error.name,
    )
}

describe('a condition on tags', () => {
  it('asks for those of the pipeline, of its stages too', async () => {
    const ask = under('owner', { StringEquals: { 'aws:ResourceTag/team': 'a' } })
    const open = { stageName: 'Release', transitionType: 'Inbound' } as const
    expect(await ask(new GetPipelineCommand({ name: 'hats' }))).toBe('allowed')
    expect(await ask(new EnableStageTransitionCommand({ ...open, pipelineName: 'hats' }))).toBe('allowed')
    expect(await ask(new GetPipelineCommand({ name: 'gloves' }))).toBe('AccessDeniedException')
    expect(await ask(new EnableStageTransitionCommand({ ...open, pipelineName: 'gloves' }))).toBe(
      'AccessDeniedException',
    )
  })

  it('asks for those that are to be given, with their values', async () => {
    const ask = under('tagger', { StringEquals: { 'aws:RequestTag/env': 'test' } })
    const tag = (value: string) =>
      ask(new TagResourceCommand({ resourceArn: arn('hats'), tags: [{ key: 'env', value }] }))
    expect([await tag('test'), await tag('production')]).toEqual(['allowed', 'AccessDeniedException'])
    const made = (name: string, tags?: { key: string; value: string }[]) =>
      ask(new CreatePipelineCommand({ pipeline: webShop(role, { name }), tags }))
    expect(await made('tagged', [{ key: 'env', value: 'test' }])).toBe('allowed')
    expect(await made('untagged')).toBe('AccessDeniedException')
  })

  it('asks for the keys, whether they are given or taken away', async () => {
    const ask = under('limited', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['env', 'stage'] } })
    const tag = (key: string) => ask(new TagResourceCommand({ resourceArn: arn('hats'), tags: [{ key, value: 'x' }] }))
    const untag = (key: string) => ask(new UntagResourceCommand({ resourceArn: arn('hats'), tagKeys: [key] }))
    expect([await tag('env'), await tag('team')]).toEqual(['allowed', 'AccessDeniedException'])
    expect([await untag('env'), await untag('team')]).toEqual(['allowed', 'AccessDeniedException'])
  })
})
