import {
  AcknowledgeJobCommand,
  GetJobDetailsCommand,
  GetPipelineCommand,
  type Job,
  ListActionExecutionsCommand,
  PollForJobsCommand,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
  StopPipelineExecutionCommand,
  UpdatePipelineCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { everything, startCodePipeline, type TestCodePipeline, tooling } from './codepipeline.testing.ts'
import { workshop } from './workers.testing.ts'

let cloud: TestCodePipeline
let work: ReturnType<typeof workshop>
let role: string
beforeAll(async () => {
  cloud = await startCodePipeline()
  work = workshop(cloud)
  role = cloud.addRole(tooling, 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, everything)
  for (const Bucket of ['artifacts', 'site']) await cloud.s3.send(new CreateBucketCommand({ Bucket }))
  cloud.push('Sell hats')
  await work.define()
})
afterAll(() => cloud.stop())

const claim = async ({ id: jobId, nonce }: Job) =>
  (await cloud.client.send(new AcknowledgeJobCommand({ jobId, nonce }))).status
/** A job that its worker has claimed. */
const claimed = async (name: string) => {
  await work.create(role, name)
  const job = await work.job(name)
  expect(await claim(job)).toBe('InProgress')
  return job
}
const nobody = '00000000-0000-4000-8000-000000000000'

/** A sentence, or what one must look like. */
const said = (message: string | RegExp): unknown =>
  typeof message === 'string' ? message : expect.stringMatching(message)

describe('a job of a custom action', () => {
  it('tells its worker everything, secrets and credentials included, and ends the action well', async () => {
    const job = await claimed('told')
    const { data, accountId } = job
    expect(accountId).toBe(tooling)
    expect(data).toMatchObject({
      actionTypeId: work.actionTypeId,
      actionConfiguration: { configuration: { Target: 'told', Password: 'opensesame' } },
      pipelineContext: {
        pipelineName: 'told',
        pipelineArn: `arn:aws:codepipeline:us-east-1:${tooling}:told`,
        stage: { name: 'Ship' },
        action: { name: 'Ship', actionExecutionId: expect.any(String) as unknown },
        pipelineExecutionId: expect.any(String) as unknown,
      },
      inputArtifacts: [{ name: 'Source', revision: expect.any(String) as unknown, location: { type: 'S3' } }],
      outputArtifacts: [{ name: 'Receipt', location: { type: 'S3' } }],
    })
    expect(data?.continuationToken).toBeUndefined()
    const details = await cloud.client.send(new GetJobDetailsCommand({ jobId: job.id }))
    expect(details.jobDetails?.data?.actionConfiguration).toEqual(data?.actionConfiguration)

    await cloud.client.send(
      new PutJobSuccessResultCommand({
        jobId: job.id,
        executionDetails: { summary: 'shipped', externalExecutionId: 'run-7', percentComplete: 100 },
        outputVariables: { Address: 'https://shop.example' },
      }),
    )
    const done = await work.state('told')
    expect(done).toMatchObject({
      entityUrl: 'https://ship.example/told',
      latestExecution: {
        status: 'Succeeded',
        summary: 'shipped',
        externalExecutionId: 'run-7',
        externalExecutionUrl: 'https://ship.example/told/runs/run-7',
        percentComplete: 100,
      },
    })
    expect((await work.attempt('told'))?.output).toMatchObject({
      outputVariables: { Address: 'https://shop.example' },
      outputArtifacts: [{ name: 'Receipt' }],
    })
  })

  it('gives credentials of the service role that reach its own artifacts and nothing else', async () => {
    const { id, data } = await claimed('narrow')
    const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = data?.artifactCredentials ?? {}
    const s3 = cloud.s3For({ credentials: { accessKeyId, secretAccessKey, sessionToken } })
    const input = data?.inputArtifacts?.[0]?.location?.s3Location
    const output = data?.outputArtifacts?.[0]?.location?.s3Location
    const got = await s3.send(new GetObjectCommand({ Bucket: input?.bucketName, Key: input?.objectKey }))
    expect((await got.Body?.transformToByteArray())?.length).toBeGreaterThan(0)
    await s3.send(new PutObjectCommand({ Bucket: output?.bucketName, Key: output?.objectKey, Body: 'receipt' }))
    const elsewhere = new PutObjectCommand({ Bucket: 'site', Key: 'index.html', Body: 'owned' })
    await expect(s3.send(elsewhere)).rejects.toMatchObject({ name: 'AccessDenied' })
    await cloud.client.send(new PutJobSuccessResultCommand({ jobId: id }))
  })

  it('shows no secret in any read of the pipeline or its history, and keeps it when asterisks come back', async () => {
    const { id } = await claimed('hidden')
    const { pipeline } = await cloud.client.send(new GetPipelineCommand({ name: 'hidden' }))
    expect(pipeline?.stages?.[1]?.actions?.[0]?.configuration).toEqual({ Target: 'hidden', Password: '****' })
    const history = await cloud.client.send(new ListActionExecutionsCommand({ pipelineName: 'hidden' }))
    expect(JSON.stringify(history)).not.toContain('opensesame')
    expect((await work.attempt('hidden'))?.input?.resolvedConfiguration?.Password).toBe('****')
    await cloud.client.send(new PutJobSuccessResultCommand({ jobId: id }))
    await cloud.client.send(new UpdatePipelineCommand({ pipeline }))
    cloud.push('Sell shoes')
    const next = await work.job('hidden')
    expect(next.data?.actionConfiguration?.configuration?.Password).toBe('opensesame')
  })

  it('goes on in a new job that carries the continuation token', async () => {
    const first = await claimed('continued')
    await cloud.client.send(
      new PutJobSuccessResultCommand({
        jobId: first.id,
        continuationToken: 'half-way',
        executionDetails: { summary: 'half of the hosts', percentComplete: 50 },
      }),
    )
    expect((await work.state('continued'))?.latestExecution).toMatchObject({
      status: 'InProgress',
      percentComplete: 50,
      summary: 'half of the hosts',
    })
    const second = await work.job('continued')
    expect(second.id).not.toBe(first.id)
    expect(second.data?.continuationToken).toBe('half-way')
    await expect(cloud.client.send(new PutJobSuccessResultCommand({ jobId: first.id }))).rejects.toMatchObject({
      name: 'InvalidJobStateException',
    })
    await claim(second)
    await cloud.client.send(new PutJobSuccessResultCommand({ jobId: second.id }))
    expect((await work.state('continued'))?.latestExecution?.status).toBe('Succeeded')
  })

  it('fails its action with the type and the message that its worker gives', async () => {
    const { id: jobId } = await claimed('failing')
    const failureDetails = {
      type: 'ConfigurationError',
      message: 'no such target',
      externalExecutionId: 'run-8',
    } as const
    await cloud.client.send(new PutJobFailureResultCommand({ jobId, failureDetails }))
    expect((await work.state('failing'))?.latestExecution).toMatchObject({
      status: 'Failed',
      externalExecutionId: 'run-8',
      errorDetails: { code: 'ConfigurationError', message: 'no such target' },
    })
  })

  it('survives a restart of the cloud, claimed or not', async () => {
    const { id: jobId } = await claimed('restarted')
    const handedOut = async (name: string) => {
      await work.create(role, name)
      return work.job(name)
    }
    const early = await handedOut('restarted-early')
    const unheard = await handedOut('restarted-unheard')
    await cloud.restart()
    await cloud.client.send(new PutJobSuccessResultCommand({ jobId }))
    expect((await work.state('restarted'))?.latestExecution?.status).toBe('Succeeded')

    expect(await claim(early)).toBe('InProgress')
    await cloud.client.send(new PutJobSuccessResultCommand({ jobId: early.id }))
    expect((await work.state('restarted-early'))?.latestExecution?.status).toBe('Succeeded')

    // The answer that handed it out may have been lost with the process, so that it is offered again.
    const again = await work.job('restarted-unheard')
    expect(again.id).toBe(unheard.id)
    await expect(claim(unheard)).rejects.toMatchObject({ name: 'InvalidNonceException' })
    expect(await claim(again)).toBe('InProgress')
    await cloud.client.send(new PutJobSuccessResultCommand({ jobId: again.id }))
    expect((await work.state('restarted-unheard'))?.latestExecution?.status).toBe('Succeeded')
  })

  it('is of no use any more once its execution was stopped', async () => {
    const { id: jobId, data } = await claimed('stopped')
    const pipelineExecutionId = data?.pipelineContext?.pipelineExecutionId
    await cloud.client.send(
      new StopPipelineExecutionCommand({ pipelineName: 'stopped', pipelineExecutionId, abandon: true }),
    )
    await vi.waitUntil(async () => (await work.state('stopped'))?.latestExecution?.status === 'Abandoned')
    await expect(cloud.client.send(new PutJobSuccessResultCommand({ jobId }))).rejects.toMatchObject({
      name: 'InvalidJobStateException',
      message: `The job ${jobId} is not in progress: it is Failed`,
    })
  })
})

describe('polling', () => {
  it('gives the jobs whose queryable property has the value asked for, and no more than the batch', async () => {
    await work.create(role, 'north-one', 'north')
    await work.create(role, 'north-two', 'north')
    await work.create(role, 'south-one', 'south')
    const [first, ...more] = await vi.waitUntil(async () => {
      const jobs = await work.poll('north', 1)
      return jobs.length > 0 ? jobs : undefined
    })
    expect(more).toEqual([])
    const second = await work.job('north')
    expect(new Set([first, second].map(job => job?.data?.pipelineContext?.pipelineName))).toEqual(
      new Set(['north-one', 'north-two']),
    )
    expect((await work.job('south')).data?.pipelineContext?.pipelineName).toBe('south-one')
  })

  it.each([
    [{ owner: 'AWS', provider: 'CodeBuild' }, {}, 'ActionTypeNotFoundException', /Owner: 'AWS'/],
    [{ provider: 'Nothing' }, {}, 'ActionTypeNotFoundException', /Provider: 'Nothing'/],
    [
      {},
      {},
      'ValidationException',
      'The action type has the queryable property Target, so that queryParam must have it as its key',
    ],
    [{}, { Note: 'x' }, 'ValidationException', /must have it as its key/],
    [{}, { Target: 'a b' }, 'ValidationException', /queryParam.*\[a-zA-Z0-9_-\]\+/],
  ] as const)('refuses %o with %o: %s', async (change, queryParam, name, message) => {
    const actionTypeId = { ...work.actionTypeId, ...change }
    await expect(cloud.client.send(new PollForJobsCommand({ actionTypeId, queryParam }))).rejects.toMatchObject({
      name,
      message: said(message),
    })
  })
})

describe('refusals of job calls', () => {
  it('knows no job that there is none of, nor one of another account', async () => {
    const { id: jobId, nonce } = await claimed('mine')
    const unknown = { name: 'JobNotFoundException', message: `The job ${nobody} cannot be found` }
    const failureDetails = { type: 'JobFailed', message: 'x' } as const
    const calls = [
      new AcknowledgeJobCommand({ jobId: nobody, nonce: 'x' }),
      new GetJobDetailsCommand({ jobId: nobody }),
      new PutJobSuccessResultCommand({ jobId: nobody }),
      new PutJobFailureResultCommand({ jobId: nobody, failureDetails }),
    ]
    for (const call of calls)
      await expect(cloud.client.send(call as GetJobDetailsCommand)).rejects.toMatchObject(unknown)
    const stranger = cloud.clientFor(cloud.pat)
    await expect(stranger.send(new AcknowledgeJobCommand({ jobId, nonce }))).rejects.toMatchObject({
      name: 'JobNotFoundException',
    })
  })

  it('lets nobody end a job that was not claimed, and nobody claim it with another nonce', async () => {
    await work.create(role, 'unclaimed')
    const job = await work.job('unclaimed')
    await expect(cloud.client.send(new PutJobSuccessResultCommand({ jobId: job.id }))).rejects.toMatchObject({
      name: 'InvalidJobStateException',
      message: `The job ${job.id} is not in progress: it is Dispatched`,
    })
    await expect(claim({ ...job, nonce: 'guess' })).rejects.toMatchObject({ name: 'InvalidNonceException' })
    expect(await claim(job)).toBe('InProgress')
    expect(await claim(job)).toBe('InProgress')
  })

  it('takes no output variables with a continuation token, too large or badly named', async () => {
    const { id: jobId } = await claimed('variables')
    const put = (more: object) => cloud.client.send(new PutJobSuccessResultCommand({ jobId, ...more }))
    await expect(put({ continuationToken: 't', outputVariables: { A: '1' } })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Output variables can be included only when there is no continuation token on the request',
    })
    await expect(put({ outputVariables: { A: 'x'.repeat(122_880) } })).rejects.toMatchObject({
      name: 'OutputVariablesSizeExceededException',
    })
    await expect(put({ outputVariables: { 'a b': '1' } })).rejects.toMatchObject({
      message: expect.stringContaining(
        "at 'outputVariables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [A-Za-z0-9@\\-_]+]",
      ) as unknown,
    })
    await expect(put({ executionDetails: { percentComplete: 101 } })).rejects.toMatchObject({
      message:
        "1 validation error detected: Value '101' at 'executionDetails.percentComplete' failed to satisfy constraint: Member must have value less than or equal to 100",
    })
    await expect(put({ continuationToken: 'x'.repeat(2049) })).rejects.toThrow(/length less than or equal to 2048/)
  })
})
