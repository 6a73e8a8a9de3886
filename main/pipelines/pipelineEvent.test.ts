import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queueAddress } from './eventQueues.ts'
import { pipelineEventOf } from './pipelineEvent.ts'

const at = { account: '111122223333', region: 'us-east-1' }
const event = (type: string, detail: object) =>
  JSON.stringify({ id: 'e1', source: 'aws.codepipeline', ...at, 'detail-type': type, detail })
const call = (eventName: string, requestParameters: object, more: object = {}) =>
  event('AWS API Call via CloudTrail', { eventName, requestParameters, ...more })

describe('an event of the queue', () => {
  it('of an execution asks for the list too, of a stage or action only for the state', () => {
    const detail = { pipeline: 'shop', state: 'STARTED' }
    const told = { id: 'e1', at, pipeline: 'shop' }
    expect(pipelineEventOf(event('CodePipeline Pipeline Execution State Change', detail))).toEqual({
      ...told,
      hint: 'both',
    })
    expect(pipelineEventOf(event('CodePipeline Stage Execution State Change', detail))).toEqual({
      ...told,
      hint: 'state',
    })
    expect(pipelineEventOf(event('CodePipeline Action Execution State Change', detail))).toEqual({
      ...told,
      hint: 'state',
    })
  })

  it('of a call names its pipeline wherever the call does, and of a new or deleted one lists', () => {
    expect(pipelineEventOf(call('DisableStageTransition', { pipelineName: 'shop' }))).toMatchObject({
      pipeline: 'shop',
      hint: 'both',
    })
    expect(pipelineEventOf(call('StartPipelineExecution', { name: 'shop' }))).toMatchObject({ pipeline: 'shop' })
    expect(pipelineEventOf(call('CreatePipeline', { pipeline: { name: 'shop' } }))).toEqual({
      id: 'e1',
      at,
      pipeline: 'shop',
    })
    expect(
      pipelineEventOf(call('StartPipelineExecution', { name: 'shop' }, { errorCode: 'AccessDenied' })),
    ).toBeUndefined()
  })

  it('that is anything else is nothing, and never an error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map(detail => event('Whatever', detail)),
        ),
        body => {
          expect(pipelineEventOf(body)).toBeUndefined()
        },
      ),
    )
  })
})

describe('a queue’s address', () => {
  it('says which account and region it is of; on loopback the account’s first region is taken', () => {
    const none = () => undefined
    expect(queueAddress('https://sqs.eu-west-1.amazonaws.com/111122223333/cloudpipelines', none)).toEqual({
      account: '111122223333',
      region: 'eu-west-1',
    })
    expect(queueAddress('http://127.0.0.1:4599/111122223333/q', () => 'eu-central-1')).toEqual({
      account: '111122223333',
      region: 'eu-central-1',
    })
    expect(queueAddress('https://example.com', none)).toBeUndefined()
  })
})
