import { CodeBuildClient, CreateProjectCommand } from '@aws-sdk/client-codebuild'
import { CodeCommitClient, CreateRepositoryCommand } from '@aws-sdk/client-codecommit'
import {
  CodePipelineClient,
  CreateCustomActionTypeCommand,
  CreatePipelineCommand,
  type ExecutionMode,
  type PipelineDeclaration,
  type StageDeclaration,
} from '@aws-sdk/client-codepipeline'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import type { ShopCloud } from './shop.ts'

/** A dozen pipelines in all three modes: each mode builds, asks, hands over to a worker, and does all of it. */

const modes = ['SUPERSEDED', 'QUEUED', 'PARALLEL'] as const satisfies readonly ExecutionMode[]
const kinds = ['build', 'ask', 'ship', 'all'] as const

export interface BusyPipeline {
  name: string
  mode: (typeof modes)[number]
  kind: (typeof kinds)[number]
  /** The stages behind the source. */
  stages: readonly string[]
  /** The repository that starts it when it is pushed to. */
  follows?: string
}

export const busyPipelines: readonly BusyPipeline[] = modes.flatMap(mode =>
  kinds.map((kind): BusyPipeline => {
    const name = `${kind}-${mode.toLowerCase()}`
    const stages = kind === 'all' ? ['Build', 'Ask', 'Ship'] : [{ build: 'Build', ask: 'Ask', ship: 'Ship' }[kind]]
    return { name, mode, kind, stages, ...(kind === 'build' || kind === 'ask' ? { follows: name } : {}) }
  }),
)

/** What the workers of this world do. */
export const shipping = { category: 'Deploy', owner: 'Custom', provider: 'ShipIt', version: '1' } as const

const type = (category: 'Source' | 'Build' | 'Approval', provider: string) =>
  ({ category, owner: 'AWS', provider, version: '1' }) as const
const stageOf = (name: string, project: string): StageDeclaration => {
  switch (name) {
    case 'Build':
      return {
        name,
        actions: [
          {
            name,
            actionTypeId: type('Build', 'CodeBuild'),
            configuration: { ProjectName: project },
            inputArtifacts: [{ name: 'Source' }],
          },
        ],
      }
    case 'Ask':
      return { name, actions: [{ name, actionTypeId: type('Approval', 'Manual') }] }
    default:
      return {
        name,
        actions: [{ name, actionTypeId: shipping, configuration: {}, inputArtifacts: [{ name: 'Source' }] }],
      }
  }
}
const declarationOf = ({ name, mode, stages, follows }: BusyPipeline, roleArn: string, project: string) =>
  ({
    name,
    roleArn,
    pipelineType: 'V2',
    executionMode: mode,
    artifactStore: { type: 'S3', location: 'busy-artifacts' },
    stages: [
      {
        name: 'Source',
        actions: [
          {
            name: 'Checkout',
            actionTypeId: type('Source', 'CodeCommit'),
            configuration: {
              RepositoryName: follows ?? 'quiet',
              BranchName: 'main',
              PollForSourceChanges: String(follows !== undefined),
            },
            outputArtifacts: [{ name: 'Source' }],
          },
        ],
      },
      ...stages.map(stage => stageOf(stage, project)),
    ],
  }) satisfies PipelineDeclaration

const statement = (rest: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] })

/** Everything but the pipelines: roles, bucket, repositories, a project whose builds take a moment, a worker's type. */
export async function prepareWorld(cloud: ShopCloud, project: string): Promise<void> {
  const settings = cloud.settings()
  const iam = new IAMClient(settings)
  for (const [RoleName, Service] of [
    ['Pipeline', 'codepipeline.amazonaws.com'],
    ['Build', 'codebuild.amazonaws.com'],
  ]) {
    const AssumeRolePolicyDocument = statement({ Principal: { Service }, Action: 'sts:AssumeRole' })
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    const PolicyDocument = statement({ Action: '*', Resource: '*' })
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'all', PolicyDocument }))
  }
  await new S3Client(settings).send(new CreateBucketCommand({ Bucket: 'busy-artifacts' }))
  const commits = new CodeCommitClient(settings)
  const repositories = busyPipelines.flatMap(({ follows }) => follows ?? [])
  for (const repositoryName of ['quiet', ...repositories])
    await commits.send(new CreateRepositoryCommand({ repositoryName }))
  const spec = { version: 0.2, phases: { build: { commands: ['sleep 0.1', 'echo built'] } } }
  await new CodeBuildClient(settings).send(
    new CreateProjectCommand({
      name: project,
      source: { type: 'CODEPIPELINE', buildspec: JSON.stringify(spec) },
      artifacts: { type: 'CODEPIPELINE' },
      environment: {
        type: 'LINUX_CONTAINER',
        image: 'aws/codebuild/standard:7.0',
        computeType: 'BUILD_GENERAL1_SMALL',
      },
      serviceRole: `arn:aws:iam::${cloud.accountNamed('tooling').id}:role/Build`,
    }),
  )
  await new CodePipelineClient(settings).send(
    new CreateCustomActionTypeCommand({
      ...shipping,
      configurationProperties: [],
      inputArtifactDetails: { minimumCount: 0, maximumCount: 1 },
      outputArtifactDetails: { minimumCount: 0, maximumCount: 1 },
    }),
  )
}

/** Creates the pipelines, once their repositories have something to check out. */
export async function createPipelines(cloud: ShopCloud, project: string): Promise<void> {
  const client = new CodePipelineClient(cloud.settings())
  const role = `arn:aws:iam::${cloud.accountNamed('tooling').id}:role/Pipeline`
  for (const pipeline of busyPipelines)
    await client.send(new CreatePipelineCommand({ pipeline: declarationOf(pipeline, role, project) }))
}
