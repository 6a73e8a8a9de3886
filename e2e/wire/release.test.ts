import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CodeBuildClient, CreateProjectCommand } from '@aws-sdk/client-codebuild'
import { CodeCommitClient, CreateRepositoryCommand } from '@aws-sdk/client-codecommit'
import {
  CodePipelineClient,
  CreatePipelineCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  PutApprovalResultCommand,
  type StageDeclaration,
} from '@aws-sdk/client-codepipeline'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, GetObjectCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type CloudUnderTest, startCloudUnderTest, target } from './cloudUnderTest.ts'

/** A commit by `git push` through source, build, approval and deployment into another account, with nothing stood in. */

const run = promisify(execFile)
let cloud: CloudUnderTest
let data: string
let clone: string
const waiting = { timeout: 60_000, interval: 50 }

const environment = { PATH: process.env.PATH, HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' }
const git = async (...args: string[]) => {
  const who = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'init.defaultBranch=main']
  return (await run('git', [...who, ...args], { cwd: clone, env: environment })).stdout.trim()
}
const push = async (page: string) => {
  await mkdir(clone, { recursive: true })
  await writeFile(join(clone, 'index.html'), page)
  await writeFile(
    join(clone, 'buildspec.yml'),
    [
      'version: 0.2',
      'env:',
      '  exported-variables: [GREETING]',
      'phases:',
      '  build:',
      '    commands:',
      '      - export GREETING=hello',
      "      - mkdir -p out && sed 's/World/Release/' index.html > out/index.html",
      "      - if grep -q broken index.html; then echo 'a test fails'; exit 3; fi",
      'artifacts:',
      '  base-directory: out',
      "  files: ['**/*']",
    ].join('\n'),
  )
  await git('add', '-A')
  await git('commit', '-q', '-m', `Say ${page}`)
  await git('push', '-q', 'origin', 'HEAD:main')
  return git('rev-parse', 'HEAD')
}

/** One client, and so one connection, for each start of the cloud. */
let client: CodePipelineClient | undefined
const pipelines = () => (client ??= new CodePipelineClient(cloud.settings()))
const stop = async () => {
  client?.destroy()
  client = undefined
  await cloud.stop()
}
const state = async () => (await pipelines().send(new GetPipelineStateCommand({ name: 'shop' }))).stageStates ?? []
const executions = async () =>
  (await pipelines().send(new ListPipelineExecutionsCommand({ pipelineName: 'shop' }))).pipelineExecutionSummaries ?? []
const tokenOf = (revision: string) =>
  vi.waitUntil(async () => {
    const [latest] = await executions()
    if (latest?.sourceRevisions?.[0]?.revisionId !== revision) return undefined
    return (await state())[2]?.actionStates?.find(({ latestExecution }) => latestExecution?.token)?.latestExecution
      ?.token
  }, waiting)
const approve = (token: string) =>
  pipelines().send(
    new PutApprovalResultCommand({
      pipelineName: 'shop',
      stageName: 'Production',
      actionName: 'Approve',
      token,
      result: { status: 'Approved', summary: 'go' },
    }),
  )
const page = async () => {
  const s3 = new S3Client(cloud.settings({ account: 'production' }))
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'shop-production', Key: 'index.html' }))
  return Body?.transformToString()
}

async function addRole(account: string, name: string, principal: object, actions: string[]) {
  const iam = new IAMClient(cloud.settings({ account }))
  const statement = (rest: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] })
  const AssumeRolePolicyDocument = statement({ Principal: principal, Action: 'sts:AssumeRole' })
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }))
  const PolicyDocument = statement({ Action: actions, Resource: '*' })
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'only', PolicyDocument }))
  return Role?.Arn ?? ''
}

const action = (category: 'Source' | 'Build' | 'Approval' | 'Deploy', provider: string) =>
  ({ category, owner: 'AWS', provider, version: '1' }) as const

describe.skipIf(target === 'aws')('a release on the local cloud', () => {
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'release-'))
    clone = join(data, 'clone')
    cloud = await startCloudUnderTest({ data: join(data, 'cloud') })
    const { production } = { production: cloud.accountNamed('production') }
    const role = await addRole('tooling', 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, [
      'codecommit:*',
      's3:*',
      'codebuild:StartBuild',
      'codebuild:BatchGetBuilds',
      'sts:AssumeRole',
    ])
    const builder = await addRole('tooling', 'Build', { Service: 'codebuild.amazonaws.com' }, ['s3:*', 'logs:*'])
    const deployer = await addRole('production', 'Deployer', { AWS: role }, ['s3:*'])
    const s3 = new S3Client(cloud.settings())
    await s3.send(new CreateBucketCommand({ Bucket: 'shop-artifacts' }))
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: production.id },
      Action: 's3:Get*',
      Resource: 'arn:aws:s3:::shop-artifacts/*',
    }
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    await s3.send(new PutBucketPolicyCommand({ Bucket: 'shop-artifacts', Policy }))
    const theirs = new S3Client(cloud.settings({ account: 'production' }))
    await theirs.send(new CreateBucketCommand({ Bucket: 'shop-production' }))
    await new CodeBuildClient(cloud.settings()).send(
      new CreateProjectCommand({
        name: 'shop',
        source: { type: 'CODEPIPELINE' },
        artifacts: { type: 'CODEPIPELINE' },
        environment: {
          type: 'LINUX_CONTAINER',
          image: 'aws/codebuild/standard:7.0',
          computeType: 'BUILD_GENERAL1_SMALL',
        },
        serviceRole: builder,
      }),
    )
    const { repositoryMetadata } = await new CodeCommitClient(cloud.settings()).send(
      new CreateRepositoryCommand({ repositoryName: 'shop' }),
    )
    const origin = new URL(repositoryMetadata?.cloneUrlHttp ?? '')
    const { git: credentials } = cloud.accountNamed('tooling')
    origin.username = credentials.user
    origin.password = credentials.password
    await mkdir(clone)
    await git('init', '-q')
    await git('remote', 'add', 'origin', origin.href)
    await push('Hello World 1')
    const stages: StageDeclaration[] = [
      {
        name: 'Source',
        actions: [
          {
            name: 'Checkout',
            actionTypeId: action('Source', 'CodeCommit'),
            configuration: { RepositoryName: 'shop', BranchName: 'main' },
            outputArtifacts: [{ name: 'Source' }],
          },
        ],
      },
      {
        name: 'Build',
        actions: [
          {
            name: 'Build',
            actionTypeId: action('Build', 'CodeBuild'),
            configuration: { ProjectName: 'shop' },
            inputArtifacts: [{ name: 'Source' }],
            outputArtifacts: [{ name: 'Site' }],
            namespace: 'Build',
          },
        ],
      },
      {
        name: 'Production',
        actions: [
          { name: 'Approve', actionTypeId: action('Approval', 'Manual') },
          {
            name: 'Deploy',
            actionTypeId: action('Deploy', 'S3'),
            configuration: { BucketName: 'shop-production', Extract: 'true' },
            inputArtifacts: [{ name: 'Site' }],
            roleArn: deployer,
            runOrder: 2,
          },
        ],
      },
    ]
    const artifactStore = { type: 'S3', location: 'shop-artifacts' } as const
    await pipelines().send(
      new CreatePipelineCommand({ pipeline: { name: 'shop', roleArn: role, artifactStore, stages } }),
    )
  })
  afterAll(async () => {
    await stop()
    rmSync(data, { recursive: true, force: true })
    expect(cloud.faults).toEqual([])
  })

  it('goes from a push to the page in the production account', async () => {
    const revision = await git('rev-parse', 'HEAD')
    await approve(await tokenOf(revision))
    await vi.waitUntil(async () => (await executions())[0]?.status === 'Succeeded', waiting)
    expect(await page()).toBe('Hello Release 1')
    const { actionExecutionDetails = [] } = await pipelines().send(
      new ListActionExecutionsCommand({ pipelineName: 'shop' }),
    )
    expect(actionExecutionDetails.find(({ actionName }) => actionName === 'Build')?.output).toMatchObject({
      outputVariables: { GREETING: 'hello' },
      executionResult: { externalExecutionId: expect.stringMatching(/^shop:/) as string },
    })
  })

  it('starts within a moment of the next push, and says in which phase a build failed', async () => {
    const before = (await executions()).length
    await push('broken World 2')
    await vi.waitUntil(async () => (await executions()).length === before + 1, { timeout: 2_000, interval: 20 })
    await vi.waitUntil(async () => (await executions())[0]?.status === 'Failed', waiting)
    const build = (await state())[1]?.actionStates?.[0]?.latestExecution
    expect(build?.errorDetails?.code).toBe('JobFailed')
    expect(build?.errorDetails?.message).toMatch(
      /^Build terminated with state: FAILED\. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR/,
    )
    expect(await page()).toBe('Hello Release 1')
  })

  it('keeps an approval waiting over a restart of the cloud, with the same token', async () => {
    const revision = await push('Hello World 3')
    const token = await tokenOf(revision)
    await stop()
    cloud = await startCloudUnderTest({ data: join(data, 'cloud') })
    expect(await tokenOf(revision)).toBe(token)
    await approve(token)
    await vi.waitUntil(async () => (await executions())[0]?.status === 'Succeeded', waiting)
    expect(await page()).toBe('Hello Release 3')
  })
})
