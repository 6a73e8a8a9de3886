import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  InvokeCommand,
  type LambdaClient,
  ListFunctionsCommand,
  ListTagsCommand,
  RemovePermissionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { production, type TestUser, tooling } from '../endpoint.testing.ts'
import { startLambda, zipOf } from './lambda.testing.ts'

let cloud: Awaited<ReturnType<typeof startLambda>>
let client: LambdaClient
let ann: TestUser
let role: string
const logging = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['logs:*', 's3:CreateBucket'], Resource: '*' }],
}
beforeAll(async () => {
  cloud = await startLambda()
  ann = cloud.addUser(tooling, 'ann')
  client = cloud.clientOf(ann)
  role = cloud.addRole('Function', logging)
})
afterAll(() => cloud.stop())

const create = async (
  FunctionName: string,
  files: Record<string, string>,
  more: Partial<CreateFunctionCommandInput> = {},
) =>
  client.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: role,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: await zipOf(files) },
      ...more,
    }),
  )
const invoke = async (FunctionName: string, event: object = {}, by = client) => {
  const payload = Buffer.from(JSON.stringify(event))
  const { Payload, LogResult, ...rest } = await by.send(
    new InvokeCommand({ FunctionName, Payload: payload, LogType: 'Tail' }),
  )
  return {
    ...rest,
    result: JSON.parse(Payload?.transformToString() || 'null') as unknown,
    log: Buffer.from(LogResult ?? '', 'base64').toString(),
  }
}

describe('a function', () => {
  it('answers what its handler answers, and its log says what it printed', async () => {
    const made = await create('greet', {
      'index.mjs': `export const handler = async (event, context) => {
        console.log('greeting', event.name)
        return { hello: event.name, in: process.env.AWS_REGION, by: context.functionName, left: context.getRemainingTimeInMillis() > 0 }
      }`,
    })
    expect(made).toMatchObject({
      FunctionArn: `arn:aws:lambda:us-east-1:${tooling}:function:greet`,
      State: 'Active',
      Timeout: 3,
      MemorySize: 128,
      Version: '$LATEST',
      $metadata: { httpStatusCode: 201 },
    })
    const { result, log, FunctionError, ExecutedVersion } = await invoke('greet', { name: 'Ann' })
    expect(result).toEqual({ hello: 'Ann', in: 'us-east-1', by: 'greet', left: true })
    expect({ FunctionError, ExecutedVersion }).toEqual({ FunctionError: undefined, ExecutedVersion: '$LATEST' })
    expect(log).toMatch(
      /START RequestId: .*\tINFO\tgreeting Ann\n.*END RequestId.*REPORT RequestId: .*Memory Size: 128 MB/s,
    )
    const logs = new CloudWatchLogsClient({
      endpoint: cloud.endpoint,
      region: 'us-east-1',
      credentials: ann.credentials,
    })
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/greet' }))
    expect(events?.some(({ message }) => message?.includes('greeting Ann'))).toBe(true)
    const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: '/aws/lambda/greet' }))
    expect(logStreams?.[0]?.logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)
    logs.destroy()
  })

  it('runs in Python just as well', async () => {
    const code = `import logging, os
def handler(event, context):
    logging.getLogger().warning('seen %s', event['n'])
    return {'twice': event['n'] * 2, 'name': context.function_name, 'mode': os.environ['MODE']}`
    const more = {
      Runtime: 'python3.12',
      Handler: 'app.handler',
      Environment: { Variables: { MODE: 'test' } },
    } as const
    await create('double', { 'app.py': code }, more)
    const { result, log } = await invoke('double', { n: 21 })
    expect(result).toEqual({ twice: 42, name: 'double', mode: 'test' })
    expect(log).toMatch(/\[WARNING\]\t.*\tseen 21/)
  })

  it.each([
    [
      'throws',
      'nodejs22.x',
      { 'index.js': `exports.handler = async () => { throw new TypeError('no') }` },
      'TypeError',
      'no',
    ],
    [
      'raises',
      'python3.12',
      { 'index.py': 'def handler(event, context):\n    raise ValueError("no")' },
      'ValueError',
      'no',
    ],
    [
      'ends',
      'nodejs22.x',
      { 'index.js': 'exports.handler = () => process.exit(7)' },
      'Runtime.ExitError',
      /exit status 7/,
    ],
    ['lacks', 'nodejs22.x', { 'other.js': '' }, 'Runtime.ImportModuleError', /Cannot find module/],
    ['names', 'nodejs22.x', { 'index.js': '' }, 'Runtime.HandlerNotFound', /not exported/],
  ] as const)('that %s has failed, with its error as the payload', async (name, runtime, files, errorType, message) => {
    await create(`fails-${name}`, files, { Runtime: runtime })
    const { result, FunctionError, StatusCode } = await invoke(`fails-${name}`)
    expect({ FunctionError, StatusCode }).toEqual({ FunctionError: 'Unhandled', StatusCode: 200 })
    expect(result).toMatchObject({ errorType, errorMessage: expect.stringMatching(message) as unknown })
  })

  it('is ended after its timeout, with all that it started', async () => {
    const code = `const { spawn } = require('node:child_process')
      exports.handler = () => new Promise(() => { spawn('sleep', ['1000']); setInterval(() => {}, 1000) })`
    await create('slow', { 'index.js': code }, { Timeout: 1 })
    const { result, log } = await invoke('slow')
    expect(result).toMatchObject({ errorType: 'Sandbox.Timedout' })
    expect(log).toContain('Task timed out after 1.00 seconds')
  })

  it('calls the cloud as its role, with the SDK that is there, and may no more than that', async () => {
    const code = `import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
      export const handler = async () => {
        const s3 = new S3Client({ forcePathStyle: true })
        await s3.send(new CreateBucketCommand({ Bucket: 'made-by-a-function' }))
        return s3.send(new ListBucketsCommand({})).then(() => 'listed', error => error.message)
      }`
    await create('bucket', { 'index.mjs': code }, { Timeout: 20 })
    const { result } = await invoke('bucket')
    expect(result).toContain('assumed-role/Function/bucket is not authorized to perform: s3:ListAllMyBuckets')
  })

  it('sees nothing of the cloud around it', async () => {
    const code = `const fs = require('node:fs')
      exports.handler = async () => ({ data: fs.existsSync(${JSON.stringify(cloud.data)}), keys: Object.keys(process.env).filter(k => /npm|VITEST/.test(k)), task: fs.readdirSync('/var/task') })`
    await create('walls', { 'index.js': code })
    expect((await invoke('walls')).result).toEqual({ data: false, keys: [], task: ['index.js'] })
  })

  it('is told of an event without being waited for, and again after it failed', async () => {
    await create('told', { 'index.js': `exports.handler = async event => { console.log('heard', event.what) }` })
    const { StatusCode } = await client.send(
      new InvokeCommand({ FunctionName: 'told', InvocationType: 'Event', Payload: Buffer.from('{"what":"news"}') }),
    )
    expect(StatusCode).toBe(202)
    const logs = new CloudWatchLogsClient({
      endpoint: cloud.endpoint,
      region: 'us-east-1',
      credentials: ann.credentials,
    })
    await vi.waitUntil(
      async () => {
        const found = await logs
          .send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/told' }))
          .catch(() => ({ events: [] }))
        return found.events?.some(({ message }) => message?.includes('heard news'))
      },
      { timeout: 15_000 },
    )
    logs.destroy()
  })

  it('changes its code and its settings, and is gone once deleted', async () => {
    await create('changing', { 'index.js': 'exports.handler = async () => 1' }, { Tags: { team: 'shop' } })
    const ZipFile = await zipOf({ 'index.js': 'exports.handler = async () => process.env.NEXT' })
    const updated = await client.send(new UpdateFunctionCodeCommand({ FunctionName: 'changing', ZipFile }))
    const stale = new UpdateFunctionConfigurationCommand({ FunctionName: 'changing', RevisionId: 'old' })
    await expect(client.send(stale)).rejects.toMatchObject({ name: 'PreconditionFailedException' })
    await client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'changing',
        Environment: { Variables: { NEXT: 'two' } },
        Timeout: 9,
      }),
    )
    expect((await invoke('changing')).result).toBe('two')
    const { Configuration, Tags } = await client.send(new GetFunctionCommand({ FunctionName: 'changing' }))
    expect(Configuration).toMatchObject({ Timeout: 9, CodeSha256: updated.CodeSha256 })
    expect(Tags).toEqual({ team: 'shop' })
    const { Functions } = await client.send(new ListFunctionsCommand({}))
    expect(Functions?.map(({ FunctionName }) => FunctionName)).toContain('changing')
    expect(await client.send(new ListTagsCommand({ Resource: Configuration?.FunctionArn }))).toMatchObject({ Tags })
    await client.send(new DeleteFunctionCommand({ FunctionName: 'changing' }))
    await expect(invoke('changing')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: arn:aws:lambda:us-east-1:${tooling}:function:changing`,
      $metadata: { httpStatusCode: 404 },
    })
  })
})

describe('who may invoke a function', () => {
  it('is decided by the resource policy and the own policies: across accounts by both', async () => {
    await create('shared', { 'index.js': 'exports.handler = async () => "hello"' })
    const FunctionName = `arn:aws:lambda:us-east-1:${tooling}:function:shared`
    const pat = cloud.clientOf(cloud.addUser(production, 'pat'))
    await expect(invoke(FunctionName, {}, pat)).rejects.toMatchObject({ name: 'AccessDeniedException' })
    const permission = {
      FunctionName,
      StatementId: 'production',
      Action: 'lambda:InvokeFunction',
      Principal: production,
    }
    const { Statement } = await client.send(new AddPermissionCommand(permission))
    expect(JSON.parse(Statement ?? '')).toMatchObject({ Principal: { AWS: `arn:aws:iam::${production}:root` } })
    expect((await invoke(FunctionName, {}, pat)).result).toBe('hello')
    await expect(client.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
      name: 'ResourceConflictException',
    })
    const { Policy } = await client.send(new GetPolicyCommand({ FunctionName }))
    expect(JSON.parse(Policy ?? '')).toMatchObject({ Statement: [{ Sid: 'production' }] })
    await client.send(new RemovePermissionCommand({ FunctionName, StatementId: 'production' }))
    await expect(invoke(FunctionName, {}, pat)).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await expect(client.send(new GetPolicyCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  it('lets a service in where the policy names it and what it works for', async () => {
    await create('ruled', { 'index.js': 'exports.handler = async () => 1' })
    const arn = `arn:aws:lambda:us-east-1:${tooling}:function:ruled`
    const visit = { service: 'events.amazonaws.com', sourceArn: `arn:aws:events:us-east-1:${tooling}:rule/nightly` }
    expect(() => cloud.functions.tellFor(visit, arn, '{}')).toThrow(/no resource-based policy allows/)
    await client.send(
      new AddPermissionCommand({
        FunctionName: 'ruled',
        StatementId: 'rule',
        Action: 'lambda:InvokeFunction',
        Principal: visit.service,
        SourceArn: visit.sourceArn,
      }),
    )
    cloud.functions.tellFor(visit, arn, '{}')
    const other = { ...visit, sourceArn: `arn:aws:events:us-east-1:${tooling}:rule/other` }
    expect(() => cloud.functions.tellFor(other, arn, '{}')).toThrow(/not authorized/)
  })
})

describe('CreateFunction refuses', () => {
  it.each([
    [{ Runtime: 'java21' }, /java21 is not offered/],
    [{ Timeout: 1000 }, /less than or equal to 900/],
    [{ Environment: { Variables: { AWS_REGION: 'x' } } }, /reserved keys.*AWS_REGION/],
    [{ Role: 'arn:aws:iam::111122223333:role/Nobody' }, /cannot be assumed by Lambda/],
    [{ Layers: ['arn:aws:lambda:us-east-1:1:layer:x:1'] }, /Layers are not offered/],
    [{ Code: { ZipFile: Buffer.from('no archive') } }, /Could not unzip/],
  ] as const)('%o', async (more, message) => {
    await expect(create('refused', { 'index.js': '' }, more as object)).rejects.toThrow(message)
  })
})
