import { CreateProjectCommand } from '@aws-sdk/client-codebuild'
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
} from '@aws-sdk/client-s3'
import { ensure } from './ensure.ts'
import type { Place, World } from './world.ts'

export const pipelineRole = 'SamplePipelineRole'
export const buildRole = 'SampleBuildRole'
export const deployRole = 'SampleDeployRole'

interface Statement {
  Effect: 'Allow'
  Action: string | string[]
  Resource: string | string[]
  Principal?: Record<string, string | string[]> | '*'
}
const policy = (...Statement: Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const trust = (principal: Record<string, string | string[]>) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
  })

export const roleArn = (world: World, place: Place, role: string) =>
  `arn:aws:iam::${world.account(place).id}:role/${role}`

/** The bucket of a pipeline's artifacts: one for each account and region, as the console makes them. */
export const artifactBucket = (world: World, place: Place, region: string) =>
  `codepipeline-${region}-${world.account(place).id}`

async function role(
  world: World,
  place: Place,
  RoleName: string,
  principal: Record<string, string | string[]>,
  ...statements: Statement[]
) {
  const { iam } = world.clients(place, 'us-east-1')
  await ensure(iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(principal) })))
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'work', PolicyDocument: policy(...statements) }))
}

/** The roles of one account: what its pipelines, its builds and deployments from the tooling account may do. */
export async function createRoles(world: World, place: Place) {
  await role(
    world,
    place,
    pipelineRole,
    { Service: 'codepipeline.amazonaws.com' },
    {
      Effect: 'Allow',
      Action: [
        'codecommit:GetBranch',
        'codecommit:GetCommit',
        'codecommit:UploadArchive',
        'codecommit:GetUploadArchiveStatus',
        'codecommit:GitPull',
        'codecommit:GetRepository',
      ],
      Resource: '*',
    },
    {
      Effect: 'Allow',
      Action: ['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:BatchGetBuilds'],
      Resource: '*',
    },
    {
      Effect: 'Allow',
      Action: [
        's3:GetObject',
        's3:GetObjectVersion',
        's3:PutObject',
        's3:GetBucketVersioning',
        's3:GetBucketLocation',
        's3:ListBucket',
      ],
      Resource: '*',
    },
    { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::*:role/${deployRole}` },
  )
  await role(
    world,
    place,
    buildRole,
    { Service: 'codebuild.amazonaws.com' },
    { Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
      Resource: 'arn:aws:s3:::codepipeline-*',
    },
    {
      Effect: 'Allow',
      Action: [
        'codebuild:CreateReportGroup',
        'codebuild:CreateReport',
        'codebuild:UpdateReport',
        'codebuild:BatchPutTestCases',
      ],
      Resource: '*',
    },
  )
  if (place === 'tooling') return
  await role(
    world,
    place,
    deployRole,
    { AWS: roleArn(world, 'tooling', pipelineRole) },
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: 'arn:aws:s3:::codepipeline-*' },
    { Effect: 'Allow', Action: ['s3:PutObject', 's3:PutObjectAcl'], Resource: 'arn:aws:s3:::web-shop-*' },
  )
}

export async function createBucket(world: World, place: Place, region: string, Bucket: string) {
  const { objects } = world.clients(place, region)
  const location =
    region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' as const } }
  await ensure(objects.send(new CreateBucketCommand({ Bucket, ...location })))
  await objects.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
}

/** An artifact bucket; the tooling account's may be read by the deploy roles of the two others. */
export async function createArtifactBucket(world: World, place: Place, region: string) {
  const Bucket = artifactBucket(world, place, region)
  await createBucket(world, place, region, Bucket)
  if (place !== 'tooling') return
  const readers = [roleArn(world, 'staging', deployRole), roleArn(world, 'production', deployRole)]
  const Policy = policy({
    Effect: 'Allow',
    Principal: { AWS: readers },
    Action: ['s3:GetObject', 's3:GetObjectVersion'],
    Resource: `arn:aws:s3:::${Bucket}/*`,
  })
  await world.clients(place, region).objects.send(new PutBucketPolicyCommand({ Bucket, Policy }))
}

/** A bucket that anybody may read as a website. */
export async function createSite(world: World, place: Place, region: string, Bucket: string) {
  await createBucket(world, place, region, Bucket)
  const { objects } = world.clients(place, region)
  await objects.send(
    new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } } }),
  )
  await objects.send(
    new PutBucketPolicyCommand({
      Bucket,
      Policy: policy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` }),
    }),
  )
}

/** A build project whose source and artifacts are CodePipeline's. `buildspec` is a file of the source, or a whole buildspec. */
export async function createProject(
  world: World,
  place: Place,
  region: string,
  name: string,
  buildspec: string,
  variables: Record<string, string> = {},
) {
  await ensure(
    world.clients(place, region).builds.send(
      new CreateProjectCommand({
        name,
        source: { type: 'CODEPIPELINE', buildspec },
        artifacts: { type: 'CODEPIPELINE' },
        environment: {
          type: 'LINUX_CONTAINER',
          image: 'aws/codebuild/standard:7.0',
          computeType: 'BUILD_GENERAL1_SMALL',
          environmentVariables: Object.entries(variables).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' })),
        },
        serviceRole: roleArn(world, place, buildRole),
      }),
    ),
  )
}
