import * as api from '@aws-sdk/client-codepipeline'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type CloudUnderTest, refusalOf, startCloudUnderTest } from './cloudUnderTest.ts'
import { type Ground, makeGround } from './smallPipeline.ts'

/**
 * A pipeline's life as the local cloud and a real account must tell it alike (`WIRE_TARGET=aws`). What it makes costs
 * nothing, has names of its own, and is taken away at the end.
 */
let cloud: CloudUnderTest
let ground: Ground | undefined
let client: api.CodePipelineClient
const name = `wire-${Date.now().toString(36)}`

beforeAll(async () => {
  cloud = await startCloudUnderTest()
  client = new api.CodePipelineClient({ ...cloud.settings(), maxAttempts: 8 })
  ground = await makeGround(cloud)
})
afterAll(async () => {
  await client?.send(new api.DeletePipelineCommand({ name }))
  client?.destroy()
  await ground?.remove()
  await cloud?.stop()
})

const declared = () => {
  if (!ground) throw new Error('There is no ground for a pipeline.')
  return ground.declaration(name)
}
const place = { pipelineName: name, stageName: 'Prod', actionName: 'Approve' }
const waiting = () =>
  vi.waitFor(
    async () => {
      const { stageStates } = await client.send(new api.GetPipelineStateCommand({ name }))
      const { latestExecution } = stageStates?.[1]?.actionStates?.[0] ?? {}
      expect(latestExecution?.token).toBeDefined()
      return latestExecution?.token ?? ''
    },
    { timeout: 60_000, interval: 1_000 },
  )

describe('a pipeline, anywhere', { timeout: 180_000 }, () => {
  it('is unknown before it is made', async () => {
    const unknown = { name: 'PipelineNotFoundException', status: 400 }
    for (const call of [
      client.send(new api.GetPipelineCommand({ name })),
      client.send(new api.GetPipelineStateCommand({ name })),
      client.send(new api.StartPipelineExecutionCommand({ name })),
      client.send(new api.ListPipelineExecutionsCommand({ pipelineName: name })),
      client.send(new api.ListActionExecutionsCommand({ pipelineName: name })),
    ])
      expect(await refusalOf(call)).toMatchObject(unknown)
  })

  it('is made under its name once, of parts that fit', async () => {
    const { stages = [] } = declared()
    const short = new api.CreatePipelineCommand({ pipeline: { ...declared(), stages: stages.slice(0, 1) } })
    expect(await refusalOf(client.send(short))).toMatchObject({ name: 'InvalidStructureException', status: 400 })
    // A new role is not known everywhere at once in a real account.
    const made = await vi.waitFor(() => client.send(new api.CreatePipelineCommand({ pipeline: declared() })), {
      timeout: 60_000,
      interval: 3_000,
    })
    expect(made.pipeline).toMatchObject({ name, version: 1, executionMode: 'SUPERSEDED' })
    const again = new api.CreatePipelineCommand({ pipeline: declared() })
    expect(await refusalOf(client.send(again))).toMatchObject({ name: 'PipelineNameInUseException', status: 400 })
    const { metadata } = await client.send(new api.GetPipelineCommand({ name }))
    expect(metadata).toMatchObject({ pipelineArn: expect.stringMatching(new RegExp(`:${cloud.account}:${name}$`)) })
    expect(await refusalOf(client.send(new api.GetPipelineCommand({ name, version: 7 })))).toMatchObject({
      name: 'PipelineVersionNotFoundException',
    })
  })

  it('waits for its approval, and takes one answer', async () => {
    const token = await waiting()
    const answer = (given: string, more: object = {}) =>
      client.send(
        new api.PutApprovalResultCommand({
          ...place,
          ...more,
          token: given,
          result: { status: 'Approved', summary: 'as tried' },
        }),
      )
    expect(await refusalOf(answer(token, { stageName: 'None' }))).toMatchObject({ name: 'StageNotFoundException' })
    expect(await refusalOf(answer(token, { actionName: 'None' }))).toMatchObject({ name: 'ActionNotFoundException' })
    expect(await refusalOf(answer('00000000-0000-4000-8000-000000000000'))).toMatchObject({
      name: 'InvalidApprovalTokenException',
    })
    expect((await answer(token)).approvedAt).toBeInstanceOf(Date)
    expect((await refusalOf(answer(token))).name).toMatch(/^(ApprovalAlreadyCompleted|InvalidApprovalToken)Exception$/)
    await vi.waitFor(
      async () => {
        const { pipelineExecutionSummaries: [last] = [] } = await client.send(
          new api.ListPipelineExecutionsCommand({ pipelineName: name }),
        )
        expect(last).toMatchObject({ status: 'Succeeded', executionType: 'STANDARD', executionMode: 'SUPERSEDED' })
      },
      { timeout: 60_000, interval: 1_000 },
    )
  })

  it('has a history that is paged, by tokens for nothing else', async () => {
    const page = new api.ListActionExecutionsCommand({ pipelineName: name, maxResults: 1 })
    const first = await client.send(page)
    expect(first.actionExecutionDetails?.[0]).toMatchObject({ stageName: 'Prod', status: 'Succeeded' })
    const next = new api.ListActionExecutionsCommand({ ...page.input, nextToken: first.nextToken })
    expect((await client.send(next)).actionExecutionDetails?.[0]).toMatchObject({ stageName: 'Source' })
    const invented = new api.ListActionExecutionsCommand({ ...page.input, nextToken: 'bm8gdG9rZW4' })
    expect(await refusalOf(client.send(invented))).toMatchObject({ name: 'InvalidNextTokenException', status: 400 })
  })

  it('holds executions at a closed gate, and says who closed it and why', async () => {
    const gate = { pipelineName: name, stageName: 'Prod', transitionType: 'Inbound' } as const
    await client.send(new api.DisableStageTransitionCommand({ ...gate, reason: 'wire test' }))
    const { pipelineExecutionId = '' } = await client.send(new api.StartPipelineExecutionCommand({ name }))
    await vi.waitFor(
      async () => {
        const { stageStates } = await client.send(new api.GetPipelineStateCommand({ name }))
        expect(stageStates?.[1]).toMatchObject({
          inboundTransitionState: { enabled: false, disabledReason: 'wire test' },
          inboundExecution: { pipelineExecutionId, status: 'InProgress' },
        })
      },
      { timeout: 60_000, interval: 1_000 },
    )
    const stop = new api.StopPipelineExecutionCommand({ pipelineName: name, pipelineExecutionId, reason: 'enough' })
    await client.send(stop)
    await vi.waitFor(
      async () =>
        expect(await refusalOf(client.send(stop))).toMatchObject({ name: 'PipelineExecutionNotStoppableException' }),
      { timeout: 60_000, interval: 1_000 },
    )
    await client.send(new api.EnableStageTransitionCommand(gate))
  })

  it('has tags, and is changed by version', async () => {
    const { metadata } = await client.send(new api.GetPipelineCommand({ name }))
    const resourceArn = metadata?.pipelineArn ?? ''
    await client.send(new api.TagResourceCommand({ resourceArn, tags: [{ key: 'team', value: 'wire' }] }))
    const { tags } = await client.send(new api.ListTagsForResourceCommand({ resourceArn }))
    expect(tags).toEqual([{ key: 'team', value: 'wire' }])
    const reserved = new api.TagResourceCommand({ resourceArn, tags: [{ key: 'aws:x', value: '' }] })
    expect(await refusalOf(client.send(reserved))).toMatchObject({ status: 400 })
    const changed = await client.send(new api.UpdatePipelineCommand({ pipeline: declared() }))
    expect(changed.pipeline?.version).toBe(2)
  })
})
