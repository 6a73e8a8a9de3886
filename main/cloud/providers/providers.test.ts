import {
  type ActionDeclaration,
  CreatePipelineCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  type PipelineDeclaration,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline'
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  everything,
  production,
  startCodePipeline,
  type TestCodePipeline,
  tooling,
  webShop,
} from '../services/codepipeline/codepipeline.testing.ts'

let cloud: TestCodePipeline
let role: string

beforeAll(async () => {
  cloud = await startCodePipeline()
  role = cloud.addRole(tooling, 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, everything)
  for (const Bucket of ['artifacts', 'site', 'drops']) await cloud.s3.send(new CreateBucketCommand({ Bucket }))
  await cloud.s3.send(
    new PutBucketVersioningCommand({ Bucket: 'drops', VersioningConfiguration: { Status: 'Enabled' } }),
  )
  cloud.push('Sell hats')
})
afterAll(() => cloud.stop())

const source = (configuration: Record<string, string>, provider = 'CodeCommit'): ActionDeclaration => ({
  name: 'Checkout',
  actionTypeId: { category: 'Source', owner: 'AWS', provider, version: '1' },
  configuration,
  outputArtifacts: [{ name: 'Source' }],
})
const hats = source({ RepositoryName: 'web', BranchName: 'main' })
const deploy = (configuration: Record<string, string>, change: Partial<ActionDeclaration> = {}): ActionDeclaration => ({
  name: 'Deploy',
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'S3', version: '1' },
  configuration,
  inputArtifacts: [{ name: 'Source' }],
  ...change,
})

/** Creates a pipeline of a source and one more action, and waits for how its first execution ends. */
async function runs(
  name: string,
  from: ActionDeclaration,
  to: ActionDeclaration,
  change: Partial<PipelineDeclaration> = {},
) {
  const stages = [
    { name: 'Source', actions: [from] },
    { name: 'Work', actions: [to] },
  ]
  await cloud.client.send(new CreatePipelineCommand({ pipeline: webShop(role, { name, stages, ...change }) }))
  return ends(name)
}
async function ends(pipelineName: string) {
  return vi.waitUntil(async () => {
    const { pipelineExecutionSummaries: [latest] = [] } = await cloud.client.send(
      new ListPipelineExecutionsCommand({ pipelineName }),
    )
    if (!latest || latest.status === 'InProgress') return undefined
    const { actionExecutionDetails = [] } = await cloud.client.send(
      new ListActionExecutionsCommand({
        pipelineName,
        filter: { pipelineExecutionId: latest.pipelineExecutionId ?? '' },
      }),
    )
    const [last] = actionExecutionDetails
    return {
      status: latest.status,
      actions: actionExecutionDetails,
      error: last?.output?.executionResult?.errorDetails,
    }
  })
}
const read = async (Key: string) => {
  const { Body, CacheControl } = await cloud.s3.send(new GetObjectCommand({ Bucket: 'site', Key }))
  return { text: await Body?.transformToString(), CacheControl }
}

describe('Source S3', () => {
  it('takes a version of an object, and starts its pipeline when there is a newer one', async () => {
    const put = (Body: string) =>
      cloud.s3.send(
        new PutObjectCommand({
          Bucket: 'drops',
          Key: 'app.txt',
          Body,
          Metadata: { 'codepipeline-artifact-revision-summary': `drop of ${Body}` },
        }),
      )
    const { VersionId: first } = await put('one')
    const drop = source({ S3Bucket: 'drops', S3ObjectKey: 'app.txt' }, 'S3')
    const made = await runs('drop', drop, deploy({ BucketName: 'site', Extract: 'false', ObjectKey: 'app.txt' }))
    expect(made.status).toBe('Succeeded')
    expect(made.actions[1]?.output?.outputVariables).toMatchObject({
      BucketName: 'drops',
      ObjectKey: 'app.txt',
      VersionId: first,
    })
    expect((await read('app.txt')).text).toBe('one')
    await put('two')
    await vi.waitUntil(async () => (await read('app.txt')).text === 'two')
    const { pipelineExecutionSummaries = [] } = await cloud.client.send(
      new ListPipelineExecutionsCommand({ pipelineName: 'drop' }),
    )
    expect(pipelineExecutionSummaries.map(({ sourceRevisions }) => sourceRevisions?.[0]?.revisionSummary)).toEqual([
      'drop of two',
      'drop of one',
    ])
    await cloud.client.send(
      new StartPipelineExecutionCommand({
        name: 'drop',
        sourceRevisions: [{ actionName: 'Checkout', revisionType: 'S3_OBJECT_VERSION_ID', revisionValue: first ?? '' }],
      }),
    )
    await vi.waitUntil(async () => (await read('app.txt')).text === 'one')
  })

  it('takes another key for an execution only where its configuration allows that', async () => {
    const other = { actionName: 'Checkout', revisionType: 'S3_OBJECT_KEY', revisionValue: 'other.txt' } as const
    await cloud.client.send(new StartPipelineExecutionCommand({ name: 'drop', sourceRevisions: [other] }))
    const list = new ListActionExecutionsCommand({ pipelineName: 'drop' })
    const failed = await vi.waitUntil(async () => {
      const { actionExecutionDetails = [] } = await cloud.client.send(list)
      return actionExecutionDetails.find(({ status }) => status === 'Failed')
    })
    expect(failed.output?.executionResult?.errorDetails).toEqual({
      code: 'ConfigurationError',
      message: 'The action does not allow to override its S3 object key.',
    })
  })

  it('names the bucket or the key that is not there', async () => {
    const to = deploy({ BucketName: 'site', Extract: 'true' })
    expect((await runs('no-bucket', source({ S3Bucket: 'nowhere', S3ObjectKey: 'x' }, 'S3'), to)).error).toEqual({
      code: 'ConfigurationError',
      message: 'No bucket with the name nowhere was found',
    })
    expect((await runs('no-key', source({ S3Bucket: 'drops', S3ObjectKey: 'nothing' }, 'S3'), to)).error).toMatchObject(
      {
        code: 'ConfigurationError',
      },
    )
    const site = await cloud.s3.send(new PutObjectCommand({ Bucket: 'site', Key: 'x', Body: 'x' }))
    expect(site.VersionId).toBeUndefined()
    expect((await runs('unversioned', source({ S3Bucket: 'site', S3ObjectKey: 'x' }, 'S3'), to)).error).toEqual({
      code: 'ConfigurationError',
      message: 'The bucket site is not versioned; enable versioning on it.',
    })
  })
})

describe('Source CodeCommit', () => {
  it('says that its role may not, and that there is no such repository', async () => {
    const poor = cloud.addRole(
      tooling,
      'Poor',
      { Service: 'codepipeline.amazonaws.com' },
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
    )
    const to = deploy({ BucketName: 'site', Extract: 'true' })
    expect((await runs('poor', hats, to, { roleArn: poor })).error).toEqual({
      code: 'PermissionError',
      message:
        'Could not access the CodeCommit repository web. Make sure that the pipeline IAM role has sufficient permissions to access the repository.',
    })
    const astray = source({ RepositoryName: 'nowhere', BranchName: 'main' })
    expect((await runs('astray', astray, to)).error?.code).toBe('ConfigurationError')
    const branch = source({ RepositoryName: 'web', BranchName: 'nowhere' })
    expect((await runs('branch', branch, to)).error?.message).toBe('No branch with the name nowhere was found in web')
  })
})

describe('Build CodeBuild', () => {
  it('says which project cannot be found', async () => {
    const build: ActionDeclaration = {
      name: 'Build',
      actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
      configuration: { ProjectName: 'missing' },
      inputArtifacts: [{ name: 'Source' }],
    }
    expect((await runs('no-project', hats, build)).error).toEqual({
      code: 'JobFailed',
      message: `Error calling startBuild: Project cannot be found: arn:aws:codebuild:us-east-1:${tooling}:project/missing`,
    })
    const unreadable = { ...build, configuration: { ProjectName: 'web', EnvironmentVariables: '{' } }
    expect((await runs('unreadable', hats, unreadable)).error?.code).toBe('ConfigurationError')
  })
})

describe('Deploy S3', () => {
  it('unpacks below a prefix with the cache control that is asked for', async () => {
    const configuration = { BucketName: 'site', Extract: 'true', ObjectKey: 'v1/', CacheControl: 'max-age=60' }
    expect((await runs('unpack', hats, deploy(configuration))).status).toBe('Succeeded')
    expect(await read('v1/index.html')).toEqual({
      text: expect.stringContaining('<h1>') as string,
      CacheControl: 'max-age=60',
    })
  })

  it('refuses to unpack what is no ZIP, and a bucket that is not there', async () => {
    const drop = source({ S3Bucket: 'drops', S3ObjectKey: 'app.txt' }, 'S3')
    expect((await runs('no-zip', drop, deploy({ BucketName: 'site', Extract: 'true' }))).error?.code).toBe(
      'ConfigurationError',
    )
    expect((await runs('no-site', hats, deploy({ BucketName: 'nowhere', Extract: 'true' }))).error).toEqual({
      code: 'ConfigurationError',
      message: 'No bucket with the name nowhere was found',
    })
  })

  it('deploys into another account by the role of the action, as far as every policy on the way allows', async () => {
    await cloud.productionS3.send(new CreateBucketCommand({ Bucket: 'prod-site' }))
    const deployer = cloud.addRole(production, 'Deployer', { AWS: role }, everything)
    const configuration = { BucketName: 'prod-site', Extract: 'true' }
    const there = deploy(configuration, { roleArn: deployer })
    // The artifact bucket does not let production's role in yet.
    expect((await runs('closed', hats, there)).error).toEqual({
      code: 'PermissionError',
      message: `CodePipeline service role ${deployer} is getting S3 access denied for the S3 bucket artifacts`,
    })
    await cloud.s3.send(
      new PutBucketPolicyCommand({
        Bucket: 'artifacts',
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: production },
              Action: 's3:Get*',
              Resource: 'arn:aws:s3:::artifacts/*',
            },
          ],
        }),
      }),
    )
    expect((await runs('open', hats, there)).status).toBe('Succeeded')
    const page = await cloud.productionS3.send(new GetObjectCommand({ Bucket: 'prod-site', Key: 'index.html' }))
    expect(await page.Body?.transformToString()).toContain('<h1>')
    // Only the pipeline's role may become the deployer.
    const untrusted = cloud.addRole(production, 'Untrusting', { Service: 'lambda.amazonaws.com' }, everything)
    expect((await runs('untrusted', hats, deploy(configuration, { roleArn: untrusted }))).error).toMatchObject({
      code: 'PermissionError',
      message: expect.stringContaining(`CodePipeline could not assume the role ${untrusted}`) as string,
    })
  })
})

describe('an action in another region', () => {
  it('reads its inputs from that region’s artifact store, where they were copied', async () => {
    const ireland = { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } } as const
    for (const Bucket of ['artifacts-ireland', 'site-ireland']) {
      await cloud.s3.send(new CreateBucketCommand({ Bucket, ...ireland }))
    }
    const to = deploy({ BucketName: 'site-ireland', Extract: 'true' }, { region: 'eu-west-1' })
    const made = await runs('ireland', hats, to, {
      artifactStore: undefined,
      artifactStores: {
        'us-east-1': { type: 'S3', location: 'artifacts' },
        'eu-west-1': { type: 'S3', location: 'artifacts-ireland' },
      },
    })
    expect(made.status).toBe('Succeeded')
    const put = cloud.events.filter(({ source, region }) => source === 'aws.s3' && region === 'eu-west-1')
    expect(put.map(({ detail }) => detail.bucket)).toEqual([{ name: 'artifacts-ireland' }, { name: 'site-ireland' }])
  })
})

describe('an action that the local cloud cannot run', () => {
  it('fails and says so; it never turns green', async () => {
    const to: ActionDeclaration = {
      name: 'Stack',
      actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CodeDeploy', version: '1' },
      configuration: { ApplicationName: 'a', DeploymentGroupName: 'b' },
      inputArtifacts: [{ name: 'Source' }],
    }
    expect(await runs('unsupported', hats, to)).toMatchObject({
      status: 'Failed',
      error: {
        code: 'ConfigurationError',
        message: 'The action type Deploy/AWS/CodeDeploy/1 is not supported by the local cloud.',
      },
    })
  })
})
