import {
  CodePipelineClient,
  CreatePipelineCommand,
  GetPipelineCommand,
  ListPipelineExecutionsCommand,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Clock, systemClock } from '../../main/base/clock.ts'
import { type CloudUnderTest, localOnly, startCloudUnderTest } from './cloudUnderTest.ts'

const day = 24 * 3_600_000
let ahead = 0
const clock: Clock = { ...systemClock, now: () => Date.now() + ahead }

describe.skipIf(localOnly('thirty days pass'))('a pipeline that asks its source', () => {
  let cloud: CloudUnderTest
  const settings = () => ({ ...cloud.settings(), systemClockOffset: ahead })
  const pipelines = () => new CodePipelineClient(settings())
  const put = (text: string) =>
    new S3Client({ ...settings(), forcePathStyle: true }).send(
      new PutObjectCommand({ Bucket: 'idle', Key: 'app.zip', Body: text }),
    )
  const triggers = async () => {
    const { pipelineExecutionSummaries } = await pipelines().send(
      new ListPipelineExecutionsCommand({ pipelineName: 'shop' }),
    )
    return pipelineExecutionSummaries?.map(({ trigger }) => trigger?.triggerType)
  }
  const metadata = async () => (await pipelines().send(new GetPipelineCommand({ name: 'shop' }))).metadata

  beforeAll(async () => {
    cloud = await startCloudUnderTest({ clock })
    const iam = new IAMClient(settings())
    const trust = { Effect: 'Allow', Principal: { Service: 'codepipeline.amazonaws.com' }, Action: 'sts:AssumeRole' }
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] })
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'Pipeline', AssumeRolePolicyDocument }))
    const Statement = [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }]
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
    await iam.send(new PutRolePolicyCommand({ RoleName: 'Pipeline', PolicyName: 'only', PolicyDocument }))
    const s3 = new S3Client({ ...settings(), forcePathStyle: true })
    await s3.send(new CreateBucketCommand({ Bucket: 'idle' }))
    const VersioningConfiguration = { Status: 'Enabled' } as const
    await s3.send(new PutBucketVersioningCommand({ Bucket: 'idle', VersioningConfiguration }))
    await put('first')
    const type = (category: 'Source' | 'Approval', provider: string) =>
      ({ category, owner: 'AWS', provider, version: '1' }) as const
    await pipelines().send(
      new CreatePipelineCommand({
        pipeline: {
          name: 'shop',
          roleArn: Role?.Arn ?? '',
          artifactStore: { type: 'S3', location: 'idle' },
          stages: [
            {
              name: 'Source',
              actions: [
                {
                  name: 'App',
                  actionTypeId: type('Source', 'S3'),
                  configuration: { S3Bucket: 'idle', S3ObjectKey: 'app.zip' },
                  outputArtifacts: [{ name: 'App' }],
                },
              ],
            },
            { name: 'Gate', actions: [{ name: 'Approve', actionTypeId: type('Approval', 'Manual') }] },
          ],
        },
      }),
    )
  })
  afterAll(() => cloud?.stop())

  it('is started by it, and says nothing of an end', async () => {
    await put('second')
    expect(await triggers()).toEqual(['PollForSourceChanges', 'CreatePipeline'])
    expect(await metadata()).not.toHaveProperty('pollingDisabledAt')
  })

  it('is not started by its source after thirty idle days, and says since when', async () => {
    ahead = 29 * day
    expect(await metadata()).not.toHaveProperty('pollingDisabledAt')
    ahead = 31 * day
    const since = (await metadata())?.pollingDisabledAt?.getTime() ?? Number.NaN
    expect(since).toBeGreaterThan(Date.now() + 29 * day)
    expect(since).toBeLessThan(Date.now() + 31 * day)
    await put('third')
    expect(await triggers()).toEqual(['PollForSourceChanges', 'CreatePipeline'])
  })

  it('asks again once somebody has started it', async () => {
    await pipelines().send(new StartPipelineExecutionCommand({ name: 'shop' }))
    await put('fourth')
    expect(await triggers()).toEqual([
      'PollForSourceChanges',
      'StartPipelineExecution',
      'PollForSourceChanges',
      'CreatePipeline',
    ])
    expect(await metadata()).not.toHaveProperty('pollingDisabledAt')
  })
})
