import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
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
import { vi } from 'vitest'
import type { CloudAccount } from '../../main/cloud/cloud.ts'
import type { ClientSettings } from './cloudUnderTest.ts'
import { awsType, buildSite, checkout } from './stages.ts'

/** A cloud, in this process or another. */
export interface ShopCloud {
  settings(options?: { account?: string }): ClientSettings
  accountNamed(name: string): CloudAccount
}

const run = promisify(execFile)
const environment = { PATH: process.env.PATH, HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' }

const buildspec = `version: 0.2
env:
  exported-variables: [GREETING]
phases:
  build:
    commands:
      - export GREETING=hello
      - if grep -q slow index.html; then sleep 600; fi
      - if grep -q broken index.html; then echo 'a test fails'; exit 3; fi
      - mkdir -p out && sed 's/World/Release/' index.html > out/index.html
artifacts:
  base-directory: out
  files: ['**/*']
`

/** A clone of a repository, the shop's unless another is named, worked on with git's own program. */
export function workingCopy(directory: string, repository = 'shop') {
  const git = async (...args: string[]) => {
    const who = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'init.defaultBranch=main']
    return (await run('git', [...who, ...args], { cwd: directory, env: environment, timeout: 30_000 })).stdout.trim()
  }
  /** Writes the page and commits it. */
  const commit = async (page: string) => {
    await writeFile(join(directory, 'index.html'), page)
    await writeFile(join(directory, 'buildspec.yml'), buildspec)
    await git('add', '-A')
    await git('commit', '-q', '-m', `Say ${page}`)
  }
  /** Pushes what is committed; gives the commit's id. */
  const send = async () => {
    await git('push', '-q', 'origin', 'HEAD:main')
    return git('rev-parse', 'HEAD')
  }
  return {
    async follow(cloud: ShopCloud) {
      const { git: credentials } = cloud.accountNamed('tooling')
      const origin = new URL(`${cloud.settings().endpoint}/git/us-east-1/v1/repos/${repository}`)
      origin.username = credentials.user
      origin.password = credentials.password
      await mkdir(directory, { recursive: true })
      await git('init', '-q')
      await git('config', 'remote.origin.url', origin.href)
    },
    /** Anything else that git can. */
    git,
    commit,
    send,
    /** Writes the page, commits and pushes it; gives the commit's id. */
    async push(page: string) {
      await commit(page)
      return send()
    },
  }
}

/** Repository, roles, buckets and project of the shop; its pipeline goes from tooling to production. */
export async function createShop(cloud: ShopCloud) {
  const production = cloud.accountNamed('production')
  const role = await addRole(cloud, 'tooling', 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, [
    'codecommit:*',
    's3:*',
    'codebuild:StartBuild',
    'codebuild:BatchGetBuilds',
    'sts:AssumeRole',
  ])
  const builder = await addRole(cloud, 'tooling', 'Build', { Service: 'codebuild.amazonaws.com' }, ['s3:*', 'logs:*'])
  const deployer = await addRole(cloud, 'production', 'Deployer', { AWS: role }, ['s3:*'])
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
  await new CodeCommitClient(cloud.settings()).send(new CreateRepositoryCommand({ repositoryName: 'shop' }))
  return { role, deployer }
}

/** A role with one policy; gives its ARN. */
export async function addRole(cloud: ShopCloud, account: string, name: string, principal: object, actions: string[]) {
  const iam = new IAMClient(cloud.settings({ account }))
  const statement = (rest: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] })
  const AssumeRolePolicyDocument = statement({ Principal: principal, Action: 'sts:AssumeRole' })
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }))
  const PolicyDocument = statement({ Action: actions, Resource: '*' })
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'only', PolicyDocument }))
  return Role?.Arn ?? ''
}

const stagesOf = (deployer: string): StageDeclaration[] => [
  checkout('asks'),
  buildSite,
  {
    name: 'Production',
    actions: [
      { name: 'Approve', actionTypeId: awsType('Approval', 'Manual') },
      {
        name: 'Deploy',
        actionTypeId: awsType('Deploy', 'S3'),
        configuration: { BucketName: 'shop-production', Extract: 'true' },
        inputArtifacts: [{ name: 'Site' }],
        roleArn: deployer,
        runOrder: 2,
      },
    ],
  },
]

/** The shop's pipeline as a person at the CLI sees it. */
export function shopPipeline(cloud: ShopCloud) {
  const client = new CodePipelineClient(cloud.settings())
  const theirs = new S3Client(cloud.settings({ account: 'production' }))
  const pipelineName = 'shop'
  const executions = async () =>
    (await client.send(new ListPipelineExecutionsCommand({ pipelineName }))).pipelineExecutionSummaries ?? []
  const latestOf = async (stage: number, action: string) => {
    const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name: pipelineName }))
    return stageStates[stage]?.actionStates?.find(({ actionName }) => actionName === action)?.latestExecution
  }
  return {
    create: ({ role, deployer }: { role: string; deployer: string }) =>
      client.send(
        new CreatePipelineCommand({
          pipeline: {
            name: pipelineName,
            roleArn: role,
            artifactStore: { type: 'S3', location: 'shop-artifacts' },
            stages: stagesOf(deployer),
          },
        }),
      ),
    executions,
    latestOf,
    actions: async () =>
      (await client.send(new ListActionExecutionsCommand({ pipelineName }))).actionExecutionDetails ?? [],
    /** Waits until a revision has come to the approval. */
    tokenFor: (revision: string) =>
      vi.waitUntil(
        async () => {
          const [latest] = await executions()
          const ours = latest?.sourceRevisions?.[0]?.revisionId === revision
          return ours ? (await latestOf(2, 'Approve'))?.token : undefined
        },
        { timeout: 60_000, interval: 50 },
      ),
    approve: (token: string) =>
      client.send(
        new PutApprovalResultCommand({
          pipelineName,
          stageName: 'Production',
          actionName: 'Approve',
          token,
          result: { status: 'Approved', summary: 'go' },
        }),
      ),
    ended: (status: string) =>
      vi.waitUntil(async () => (await executions())[0]?.status === status, { timeout: 60_000, interval: 50 }),
    /** What a visitor of the production account's page sees. */
    page: async () => {
      const { Body } = await theirs.send(new GetObjectCommand({ Bucket: 'shop-production', Key: 'index.html' }))
      return Body?.transformToString()
    },
    close() {
      client.destroy()
      theirs.destroy()
    },
  }
}
