import {
  CodePipelineClient,
  CreateCustomActionTypeCommand,
  CreatePipelineCommand,
  ListPipelineExecutionsCommand,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { Settings } from './deploy.ts'

/**
 * Pipelines of one account that need no build: an S3 source, then a stage whose action a worker would do. Nobody polls
 * for its jobs, so that an execution runs until it is stopped.
 */
export interface FleetWorld {
  /** Makes a pipeline at rest: the execution that every new one begins with is stopped. */
  create(name: string): Promise<void>
  /** Gives the execution's id. */
  start(name: string): Promise<string>
  /** Abandons what runs. */
  end(name: string, pipelineExecutionId: string): Promise<void>
  close(): void
}

export async function fleetWorld(settings: Settings, account: string): Promise<FleetWorld> {
  const client = new CodePipelineClient(settings)
  const iam = new IAMClient(settings)
  const s3 = new S3Client({ ...settings, forcePathStyle: true })
  const allow = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
  const RoleName = 'FleetPipeline'
  const trust = { Principal: { Service: 'codepipeline.amazonaws.com' }, Action: 'sts:AssumeRole' }
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: allow(trust) }))
  const PolicyDocument = allow({ Action: 's3:*', Resource: '*' })
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'work', PolicyDocument }))
  const Bucket = `fleet-${account}`
  await s3.send(new CreateBucketCommand({ Bucket }))
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'source.zip', Body: 'source' }))
  await client.send(
    new CreateCustomActionTypeCommand({
      category: 'Test',
      provider: 'Hold',
      version: '1',
      inputArtifactDetails: { minimumCount: 1, maximumCount: 1 },
      outputArtifactDetails: { minimumCount: 0, maximumCount: 0 },
    }),
  )
  for (const used of [iam, s3]) used.destroy()

  const end = async (pipelineName: string, pipelineExecutionId: string) => {
    await client.send(new StopPipelineExecutionCommand({ pipelineName, pipelineExecutionId, abandon: true }))
  }
  return {
    async create(name) {
      await client.send(
        new CreatePipelineCommand({
          pipeline: {
            name,
            pipelineType: 'V2',
            executionMode: 'SUPERSEDED',
            roleArn: `arn:aws:iam::${account}:role/${RoleName}`,
            artifactStore: { type: 'S3', location: Bucket },
            stages: [
              {
                name: 'Source',
                actions: [
                  {
                    name: 'Package',
                    actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
                    configuration: { S3Bucket: Bucket, S3ObjectKey: 'source.zip', PollForSourceChanges: 'false' },
                    outputArtifacts: [{ name: 'Package' }],
                  },
                ],
              },
              {
                name: 'Verify',
                actions: [
                  {
                    name: 'Hold',
                    actionTypeId: { category: 'Test', owner: 'Custom', provider: 'Hold', version: '1' },
                    inputArtifacts: [{ name: 'Package' }],
                  },
                ],
              },
            ],
          },
        }),
      )
      const { pipelineExecutionSummaries = [] } = await client.send(
        new ListPipelineExecutionsCommand({ pipelineName: name }),
      )
      for (const { pipelineExecutionId = '' } of pipelineExecutionSummaries) await end(name, pipelineExecutionId)
    },
    async start(name) {
      const { pipelineExecutionId = '' } = await client.send(new StartPipelineExecutionCommand({ name }))
      return pipelineExecutionId
    },
    end,
    close: () => client.destroy(),
  }
}
