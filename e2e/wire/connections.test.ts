import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CodeCommitClient, CreateRepositoryCommand } from '@aws-sdk/client-codecommit'
import {
  CodePipelineClient,
  CreatePipelineCommand,
  GetPipelineExecutionCommand,
  type GitConfiguration,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createAwsCli, hasAwsCli } from './awsCli.ts'
import { type CloudUnderTest, startCloudUnderTest } from './cloudUnderTest.ts'
import { workingCopy } from './shop.ts'

/** Sources behind a connection: made by the AWS CLI, pushed to by git, started by triggers. */

describe.skipIf(!hasAwsCli)('a source behind a connection', { timeout: 120_000 }, () => {
  let cloud: CloudUnderTest
  let folder: string
  let pipelines: CodePipelineClient
  let role: string
  let connection: string
  let copy: ReturnType<typeof workingCopy>
  const aws = createAwsCli(
    () => cloud,
    () => folder,
  )

  const create = async (name: string, gitConfiguration?: Omit<GitConfiguration, 'sourceActionName'>, roleArn = role) =>
    pipelines.send(
      new CreatePipelineCommand({
        pipeline: {
          name,
          roleArn,
          pipelineType: 'V2',
          executionMode: 'QUEUED',
          artifactStore: { type: 'S3', location: 'artifacts' },
          ...(gitConfiguration && {
            triggers: [
              {
                providerType: 'CodeStarSourceConnection',
                gitConfiguration: { sourceActionName: 'Checkout', ...gitConfiguration },
              },
            ],
          }),
          stages: [
            {
              name: 'Source',
              actions: [
                {
                  name: 'Checkout',
                  actionTypeId: {
                    category: 'Source',
                    owner: 'AWS',
                    provider: 'CodeStarSourceConnection',
                    version: '1',
                  },
                  configuration: { ConnectionArn: connection, FullRepositoryId: 'hats/shop', BranchName: 'main' },
                  outputArtifacts: [{ name: 'Source' }],
                },
              ],
            },
            {
              name: 'Release',
              actions: [
                {
                  name: 'Approve',
                  actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
                },
              ],
            },
          ],
        },
      }),
    )
  const executions = async (pipelineName: string) =>
    (await pipelines.send(new ListPipelineExecutionsCommand({ pipelineName }))).pipelineExecutionSummaries ?? []
  /** The execution that a connection started for a commit. */
  const startedFor = (pipelineName: string, commit: string) =>
    vi.waitUntil(
      async () =>
        (await executions(pipelineName)).find(
          ({ trigger, sourceRevisions }) =>
            trigger?.triggerType === 'WebhookV2' && sourceRevisions?.[0]?.revisionId === commit,
        ),
      { timeout: 20_000, interval: 50 },
    )
  const variables = (pipelineName: string, pipelineExecutionId: string | undefined) =>
    vi.waitUntil(
      async () => {
        const { actionExecutionDetails } = await pipelines.send(
          new ListActionExecutionsCommand({ pipelineName, filter: { pipelineExecutionId } }),
        )
        return actionExecutionDetails?.find(({ actionName }) => actionName === 'Checkout')?.output?.outputVariables
      },
      { timeout: 20_000, interval: 50 },
    )
  const addRole = async (RoleName: string, ...Action: string[]) => {
    const iam = new IAMClient(cloud.settings())
    const policy = (rest: object) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] })
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: policy({
          Principal: { Service: 'codepipeline.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
      }),
    )
    const PolicyDocument = policy({ Action, Resource: '*' })
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'only', PolicyDocument }))
    iam.destroy()
    return Role?.Arn ?? ''
  }
  /** Commits a file on the branch that is checked out; gives the commit's id. */
  const change = async (path: string, text: string) => {
    await mkdir(join(folder, 'shop', path, '..'), { recursive: true })
    await writeFile(join(folder, 'shop', path), text)
    await copy.git('add', '-A')
    await copy.git('commit', '-q', '-m', `Change ${path}`)
    return copy.git('rev-parse', 'HEAD')
  }

  beforeAll(async () => {
    cloud = await startCloudUnderTest()
    folder = await mkdtemp(join(tmpdir(), 'connections-'))
    pipelines = new CodePipelineClient(cloud.settings())
    await new S3Client(cloud.settings()).send(new CreateBucketCommand({ Bucket: 'artifacts' }))
    await new CodeCommitClient(cloud.settings()).send(new CreateRepositoryCommand({ repositoryName: 'shop' }))
    role = await addRole('Pipeline', 's3:*', 'codestar-connections:UseConnection')
    copy = workingCopy(join(folder, 'shop'))
    await copy.follow(cloud)
    await copy.push('Hello World')
    const words = [
      'codestar-connections',
      'create-connection',
      '--provider-type',
      'GitHub',
      '--connection-name',
      'hats',
    ]
    const made = (await aws('tooling', ...words)) as { ConnectionArn: string }
    connection = made.ConnectionArn
  })
  afterAll(async () => {
    pipelines.destroy()
    await cloud.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('is there under both names of the API', async () => {
    expect(connection).toMatch(/^arn:aws:codestar-connections:us-east-1:111122223333:connection\/[0-9a-f-]{36}$/)
    const found = await aws('tooling', 'codeconnections', 'get-connection', '--connection-arn', connection)
    expect(found).toEqual({
      Connection: {
        ConnectionName: 'hats',
        ConnectionArn: connection,
        ProviderType: 'GitHub',
        OwnerAccountId: '111122223333',
        ConnectionStatus: 'AVAILABLE',
      },
    })
    expect(await aws('tooling', 'codestar-connections', 'list-connections')).toMatchObject({
      Connections: [{ ConnectionArn: connection }],
    })
    const none = [connection.replace(/.$/, '_')]
    expect(await aws.refused('tooling', 'codestar-connections', 'get-connection', '--connection-arn', ...none)).toMatch(
      /ResourceNotFoundException/,
    )
  })

  it('starts its pipeline by a push to its branch, and by no other', async () => {
    await create('plain')
    await copy.git('checkout', '-q', '-b', 'aside')
    await change('aside.txt', 'aside')
    await copy.git('push', '-q', 'origin', 'aside')
    await copy.git('checkout', '-q', '-')
    const commit = await copy.push('Hello again')
    const { pipelineExecutionId } = await startedFor('plain', commit)
    expect(await variables('plain', pipelineExecutionId)).toMatchObject({
      CommitId: commit,
      BranchName: 'main',
      ConnectionArn: connection,
      FullRepositoryName: 'hats/shop',
    })
    const triggers = (await executions('plain')).map(({ trigger }) => trigger?.triggerType)
    expect(triggers.toReversed()).toEqual(['CreatePipeline', 'WebhookV2'])
  })

  it('starts by pushes that a filter lets through: branches, paths, tags', async () => {
    const branches = { includes: ['release/**'] }
    const filePaths = { includes: ['src/**'], excludes: ['**/*.md'] }
    await create('filtered', { push: [{ branches, filePaths }, { tags: { includes: ['v*'] } }] })
    await copy.git('checkout', '-q', '-b', 'release/one')
    await copy.git('push', '-q', 'origin', 'release/one')
    const docs = await change('src/README.md', 'words')
    await copy.git('push', '-q', 'origin', 'release/one')
    const code = await change('src/lib/app.js', 'code')
    await copy.git('push', '-q', 'origin', 'release/one')
    const { pipelineExecutionId } = await startedFor('filtered', code)
    expect(await variables('filtered', pipelineExecutionId)).toMatchObject({ BranchName: 'release/one' })
    await pipelines.send(
      new StopPipelineExecutionCommand({ pipelineName: 'filtered', pipelineExecutionId, abandon: true }),
    )
    await copy.git('tag', 'v1.0', docs)
    await copy.git('push', '-q', 'origin', 'v1.0')
    await startedFor('filtered', docs)
    const started = (await executions('filtered')).filter(({ trigger }) => trigger?.triggerType === 'WebhookV2')
    expect(started).toHaveLength(2)
    const execution = await pipelines.send(
      new GetPipelineExecutionCommand({ pipelineName: 'filtered', pipelineExecutionId }),
    )
    expect(execution.pipelineExecution?.trigger?.triggerDetail).toContain('"branch-name":"release/one"')
  })

  it('starts by a pull request into a branch, with the commit that it brings', async () => {
    const pullRequest = [{ events: ['OPEN' as const, 'UPDATED' as const], branches: { includes: ['main'] } }]
    await create('reviewed', { pullRequest })
    await copy.git('checkout', '-q', '-b', 'feature/hats', 'aside')
    const first = await change('hats.txt', 'red')
    await copy.git('push', '-q', 'origin', 'HEAD:refs/pull/7/main')
    await startedFor('reviewed', first)
    const second = await change('hats.txt', 'blue')
    await copy.git('push', '-q', 'origin', 'HEAD:refs/pull/7/main')
    await vi.waitUntil(async () => (await executions('reviewed')).length === 3, { timeout: 20_000, interval: 50 })
    await copy.git('push', '-q', 'origin', ':refs/pull/7/main')
    const third = await change('hats.txt', 'green')
    await copy.git('push', '-q', 'origin', 'HEAD:refs/pull/8/main')
    await vi.waitUntil(async () => (await executions('reviewed')).length === 4, { timeout: 20_000, interval: 50 })
    const commits = (await executions('reviewed')).map(({ trigger }) => trigger?.triggerDetail ?? '')
    expect(commits.filter(detail => detail.includes(second))).toHaveLength(1)
    expect(commits.filter(detail => detail.includes(third))).toHaveLength(1)
  })

  it('is not read by a role that may not use the connection', async () => {
    await create('denied', undefined, await addRole('Limited', 's3:*', 'codecommit:*'))
    await vi.waitUntil(async () => (await executions('denied'))[0]?.status === 'Failed', { timeout: 20_000 })
    const { actionExecutionDetails } = await pipelines.send(new ListActionExecutionsCommand({ pipelineName: 'denied' }))
    expect(actionExecutionDetails?.[0]?.output?.executionResult?.errorDetails).toEqual({
      code: 'PermissionError',
      message: `Unable to use Connection: ${connection}. The provided role does not have sufficient permissions.`,
    })
  })
})
