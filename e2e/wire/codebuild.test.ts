import { CloudWatchLogsClient, FilterLogEventsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  BatchGetBuildsCommand,
  BatchGetProjectsCommand,
  BatchGetReportsCommand,
  type Build,
  CodeBuildClient,
  CreateProjectCommand,
  DescribeTestCasesCommand,
  ListBuildsForProjectCommand,
  ListProjectsCommand,
  RetryBuildCommand,
  StartBuildCommand,
  StopBuildCommand,
  UpdateProjectCommand,
} from '@aws-sdk/client-codebuild'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type CloudUnderTest, localOnly, startCloudUnderTest } from './cloudUnderTest.ts'

const Bucket = 'codebuild-wire-artifacts'
const soon = { timeout: 20_000, interval: 50 }
let cloud: CloudUnderTest
let codeBuild: CodeBuildClient
let logs: CloudWatchLogsClient
let s3: S3Client
let serviceRole: string

describe.skipIf(localOnly('it runs builds on this machine'))('CodeBuild over the wire', () => {
  beforeAll(async () => {
    cloud = await startCloudUnderTest()
    codeBuild = new CodeBuildClient(cloud.settings())
    logs = new CloudWatchLogsClient(cloud.settings())
    s3 = new S3Client(cloud.settings())
    serviceRole = await role('Build', ['s3:*', 'logs:*'])
    await s3.send(new CreateBucketCommand({ Bucket }))
  })
  afterAll(async () => {
    await cloud.stop()
  })

  async function role(RoleName: string, Action: string[]): Promise<string> {
    const iam = new IAMClient(cloud.settings())
    const statement = (more: object) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] })
    const trust = statement({ Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:AssumeRole' })
    const made = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
    if (Action.length > 0)
      await iam.send(
        new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: statement({ Action, Resource: '*' }) }),
      )
    return made.Role?.Arn ?? ''
  }
  const project = (name: string, buildspec: string, more: object = {}) => ({
    name,
    source: { type: 'NO_SOURCE' as const, buildspec },
    artifacts: { type: 'NO_ARTIFACTS' as const },
    environment: {
      type: 'LINUX_CONTAINER' as const,
      image: 'aws/codebuild/standard:7.0',
      computeType: 'BUILD_GENERAL1_SMALL' as const,
    },
    serviceRole,
    ...more,
  })
  const spec = (commands: string[], more = '') =>
    `version: 0.2\nphases:\n  build:\n    commands: ${JSON.stringify(commands)}\n${more}`
  const get = async (id: string): Promise<Build> => {
    const { builds } = await codeBuild.send(new BatchGetBuildsCommand({ ids: [id] }))
    return builds?.[0] ?? {}
  }
  const completed = (id: string) =>
    vi.waitFor(async () => {
      const build = await get(id)
      expect(build.buildComplete).toBe(true)
      return build
    }, soon)
  const start = async (projectName: string, more: object = {}) =>
    (await codeBuild.send(new StartBuildCommand({ projectName, ...more }))).build?.id ?? ''

  it('keeps projects as they were given, and changes only what an update names', async () => {
    const made = await codeBuild.send(new CreateProjectCommand(project('kept', spec(['true']), { description: 'one' })))
    expect(made.project).toMatchObject({
      arn: `arn:aws:codebuild:us-east-1:${cloud.account}:project/kept`,
      description: 'one',
      timeoutInMinutes: 60,
      created: expect.any(Date),
    })
    await codeBuild.send(new UpdateProjectCommand({ name: 'kept', timeoutInMinutes: 10 }))
    const { projects, projectsNotFound } = await codeBuild.send(
      new BatchGetProjectsCommand({ names: ['kept', 'lost'] }),
    )
    expect(projects).toMatchObject([{ name: 'kept', description: 'one', timeoutInMinutes: 10 }])
    expect(projectsNotFound).toEqual(['lost'])
    expect((await codeBuild.send(new ListProjectsCommand({}))).projects).toContain('kept')
  })

  it('refuses in AWS’s words', async () => {
    const create = (more: object) =>
      codeBuild.send(new CreateProjectCommand({ ...project('refused', spec(['true'])), ...more }))
    await expect(create({ name: 'kept' })).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' })
    await expect(create({ name: 'no spaces' })).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: expect.stringContaining(
        "1 validation error detected: Value 'no spaces' at 'name' failed to satisfy constraint",
      ),
    })
    await expect(create({ timeoutInMinutes: 2 })).rejects.toThrow('Member must have value greater than or equal to 5')
    const stranger = `arn:aws:iam::${cloud.account}:role/Absent`
    await expect(create({ serviceRole: stranger })).rejects.toThrow(
      `CodeBuild is not authorized to perform: sts:AssumeRole on ${stranger}`,
    )
    await expect(start('lost')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Project cannot be found: arn:aws:codebuild:us-east-1:${cloud.account}:project/lost`,
    })
    await expect(codeBuild.send(new StopBuildCommand({ id: 'kept:0' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  it('runs a build whose log can be followed, whose tools reach the cloud as its role, and whose secrets stay hidden', async () => {
    const commands = [
      `node -e 'fetch(process.env.AWS_ENDPOINT_URL).then(r => console.log("the cloud said", r.status))'`,
      'echo "secret: $AWS_SECRET_ACCESS_KEY."',
    ]
    await codeBuild.send(new CreateProjectCommand(project('followed', spec(commands))))
    const id = await start('followed', { environmentVariablesOverride: [{ name: 'A', value: 'b' }] })
    const { groupName: logGroupName, streamName: logStreamName } = (await get(id)).logs ?? {}
    expect(logGroupName).toBe('/aws/codebuild/followed')
    const lines: string[] = []
    let nextToken: string | undefined
    await vi.waitFor(async () => {
      const page = await logs.send(
        new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true, nextToken }),
      )
      nextToken = page.nextForwardToken
      lines.push(...(page.events ?? []).map(event => event.message ?? ''))
      expect(lines.at(-1)).toContain('Phase context status code')
      expect(lines.join('')).toContain('Phase complete: UPLOAD_ARTIFACTS State: SUCCEEDED')
    }, soon)
    expect(lines.join('')).toMatch(/\nthe cloud said \d{3}\n/)
    expect(lines).toContain('secret: ***.\n')
    const build = await completed(id)
    expect(build).toMatchObject({
      buildStatus: 'SUCCEEDED',
      initiator: expect.any(String),
      startTime: expect.any(Date),
    })
    const found = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: '"cloud said"' }))
    expect(found.events).toHaveLength(2)
  })

  it('puts artifacts to S3, each file or one archive, under the name that the buildspec makes', async () => {
    const artifacts = { type: 'S3' as const, location: Bucket, path: 'out', name: 'site' }
    const build = spec(
      ['mkdir d && echo x > d/x.txt', 'export V=7'],
      "artifacts: {files: ['**/*'], base-directory: d, name: 'shop-$V'}\n",
    )
    await codeBuild.send(new CreateProjectCommand(project('files', build, { artifacts })))
    const zipped = { ...artifacts, packaging: 'ZIP' as const, overrideArtifactName: true }
    await completed(await start('files'))
    const archive = await completed(await start('files', { artifactsOverride: zipped }))
    expect(archive.artifacts).toMatchObject({
      location: `arn:aws:s3:::${Bucket}/out/shop-7`,
      overrideArtifactName: true,
    })
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'out/' }))
    expect(Contents?.map(object => object.Key)).toEqual(['out/shop-7', 'out/site/x.txt'])
    const file = await s3.send(new GetObjectCommand({ Bucket, Key: 'out/site/x.txt' }))
    expect(await file.Body?.transformToString()).toBe('x\n')
  })

  it('names the failing test', async () => {
    const report =
      '<testsuite name="fees"><testcase name="rounds up"><failure message="1 is not 2"/></testcase></testsuite>'
    const build = spec([`echo '${report}' > junit.xml`, 'exit 1'], 'reports: {unit: {files: [junit.xml]}}\n')
    await codeBuild.send(new CreateProjectCommand(project('tested', build)))
    const { reportArns, buildStatus } = await completed(await start('tested'))
    expect(buildStatus).toBe('FAILED')
    const { reports } = await codeBuild.send(new BatchGetReportsCommand({ reportArns }))
    expect(reports).toMatchObject([{ status: 'FAILED', testSummary: { total: 1 }, created: expect.any(Date) }])
    const { testCases } = await codeBuild.send(
      new DescribeTestCasesCommand({ reportArn: reportArns?.[0], filter: { status: 'FAILED' } }),
    )
    expect(testCases).toMatchObject([{ name: 'rounds up', testSuiteName: 'fees', message: '1 is not 2' }])
  })

  it('stops a build, starts it again, and lists the newest first', async () => {
    await codeBuild.send(new CreateProjectCommand(project('stopped', spec(['sleep 600']))))
    const first = await start('stopped', { idempotencyToken: 'once' })
    expect(await start('stopped', { idempotencyToken: 'once' })).toBe(first)
    await vi.waitFor(async () => expect((await get(first)).currentPhase).toBe('BUILD'), soon)
    const { build } = await codeBuild.send(new StopBuildCommand({ id: first }))
    expect(build).toMatchObject({ buildStatus: 'STOPPED', buildComplete: true })
    const again = await codeBuild.send(new RetryBuildCommand({ id: first }))
    const second = again.build?.id ?? ''
    expect(again.build).toMatchObject({ buildNumber: 2, buildStatus: 'IN_PROGRESS' })
    const { ids } = await codeBuild.send(new ListBuildsForProjectCommand({ projectName: 'stopped' }))
    expect(ids).toEqual([second, first])
    await codeBuild.send(new StopBuildCommand({ id: second }))
  })

  it('fails a build whose role may not write its log, with AWS’s sentence', async () => {
    const mute = await role('Mute', [])
    await codeBuild.send(new CreateProjectCommand(project('mute', spec(['true']), { serviceRole: mute })))
    const build = await completed(await start('mute'))
    const failed = build.phases?.find(phase => phase.phaseStatus === 'FAILED')
    expect(failed?.contexts?.[0]).toMatchObject({
      statusCode: 'ACCESS_DENIED',
      message: expect.stringContaining(
        `Service role ${mute} does not allow AWS CodeBuild to create Amazon CloudWatch Logs`,
      ),
    })
  })
})
