import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { otherClients } from './clients.ts'
import { type CloudUnderTest, localOnly, startCloudUnderTest } from './cloudUnderTest.ts'
import { type Ground, makeGround } from './smallPipeline.ts'

const State = z.object({
  stageStates: z.array(
    z.object({
      actionStates: z.array(z.object({ latestExecution: z.object({ token: z.string().optional() }).optional() })),
    }),
  ),
})
const Started = z.object({ pipelineExecutionId: z.string() })
const Executions = z.object({
  pipelineExecutionSummaries: z.array(z.object({ pipelineExecutionId: z.string(), status: z.string() })),
})

let cloud: CloudUnderTest
let ground: Ground
beforeAll(async () => {
  cloud = await startCloudUnderTest()
  ground = await makeGround(cloud)
})
afterAll(async () => {
  await cloud.stop()
  if (cloud.faults.length > 0) throw new AggregateError(cloud.faults, 'the cloud had faults')
})

describe.skipIf(localOnly('boto3 and the CLIs use the files of the local cloud'))('clients in other words', () => {
  it.each(otherClients)(
    '%s makes, lists, starts, reads, approves, pages and deletes',
    { timeout: 120_000 },
    async (_name, make) => {
      const client = make(cloud)
      const name = `by-${client.name.replaceAll(/[^\w.]+/g, '-')}`
      expect(await client.call('CreatePipeline', { pipeline: ground.declaration(name) })).toMatchObject({
        pipeline: { name, version: 1 },
      })
      expect(await client.refused('CreatePipeline', { pipeline: ground.declaration(name) })).toMatch(
        /\(PipelineNameInUseException\) when calling the CreatePipeline operation/,
      )
      expect(await client.call('ListPipelines', {})).toMatchObject({ pipelines: [{ name, version: 1 }] })
      expect(await client.call('GetPipeline', { name })).toMatchObject({ pipeline: { name }, metadata: {} })
      const { pipelineExecutionId } = Started.parse(await client.call('StartPipelineExecution', { name }))
      const token = await vi.waitFor(
        async () => {
          const { stageStates } = State.parse(await client.call('GetPipelineState', { name }))
          return z.string().parse(stageStates[1]?.actionStates[0]?.latestExecution?.token)
        },
        { timeout: 30_000, interval: 100 },
      )
      const place = { pipelineName: name, stageName: 'Prod', actionName: 'Approve' }
      const answer = { ...place, token, result: { status: 'Approved', summary: `by ${client.name}` } }
      expect(await client.call('PutApprovalResult', answer)).toHaveProperty('approvedAt')
      expect(await client.refused('PutApprovalResult', answer)).toMatch(
        // By now the execution that CreatePipeline started may be asking, with a token of its own.
        /\((ApprovalAlreadyCompleted|InvalidApprovalToken)Exception\)/,
      )
      const { pipelineExecutionSummaries: both } = Executions.parse(
        await client.all('ListPipelineExecutions', { pipelineName: name }, 1),
      )
      expect(both).toHaveLength(2)
      expect(both[0]?.pipelineExecutionId).toBe(pipelineExecutionId)
      expect(await client.call('ListPipelineExecutions', { pipelineName: name, maxResults: 1 })).toMatchObject({
        pipelineExecutionSummaries: [{}],
        nextToken: expect.any(String) as string,
      })
      const closed = { pipelineName: name, stageName: 'Prod', transitionType: 'Inbound' }
      await client.call('DisableStageTransition', { ...closed, reason: 'freeze' })
      expect(await client.refused('DisableStageTransition', { ...closed, reason: 'a, b' })).toMatch(
        /\(ValidationException\).*1 validation error detected: Value 'a, b' at 'reason' failed to satisfy constraint/,
      )
      await client.call('DeletePipeline', { name })
      expect(await client.refused('GetPipelineState', { name })).toMatch(
        new RegExp(`\\(PipelineNotFoundException\\).*does not have a pipeline with name '${name}'`),
      )
      client.close()
    },
  )
})
