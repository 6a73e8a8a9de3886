import { CloudTrailClient, LookupEventsCommand, type LookupEventsRequest } from '@aws-sdk/client-cloudtrail'
import { describe, expect, it } from 'vitest'
import { manualClock } from '../../../base/clock.ts'
import { type CloudEvent, createEventBus } from '../../events.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Call } from '../../server/operation.ts'
import { openDatabase } from '../../state/database.ts'
import { createSealedTokens } from '../../state/sealedTokens.ts'
import { startEndpoint, tooling } from '../endpoint.testing.ts'
import { createEventStore } from './eventStore.ts'
import { createCloudTrail } from './index.ts'

function trail() {
  const clock = manualClock(Date.UTC(2026, 10, 22, 9))
  const database = openDatabase(':memory:')
  const events: CloudEvent[] = []
  const bus = createEventBus(error => {
    throw error
  })
  bus.subscribe(event => events.push(event))
  const cloudTrail = createCloudTrail({
    database,
    clock,
    bus,
    tokens: createSealedTokens(database),
    hideSecrets: definition => definition,
    onError: error => {
      throw error
    },
  })
  const call = (about: Partial<Call> = {}): Call => ({
    account: tooling,
    region: 'us-east-1',
    caller: {
      kind: 'assumedRole',
      account: tooling,
      arn: `arn:aws:sts::${tooling}:assumed-role/ReleaseManager/ann`,
      userId: 'AROAEXAMPLE:ann',
      principalArn: `arn:aws:iam::${tooling}:role/ReleaseManager`,
      accessKeyId: 'ASIAEXAMPLE',
      since: clock.now(),
    },
    requestId: 'r-1',
    at: clock.now(),
    sourceIp: '::ffff:127.0.0.1',
    userAgent: 'aws-sdk-js/3',
    signal: new AbortController().signal,
    ...about,
  })
  /** LookupEvents, half a second after whatever was before it. */
  const lookup = (input: LookupEventsRequest = {}, about: Partial<Call> = {}) => {
    clock.advance(500)
    return cloudTrail.service.operations.LookupEvents?.run(cloudTrail.service.lends, input, call(about)) as {
      Events: { EventName: string; EventId: string; CloudTrailEvent: string; Username: string; Resources: object[] }[]
      NextToken?: string
    }
  }
  const succeeded = (output: object = {}) => ({ kind: 'succeeded', output }) as const
  const record = (...recorded: Parameters<typeof cloudTrail.record>) => void cloudTrail.record(...recorded)
  return { clock, events, cloudTrail, record, call, lookup, succeeded, database }
}

describe('the record of a call', () => {
  it('tells who approved what from where, as AWS writes it', () => {
    const { record, call, lookup, succeeded, events } = trail()
    const result = { summary: 'ok', status: 'Approved' }
    const input = { pipelineName: 'shop', stageName: 'Prod', actionName: 'Approve', result, token: 't' }
    const output = { approvedAt: new Date(Date.UTC(2026, 10, 22, 9)) }
    record(call(), 'codepipeline', 'PutApprovalResult', input, succeeded(output))
    const [event] = lookup().Events
    expect(event).toMatchObject({
      EventName: 'PutApprovalResult',
      ReadOnly: 'false',
      Username: 'ann',
      AccessKeyId: 'ASIAEXAMPLE',
      EventSource: 'codepipeline.amazonaws.com',
      Resources: [{ ResourceType: 'AWS::CodePipeline::Pipeline', ResourceName: 'shop' }],
    })
    const told = JSON.parse(event?.CloudTrailEvent ?? '')
    expect(told).toMatchObject({
      userIdentity: {
        type: 'AssumedRole',
        principalId: 'AROAEXAMPLE:ann',
        sessionContext: {
          sessionIssuer: { type: 'Role', userName: 'ReleaseManager' },
          attributes: { creationDate: '2026-11-22T09:00:00Z' },
        },
      },
      eventTime: '2026-11-22T09:00:00Z',
      sourceIPAddress: '127.0.0.1',
      requestParameters: input,
      responseElements: { approvedAt: 'Nov 22, 2026 9:00:00 AM' },
      readOnly: false,
      eventType: 'AwsApiCall',
    })
    expect(told).not.toHaveProperty('errorCode')
    expect(events.map(({ detail, source }) => [source, detail.eventName])).toEqual([
      ['aws.codepipeline', 'PutApprovalResult'],
    ])
  })

  it('tells of what was denied, and of reads without their answers', () => {
    const { record, call, lookup, succeeded, events } = trail()
    const error = new AwsError('AccessDeniedException', 'User: x is not authorized to perform: codepipeline:Y')
    record(call(), 'codepipeline', 'DeletePipeline', { name: 'shop' }, { kind: 'failed', error })
    record(call(), 'codepipeline', 'GetPipelineState', { name: 'shop' }, succeeded({ pipelineName: 'shop' }))
    const [read, denied] = lookup().Events.map(event => JSON.parse(event.CloudTrailEvent))
    expect(denied).toMatchObject({ errorCode: 'AccessDenied', errorMessage: error.message, responseElements: null })
    expect(read).toMatchObject({ eventName: 'GetPipelineState', readOnly: true, responseElements: null })
    expect(events).toHaveLength(1)
  })

  it('keeps secrets to itself, and writes members of every service in lowerCamel', () => {
    const { record, call, lookup, succeeded } = trail()
    const key = { AccessKey: { UserName: 'ann', AccessKeyId: 'AKIA1', SecretAccessKey: 'hush', Status: 'Active' } }
    record(call(), 'iam', 'CreateAccessKey', { UserName: 'ann' }, succeeded(key))
    const environmentVariablesOverride = [{ name: 'TOKEN', value: 'hush' }]
    const start = { projectName: 'build', environmentVariablesOverride }
    record(call(), 'codebuild', 'StartBuild', start, succeeded({ build: { id: 'build:1' } }))
    const events = lookup().Events
    expect(JSON.stringify(events)).not.toContain('hush')
    expect(JSON.parse(events[1]?.CloudTrailEvent ?? '')).toMatchObject({
      requestParameters: { userName: 'ann' },
      responseElements: { accessKey: { userName: 'ann', accessKeyId: 'AKIA1' } },
    })
  })

  it('tells of a function without its environment, by the name that Lambda has for it there', () => {
    const { record, call, lookup, succeeded } = trail()
    const input = { FunctionName: 'notify', Environment: { Variables: { API_Key: 'hush' } } }
    record(call(), 'lambda', 'UpdateFunctionConfiguration', input, succeeded(input))
    const [event] = lookup().Events
    expect(event?.EventName).toBe('UpdateFunctionConfiguration20150331v2')
    expect(JSON.parse(event?.CloudTrailEvent ?? '')).toMatchObject({
      eventName: 'UpdateFunctionConfiguration20150331v2',
      requestParameters: { functionName: 'notify', environment: {} },
      responseElements: { functionName: 'notify', environment: {} },
    })
    expect(JSON.stringify(event)).not.toContain('hush')
  })

  it('leaves people’s own words as they wrote them', () => {
    const { record, call, lookup, succeeded } = trail()
    const result = { jobId: 'j', outputVariables: { BuildId: '1' } }
    record(call(), 'codepipeline', 'PutJobSuccessResult', result, succeeded())
    record(
      call(),
      'codepipeline',
      'PollForJobs',
      { queryParam: { ProjectName: 'web' } },
      succeeded({ jobs: [{ id: 'j' }] }),
    )
    const [polled, put] = lookup().Events.map(event => JSON.parse(event.CloudTrailEvent))
    expect(polled.requestParameters).toEqual({ queryParam: { ProjectName: 'web' } })
    expect(put.requestParameters).toEqual(result)
  })

  it('is durable before whoever called is answered, all of a moment in one transaction', async () => {
    const { cloudTrail, call, succeeded, database, events } = trail()
    const stored = () => database.get<{ stored: number }>('SELECT count(*) AS stored FROM cloudtrail_event')?.stored
    const names = ['one', 'two', 'three']
    const recorded = names.map(name =>
      cloudTrail.record(call(), 'codepipeline', 'StartPipelineExecution', { name }, succeeded()),
    )
    expect(stored()).toBe(0)
    await recorded[0]
    expect(stored()).toBe(3)
    expect(events).toHaveLength(3)
  })

  it('names buckets as the records of S3 do', () => {
    const { record, call, lookup, succeeded } = trail()
    record(call(), 's3', 'CreateBucket', { Bucket: 'site' }, succeeded())
    expect(JSON.parse(lookup().Events[0]?.CloudTrailEvent ?? '')).toMatchObject({
      requestParameters: { bucketName: 'site' },
    })
  })

  it('leaves out data events, as the event history of AWS does', () => {
    const { record, call, lookup, succeeded } = trail()
    record(call(), 's3', 'PutObject', { Bucket: 'b', Key: 'k' }, succeeded())
    record(call(), 'sqs', 'ReceiveMessage', { QueueUrl: 'q' }, succeeded())
    record(call(), 's3', 'CreateBucket', { Bucket: 'b' }, succeeded())
    expect(lookup().Events.map(({ EventName }) => EventName)).toEqual(['CreateBucket'])
  })
})

describe('LookupEvents', () => {
  it('finds by each of its attributes, newest first', () => {
    const { clock, record, call, lookup, succeeded } = trail()
    for (const name of ['one', 'two', 'three']) {
      clock.advance(1_000)
      record(call(), 'codepipeline', 'StartPipelineExecution', { name }, succeeded())
    }
    record(call(), 'codebuild', 'ListProjects', {}, succeeded())
    const by = (AttributeKey: 'EventName', AttributeValue: string) =>
      lookup({ LookupAttributes: [{ AttributeKey, AttributeValue }] }).Events.map(({ Resources }) =>
        Resources.map(resource => (resource as { ResourceName: string }).ResourceName).join(),
      )
    const key = (name: string) => name as 'EventName'
    expect(by('EventName', 'StartPipelineExecution')).toEqual(['three', 'two', 'one'])
    expect(by(key('EventSource'), 'codebuild.amazonaws.com')).toEqual([''])
    expect(by(key('ReadOnly'), 'false')).toEqual(['three', 'two', 'one'])
    expect(by(key('Username'), 'ann')).toHaveLength(4)
    expect(by(key('Username'), 'bob')).toEqual([])
    expect(by(key('ResourceName'), 'two')).toEqual(['two'])
    expect(by(key('ResourceType'), 'AWS::CodePipeline::Pipeline')).toHaveLength(3)
    expect(by(key('AccessKeyId'), 'ASIAEXAMPLE')).toHaveLength(4)
    const [last] = lookup().Events
    expect(lookup({ LookupAttributes: [{ AttributeKey: 'EventId', AttributeValue: last?.EventId }] }).Events).toEqual([
      last,
    ])
  })

  it('pages through everything, with tokens that only fit the question they were given for', () => {
    const { record, call, lookup, succeeded } = trail()
    for (let index = 0; index < 120; index++) {
      record(call(), 'codepipeline', 'StartPipelineExecution', { name: `p${index}` }, succeeded())
    }
    const seen = new Set<string>()
    let page = lookup()
    const first = page.NextToken
    for (;;) {
      for (const { EventId } of page.Events) seen.add(EventId)
      if (page.NextToken === undefined) break
      page = lookup({ NextToken: page.NextToken })
    }
    expect(seen.size).toBe(120)
    const other: LookupEventsRequest = { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'X' }] }
    expect(() => lookup({ ...other, NextToken: first })).toThrow('Invalid token')
    expect(() => lookup({ NextToken: `${first}x` })).toThrow('Invalid token')
  })

  it('keeps to the time range, the account, the region and 90 days', () => {
    const { clock, record, call, lookup, succeeded } = trail()
    const start = new Date(clock.now())
    record(call(), 'codepipeline', 'DeletePipeline', { name: 'old' }, succeeded())
    clock.advance(60_000)
    record(call(), 'codepipeline', 'DeletePipeline', { name: 'new' }, succeeded())
    const EndTime = new Date(start.getTime() + 30_000)
    expect(lookup({ EndTime }).Events).toHaveLength(1)
    expect(lookup({ StartTime: EndTime }).Events).toHaveLength(1)
    expect(() => lookup({ StartTime: EndTime, EndTime: start })).toThrow('Invalid time range')
    expect(lookup({}, { region: 'eu-west-1' }).Events).toEqual([])
    expect(lookup({}, { account: '777788889999' }).Events).toEqual([])
    clock.advance(91 * 24 * 3_600_000)
    expect(lookup().Events).toEqual([])
  })

  it('refuses what AWS refuses, by name', () => {
    const { lookup } = trail()
    const refusal = (input: object) => {
      try {
        lookup(input)
      } catch (error) {
        return error instanceof Error && error.name
      }
      return undefined
    }
    const one = { AttributeKey: 'EventName', AttributeValue: 'X' }
    expect(refusal({ LookupAttributes: [one, one] })).toBe('InvalidLookupAttributesException')
    expect(refusal({ LookupAttributes: [{ ...one, AttributeKey: 'Colour' }] })).toBe('InvalidLookupAttributesException')
    expect(refusal({ MaxResults: 51 })).toBe('InvalidMaxResultsException')
    expect(refusal({ EventCategory: 'data' })).toBe('InvalidEventCategoryException')
  })

  it('answers two calls a second for an account and region, and no third', () => {
    const { clock, lookup, cloudTrail, call } = trail()
    const ask = (about: Partial<Call> = {}) => {
      void cloudTrail.service.operations.LookupEvents?.run(cloudTrail.service.lends, {}, call(about))
    }
    lookup()
    ask()
    expect(() => ask()).toThrow('Rate exceeded')
    ask({ region: 'eu-west-1' })
    clock.advance(500)
    ask()
    expect(() => ask()).toThrow('Rate exceeded')
  })
})

it('keeps of workers’ polls that brought nothing as few as of reads, and every other call', () => {
  const { cloudTrail, call, succeeded, database, lookup, clock } = trail()
  const poll = (jobs: object[]) =>
    void cloudTrail.record(call(), 'codepipeline', 'PollForJobs', {}, succeeded({ jobs }))
  poll([])
  poll([{ id: 'j' }])
  poll([])
  expect(lookup().Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent).readOnly)).toEqual([
    false,
    false,
    false,
  ])
  createEventStore(database).expire(clock.now() - 1_000, 1)
  expect(lookup().Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent).responseElements.jobs)).toEqual([
    [],
    [{ id: 'j' }],
  ])
})

it('forgets after 90 days, and loses nothing that was recorded when it stops', async () => {
  const { clock, cloudTrail, record, call, succeeded, database } = trail()
  const kept = () => database.get<{ n: number }>('SELECT count(*) AS n FROM cloudtrail_event')?.n
  cloudTrail.start()
  await cloudTrail.record(call(), 'codepipeline', 'DeletePipeline', { name: 'shop' }, succeeded())
  expect(kept()).toBe(1)
  clock.advance(91 * 24 * 3_600_000)
  expect(kept()).toBe(0)
  record(call(), 'codepipeline', 'DeletePipeline', { name: 'shop' }, succeeded())
  cloudTrail.stop()
  expect(kept()).toBe(1)
})

it('answers the real SDK over the real door', async () => {
  const cloud = await startEndpoint(({ database, clock, bus }) => {
    const tokens = createSealedTokens(database)
    const cloudTrail = createCloudTrail({
      database,
      clock,
      bus,
      tokens,
      hideSecrets: definition => definition,
      onError: error => {
        throw error
      },
    })
    return { services: [cloudTrail.service], record: cloudTrail.record }
  })
  const { credentials } = cloud.addUser(tooling, 'ann')
  const client = new CloudTrailClient({ endpoint: cloud.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
  try {
    expect((await client.send(new LookupEventsCommand({}))).Events).toEqual([])
    const { Events: [event] = [] } = await client.send(new LookupEventsCommand({}))
    expect(event).toMatchObject({ EventName: 'LookupEvents', Username: 'ann', ReadOnly: 'true' })
    const third = client.send(new LookupEventsCommand({}))
    await expect(third).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' })
  } finally {
    client.destroy()
    await cloud.stop()
  }
})
