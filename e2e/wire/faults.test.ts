import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch'
import { CodePipelineClient, ListPipelinesCommand } from '@aws-sdk/client-codepipeline'
import { CreateRoleCommand, GetRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
import { HeadBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { manualClock } from '../../main/base/clock.ts'
import { type CloudUnderTest, localOnly, refusalOf, startCloudUnderTest, target } from './cloudUnderTest.ts'

const run = promisify(execFile)
let cloud: CloudUnderTest
beforeAll(async () => {
  cloud = await startCloudUnderTest()
})
afterEach(() => {
  if (target === 'local') cloud.befall()
})
afterAll(() => cloud.stop())

const listPipelines = (settings = cloud.settings()) =>
  new CodePipelineClient(settings).send(new ListPipelinesCommand({}))

describe.skipIf(localOnly('faults are the local cloud’s'))('a limit to calls', () => {
  it('is AWS’s ThrottlingException, for each account and region by itself', async () => {
    cloud.befall({ throttle: ['codepipeline=0.01'] })
    await listPipelines()
    expect(await refusalOf(listPipelines())).toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
      status: 400,
    })
    await listPipelines(cloud.settings({ region: 'eu-west-1' }))
    await listPipelines(cloud.settings({ account: 'staging' }))
  })

  it('is waited out by a client that tries again, as the SDK does by itself', async () => {
    cloud.befall({ fault: ['codepipeline=throttled@2x'] })
    expect(await listPipelines({ ...cloud.settings(), maxAttempts: 3 })).toMatchObject({ pipelines: [] })
    expect(cloud.local().faults.report().fault).toEqual([{ rule: 'codepipeline=throttled@2x', fired: 2 }])
  })

  it('stands for LookupEvents always: two a second', async () => {
    const stopped = await startCloudUnderTest({ clock: manualClock(Date.now()) })
    const trail = new CloudTrailClient(stopped.settings())
    await trail.send(new LookupEventsCommand({}))
    await trail.send(new LookupEventsCommand({}))
    expect(await refusalOf(trail.send(new LookupEventsCommand({})))).toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
    })
    await stopped.stop()
  })
})

const cbor = () => new CloudWatchClient({ ...cloud.settings(), protocol: AwsSmithyRpcV2CborProtocol })
const calls = {
  'JSON 1.1': () => listPipelines(),
  'JSON 1.0': () => new CloudWatchClient(cloud.settings()).send(new ListMetricsCommand({})),
  CBOR: () => cbor().send(new ListMetricsCommand({})),
  query: () => new IAMClient(cloud.settings()).send(new ListRolesCommand({})),
  'REST in XML': () => new S3Client(cloud.settings()).send(new ListBucketsCommand({})),
} as const
type Protocol = keyof typeof calls

describe.skipIf(localOnly('faults are the local cloud’s'))('a fault is named as its protocol names it', () => {
  const json = { expired: 'ExpiredTokenException', throttled: 'ThrottlingException', 500: 'InternalFailure' }
  const named: Record<Protocol, Record<'expired' | 'throttled' | '500' | '503', readonly [string, number]>> = {
    'JSON 1.1': {
      expired: [json.expired, 400],
      throttled: [json.throttled, 400],
      500: [json[500], 500],
      503: ['ServiceUnavailableException', 503],
    },
    'JSON 1.0': {
      expired: [json.expired, 400],
      throttled: [json.throttled, 400],
      500: [json[500], 500],
      503: ['ServiceUnavailableException', 503],
    },
    CBOR: {
      expired: [json.expired, 400],
      throttled: [json.throttled, 400],
      500: [json[500], 500],
      503: ['ServiceUnavailableException', 503],
    },
    query: {
      expired: ['ExpiredToken', 403],
      throttled: ['Throttling', 400],
      500: ['InternalFailure', 500],
      503: ['ServiceUnavailable', 503],
    },
    'REST in XML': {
      expired: ['ExpiredToken', 400],
      throttled: ['SlowDown', 503],
      500: ['InternalError', 500],
      503: ['ServiceUnavailable', 503],
    },
  }
  it.each(Object.keys(calls) as Protocol[])('in %s', async protocol => {
    for (const [what, [name, status]] of Object.entries(named[protocol])) {
      cloud.befall({ fault: [`*=${what}`] })
      expect(await refusalOf(calls[protocol]())).toMatchObject({ name, status })
    }
  })

  it('and has no body where the client expects none', async () => {
    cloud.befall({ fault: ['s3=throttled'] })
    const head = new S3Client(cloud.settings()).send(new HeadBucketCommand({ Bucket: 'shop' }))
    expect(await refusalOf(head)).toMatchObject({ status: 503 })
  })
})

describe.skipIf(localOnly('faults are the local cloud’s'))('a connection that ends without an answer', () => {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  })
  const create = (RoleName: string) =>
    new IAMClient(cloud.settings()).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
  const get = (RoleName: string) => new IAMClient(cloud.settings()).send(new GetRoleCommand({ RoleName }))

  it('before the work was done, has left nothing', async () => {
    cloud.befall({ fault: ['iam.CreateRole=drop-before@1x'] })
    expect(await refusalOf(create('Never'))).toMatchObject({ message: 'socket hang up' })
    expect(await refusalOf(get('Never'))).toMatchObject({ name: 'NoSuchEntityException' })
  })

  it('after the work was done, has left its work: whoever tries again learns that', async () => {
    cloud.befall({ fault: ['iam.CreateRole=drop-after@1x'] })
    expect(await refusalOf(create('Made'))).toMatchObject({ message: 'socket hang up' })
    expect((await get('Made')).Role?.RoleName).toBe('Made')
    expect(await refusalOf(create('Made'))).toMatchObject({ name: 'EntityAlreadyExistsException' })
  })
})

describe.skipIf(localOnly('faults are the local cloud’s'))('latency', () => {
  it('holds the answer back by the cloud’s clock', async () => {
    const clock = manualClock(Date.now())
    const slow = await startCloudUnderTest({ clock, troubles: { fault: ['sts=40ms'] } })
    let answered = false
    const asking = new STSClient(slow.settings()).send(new GetCallerIdentityCommand({})).then(() => {
      answered = true
    })
    await expect.poll(() => slow.local().faults.report().fault[0]?.fired).toBe(1)
    clock.advance(39)
    expect(answered).toBe(false)
    await expect
      .poll(() => {
        clock.advance(1)
        return answered
      })
      .toBe(true)
    await asking
    await slow.stop()
  })
})

describe.skipIf(localOnly('faults are the local cloud’s'))('the control path', () => {
  const control = () =>
    z
      .object({ endpoint: z.string(), token: z.string() })
      .parse(JSON.parse(readFileSync(cloud.local().controlFile, 'utf8')))
  const ask = async (options: { method?: string; body?: string; headers?: Record<string, string> } = {}) => {
    const { endpoint, token } = control()
    const response = await fetch(`${endpoint}/_local/faults`, {
      ...options,
      headers: { authorization: `Bearer ${token}`, ...options.headers },
    })
    return { status: response.status, body: await response.json() }
  }

  it('sets what is on while the cloud runs, and shows how often it fired', async () => {
    const body = JSON.stringify({ throttle: ['codepipeline=0.01'], fault: ['sts=500@3x'] })
    expect(await ask({ method: 'PUT', body })).toEqual({
      status: 200,
      body: { throttle: [{ rule: 'codepipeline=0.01', fired: 0 }], fault: [{ rule: 'sts=500@3x', fired: 0 }] },
    })
    await Promise.allSettled([calls['JSON 1.1'](), calls['JSON 1.1'](), calls['JSON 1.1']()])
    expect(await ask()).toMatchObject({ body: { throttle: [{ fired: 2 }] } })
    expect(await ask({ method: 'PUT', body: '{}' })).toEqual({ status: 200, body: { throttle: [], fault: [] } })
    await calls['JSON 1.1']()
  })

  it('is for whoever may read the cloud’s files, and for no web page', async () => {
    expect(await ask({ headers: { authorization: 'Bearer guess' } })).toMatchObject({ status: 401 })
    expect(await ask({ headers: { authorization: '' } })).toMatchObject({ status: 401 })
    expect(await ask({ headers: { origin: 'http://localhost:5173' } })).toMatchObject({ status: 403 })
  })

  it.each([
    ['{', 'expected object'],
    ['[]', 'expected object'],
    ['{"fault":["codepipeline=404"]}', 'must be SERVICE[.OPERATION]=WHAT[@WHEN]'],
    ['{"throttle":"codepipeline=5"}', 'expected array'],
    ['{"latency":["codepipeline=5"]}', 'Unrecognized key'],
  ])('given %s says what is wrong with it, and leaves on what was on', async (body, message) => {
    cloud.befall({ fault: ['sts=40ms'] })
    expect(await ask({ method: 'PUT', body })).toEqual({
      status: 400,
      body: { message: expect.stringContaining(message) },
    })
    expect(await ask()).toMatchObject({ body: { fault: [{ rule: 'sts=40ms' }] } })
  })

  it('is what the faults command speaks to', async () => {
    const entry = join(import.meta.dirname, '../../main/cloud/main.ts')
    const faults = async (...words: string[]) => {
      const data = dirname(cloud.local().controlFile)
      return (await run(process.execPath, [entry, 'faults', '--data', data, ...words])).stdout
    }
    expect(await faults('--throttle', 'codepipeline=1', '--fault', 'sts=500@1x')).toBe(
      '--throttle codepipeline=1  fired 0 times\n--fault sts=500@1x  fired 0 times\n',
    )
    expect(await refusalOf(new STSClient(cloud.settings()).send(new GetCallerIdentityCommand({})))).toMatchObject({
      status: 500,
    })
    expect(await faults()).toContain('--fault sts=500@1x  fired 1 times\n')
    expect(await faults('--off')).toBe('No limits and no faults.\n')
    expect(await refusalOf(faults('--fault', 'nonsense'))).toMatchObject({
      message: expect.stringContaining('--fault must be SERVICE[.OPERATION]=WHAT[@WHEN]'),
    })
  })
})
