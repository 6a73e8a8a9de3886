import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CodeBuildClient, CreateProjectCommand } from '@aws-sdk/client-codebuild'
import { CodeCommitClient, CreateRepositoryCommand } from '@aws-sdk/client-codecommit'
import {
  type ActionDeclaration,
  CodePipelineClient,
  CreatePipelineCommand,
  GetPipelineExecutionCommand,
  type GitConfiguration,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createAwsCli, hasAwsCli } from './awsCli.ts'
import { type CloudUnderTest, startCloudUnderTest } from './cloudUnderTest.ts'
import { addRole, workingCopy } from './shop.ts'

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

  const create = async (
    name: string,
    gitConfiguration?: Omit<GitConfiguration, 'sourceActionName'>,
    roleArn = role,
    other: { format?: string; second?: ActionDeclaration } = {},
  ) =>
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
                  configuration: {
                    ConnectionArn: connection,
                    FullRepositoryId: 'hats/shop',
                    BranchName: 'main',
                    OutputArtifactFormat: other.format ?? 'CODE_ZIP',
                  },
                  outputArtifacts: [{ name: 'Source' }],
                },
              ],
            },
            {
              name: 'Release',
              actions: [other.second ?? approve],
            },
          ],
        },
      }),
    )
  const approve: ActionDeclaration = {
    name: 'Approve',
    actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
  }
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
  const variables = (pipelineName: string, pipelineExecutionId: string | undefined, action = 'Checkout') =>
    vi.waitUntil(
      async () => {
        const { actionExecutionDetails } = await pipelines.send(
          new ListActionExecutionsCommand({ pipelineName, filter: { pipelineExecutionId } }),
        )
        return actionExecutionDetails?.find(({ actionName }) => actionName === action)?.output?.outputVariables
      },
      { timeout: 20_000, interval: 50 },
    )
  const services = { Service: ['codepipeline.amazonaws.com', 'codebuild.amazonaws.com'] }
  const roleFor = (name: string, ...actions: string[]) => addRole(cloud, 'tooling', name, services, actions)
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
    role = await roleFor('Pipeline', 's3:*', 'codestar-connections:UseConnection')
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

  it('is cloned whole by a build that asks for it, as the role of the build', async () => {
    const builder = await roleFor('Builder', 'logs:*', 's3:*', 'codestar-connections:UseConnection')
    const codeBuild = new CodeBuildClient(cloud.settings())
    await codeBuild.send(
      new CreateProjectCommand({
        name: 'count',
        source: {
          type: 'CODEPIPELINE',
          buildspec: JSON.stringify({
            version: 0.2,
            env: { 'exported-variables': ['BEFORE', 'ORIGIN'] },
            phases: {
              build: {
                commands: [
                  'export BEFORE=$(git rev-list --count HEAD)',
                  'export ORIGIN=$(git config remote.origin.url)',
                ],
              },
            },
          }),
        },
        artifacts: { type: 'CODEPIPELINE' },
        environment: {
          type: 'LINUX_CONTAINER',
          image: 'aws/codebuild/standard:7.0',
          computeType: 'BUILD_GENERAL1_SMALL',
        },
        serviceRole: builder,
      }),
    )
    codeBuild.destroy()
    await create('whole', undefined, await roleFor('Starter', 's3:*', 'codestar-connections:*', 'codebuild:*'), {
      format: 'CODEBUILD_CLONE_REF',
      second: {
        name: 'Count',
        actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
        configuration: { ProjectName: 'count' },
        inputArtifacts: [{ name: 'Source' }],
      },
    })
    const execution = await vi.waitUntil(
      async () => (await executions('whole')).find(({ status }) => status === 'Succeeded' || status === 'Failed'),
      { timeout: 40_000, interval: 100 },
    )
    expect(execution.status).toBe('Succeeded')
    expect(await variables('whole', execution.pipelineExecutionId, 'Count')).toEqual({
      BEFORE: await copy.git('rev-list', '--count', execution.sourceRevisions?.[0]?.revisionId ?? ''),
      ORIGIN: `${cloud.settings().endpoint}/git/us-east-1/v1/repos/shop`,
    })
  })

  it('is not read by a role that may not use the connection', async () => {
    await create('denied', undefined, await roleFor('Limited', 's3:*', 'codecommit:*'))
    await vi.waitUntil(async () => (await executions('denied'))[0]?.status === 'Failed', { timeout: 20_000 })
    const { actionExecutionDetails } = await pipelines.send(new ListActionExecutionsCommand({ pipelineName: 'denied' }))
    expect(actionExecutionDetails?.[0]?.output?.executionResult?.errorDetails).toEqual({
      code: 'PermissionError',
      message: `Unable to use Connection: ${connection}. The provided role does not have sufficient permissions.`,
    })
  })
})
