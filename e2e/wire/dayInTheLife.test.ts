import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createAwsCli, hasAwsCli } from './awsCli.ts'
import { type CloudUnderTest, startCloudUnderTest } from './cloudUnderTest.ts'
import { allow, Detail, definition, Executions, mendedBuildspec, project, State, Trail, trust } from './dayWorld.ts'
import { workingCopy } from './shop.ts'

/** A day of the people who release the shop: everything by `aws` and `git`, from an empty account to an empty account. */

let cloud: CloudUnderTest
let place: string
let copy: ReturnType<typeof workingCopy>
/** Every call of the day that changed something, as the trail is to tell of it. */
const written: string[] = []

const aws = createAwsCli(
  () => cloud,
  () => place,
)
const admin = 'tooling'
const manager = 'tooling-release-manager'
const operator = 'tooling-operator'
const auditor = 'tooling-auditor'

/** A call that changes something, noted with the name that the API has for it. */
async function write(profile: string, service: string, operation: string, ...words: string[]): Promise<unknown> {
  const answer = await aws(profile, service, operation, ...words)
  written.push(`${operation.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())} by ${profile}`)
  return answer
}
/** A push, noted with the name that CodeCommit has for it. */
async function push(text: string): Promise<string> {
  const commit = await copy.push(text)
  written.push(`GitPush by ${admin}`)
  return commit
}
const file = (name: string, content: object) => {
  const path = join(place, name)
  writeFileSync(path, JSON.stringify(content))
  return `file://${path}`
}

const ofShop = ['--pipeline-name', 'shop'] as const
const state = async () => State.parse(await aws(auditor, 'codepipeline', 'get-pipeline-state', '--name', 'shop'))
const stage = async (name: string) => {
  const found = (await state()).stageStates.find(({ stageName }) => stageName === name)
  if (!found) throw new Error(`There is no stage ${name}`)
  return found
}
const executions = async () =>
  Executions.parse(await aws(auditor, 'codepipeline', 'list-pipeline-executions', ...ofShop)).pipelineExecutionSummaries
const until = <T>(what: () => Promise<T | undefined | false>) => vi.waitUntil(what, { timeout: 60_000, interval: 50 })

/** Waits until an execution is asked about in Production; gives its token. */
const asked = (execution?: string) =>
  until(async () => {
    const { latestExecution, actionStates } = await stage('Production')
    const token = actionStates[0]?.latestExecution?.token
    const ours = execution === undefined || latestExecution?.pipelineExecutionId === execution
    return ours && token !== undefined && latestExecution && { token, execution: latestExecution.pipelineExecutionId }
  })
const approve = (token: string) => {
  const where = [...ofShop, '--stage-name', 'Production', '--action-name', 'Approve', '--token', token]
  return write(manager, 'codepipeline', 'put-approval-result', ...where, '--result', 'summary=go,status=Approved')
}
const ended = (execution: string, status: string) =>
  until(async () => (await executions()).some(each => each.pipelineExecutionId === execution && each.status === status))
const page = async () => {
  const path = join(place, 'page.html')
  await aws(admin, 's3api', 'get-object', '--bucket', 'shop-site', '--key', 'index.html', path)
  return readFileSync(path, 'utf8')
}

describe.skipIf(!hasAwsCli)('a day in the life, by the AWS CLI', { timeout: 180_000 }, () => {
  let first: string
  let failed: string

  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'day-'))
    cloud = await startCloudUnderTest()
    copy = workingCopy(join(place, 'clone'))
  })
  afterAll(async () => {
    await cloud.stop()
    rmSync(place, { recursive: true, force: true })
    if (cloud.faults.length > 0) throw new AggregateError(cloud.faults, 'the cloud had faults')
  })

  it('creates everything from nothing', async () => {
    expect(await aws(admin, 'codepipeline', 'list-pipelines')).toEqual({ pipelines: [] })
    for (const [role, service, policy] of [
      [
        'ShopPipeline',
        'codepipeline',
        allow('codecommit:*', 's3:*', 'codebuild:StartBuild', 'codebuild:BatchGetBuilds'),
      ],
      ['ShopBuild', 'codebuild', allow('s3:*', 'logs:*')],
    ] as const) {
      const named = ['--role-name', role]
      const trusted = ['--assume-role-policy-document', trust(`${service}.amazonaws.com`)]
      await write(admin, 'iam', 'create-role', ...named, ...trusted)
      await write(admin, 'iam', 'put-role-policy', ...named, '--policy-name', 'work', '--policy-document', policy)
    }
    await write(admin, 's3api', 'create-bucket', '--bucket', 'shop-artifacts')
    await write(admin, 's3api', 'create-bucket', '--bucket', 'shop-site')
    await write(admin, 'codecommit', 'create-repository', '--repository-name', 'shop')
    await write(admin, 'codebuild', 'create-project', '--cli-input-json', file('project.json', project))
    await copy.follow(cloud)
    await push('Hello World')
    const made = await write(
      admin,
      'codepipeline',
      'create-pipeline',
      '--cli-input-json',
      file('pipeline.json', definition),
    )
    expect(made).toMatchObject({ pipeline: { name: 'shop', version: 1 } })
  })

  it('builds what was pushed, asks, and releases it', async () => {
    const { token, execution } = await asked()
    first = execution
    await approve(token)
    await ended(first, 'Succeeded')
    expect(await page()).toBe('Hello Release')
  })

  it('keeps a failing push away from production', async () => {
    const revision = await push('broken World')
    await until(async () => (await stage('Build')).latestExecution?.status === 'Failed')
    const [latest] = await executions()
    expect(latest).toMatchObject({ status: 'Failed', sourceRevisions: [{ revisionId: revision }] })
    failed = latest?.pipelineExecutionId ?? ''
    expect(await page()).toBe('Hello Release')
  })

  it('retries the same execution once the cause is mended', async () => {
    const source = JSON.stringify({ type: 'CODEPIPELINE', buildspec: mendedBuildspec })
    await write(admin, 'codebuild', 'update-project', '--name', 'shop', '--source', source)
    const which = ['--stage-name', 'Build', '--pipeline-execution-id', failed, '--retry-mode', 'FAILED_ACTIONS']
    expect(await write(operator, 'codepipeline', 'retry-stage-execution', ...ofShop, ...which)).toEqual({
      pipelineExecutionId: failed,
    })
    const { token } = await asked(failed)
    await approve(token)
    await ended(failed, 'Succeeded')
    expect(await page()).toBe('broken Release')
  })

  it('rolls production back to what it had before', async () => {
    const which = ['--stage-name', 'Production', '--target-pipeline-execution-id', first]
    const rollback = z
      .object({ pipelineExecutionId: z.string() })
      .parse(await write(operator, 'codepipeline', 'rollback-stage', ...ofShop, ...which)).pipelineExecutionId
    expect([first, failed]).not.toContain(rollback)
    const { token } = await asked(rollback)
    await approve(token)
    await ended(rollback, 'Succeeded')
    expect((await executions()).map(each => [each.pipelineExecutionId, each.executionType])).toEqual([
      [rollback, 'ROLLBACK'],
      [failed, 'STANDARD'],
      [first, 'STANDARD'],
    ])
    expect(await page()).toBe('Hello Release')
  })

  it('freezes production: what is pushed waits before it, and goes on when it is opened', async () => {
    const gate = [...ofShop, '--stage-name', 'Production', '--transition-type', 'Inbound']
    await write(operator, 'codepipeline', 'disable-stage-transition', ...gate, '--reason', 'Sale on')
    const revision = await push('Sale World')
    const waiting = await until(async () => (await stage('Production')).inboundExecution?.pipelineExecutionId)
    expect((await executions())[0]).toMatchObject({
      pipelineExecutionId: waiting,
      status: 'InProgress',
      sourceRevisions: [{ revisionId: revision }],
    })
    expect((await stage('Production')).inboundTransitionState).toEqual({ enabled: false, disabledReason: 'Sale on' })
    await write(operator, 'codepipeline', 'enable-stage-transition', ...gate)
    const { token } = await asked(waiting)
    await approve(token)
    await ended(waiting, 'Succeeded')
    expect(await page()).toBe('Sale Release')
  })

  it('deletes everything, and sees it gone', async () => {
    await write(admin, 'codepipeline', 'delete-pipeline', '--name', 'shop')
    await write(admin, 'codebuild', 'delete-project', '--name', 'shop')
    await write(admin, 'codecommit', 'delete-repository', '--repository-name', 'shop')
    for (const bucket of ['shop-artifacts', 'shop-site']) {
      expect(await aws.refused(admin, 's3api', 'delete-bucket', '--bucket', bucket)).toContain('(BucketNotEmpty)')
      await aws(admin, 's3', 'rm', '--quiet', '--recursive', `s3://${bucket}`)
      await write(admin, 's3api', 'delete-bucket', '--bucket', bucket)
    }
    for (const role of ['ShopPipeline', 'ShopBuild']) {
      const named = ['--role-name', role]
      expect(await aws.refused(admin, 'iam', 'delete-role', ...named)).toContain('(DeleteConflict)')
      await write(admin, 'iam', 'delete-role-policy', ...named, '--policy-name', 'work')
      await write(admin, 'iam', 'delete-role', ...named)
    }
    expect(await aws(admin, 'codepipeline', 'list-pipelines')).toEqual({ pipelines: [] })
    expect(await aws(admin, 'codebuild', 'list-projects')).toEqual({ projects: [] })
    expect(await aws(admin, 'codecommit', 'list-repositories')).toEqual({ repositories: [] })
    expect(await aws(admin, 's3api', 'list-buckets', '--query', 'Buckets')).toEqual([])
    const gone = ['codepipeline', 'get-pipeline-state', '--name', 'shop'] as const
    expect(await aws.refused(auditor, ...gone)).toContain('(PipelineNotFoundException)')
    expect(await aws.refused(admin, 'iam', 'get-role', '--role-name', 'ShopBuild')).toContain('(NoSuchEntity)')
  })

  it('can tell of every change who made it, from where and with what', async () => {
    const attribute = 'AttributeKey=ReadOnly,AttributeValue=false'
    const { Events } = Trail.parse(await aws(auditor, 'cloudtrail', 'lookup-events', '--lookup-attributes', attribute))
    const told = Events.map(({ CloudTrailEvent, ...event }) => ({
      ...event,
      ...Detail.parse(JSON.parse(CloudTrailEvent)),
    })).reverse()
    const profileOf = ({ userIdentity: { arn } }: (typeof told)[number]) => {
      const [, role] = /:assumed-role\/(\w+)\//.exec(arn) ?? []
      const roles: Record<string, string> = { ReleaseManager: manager, Operator: operator, Auditor: auditor }
      return role === undefined ? admin : (roles[role] ?? arn)
    }
    const people = told.filter(({ sourceIPAddress }) => sourceIPAddress === '127.0.0.1')
    const changes = people.filter(({ errorCode }) => errorCode === undefined)
    expect(changes.map(event => `${event.EventName} by ${profileOf(event)}`)).toEqual(written)
    for (const { Username, userAgent } of people) {
      expect(Username).toMatch(/^local-|^admin/)
      expect(userAgent).toMatch(/aws-cli\/|^git\//i)
    }
    const services = told.filter(event => !people.includes(event))
    const builds = services.filter(({ EventName }) => EventName === 'StartBuild')
    expect(builds).toHaveLength(4)
    for (const { sourceIPAddress, userIdentity } of builds) {
      expect(sourceIPAddress).toBe('codepipeline.amazonaws.com')
      expect(userIdentity.arn).toContain(':assumed-role/ShopPipeline/')
    }
    const parametersOf = (name: string) => changes.find(({ EventName }) => EventName === name)?.requestParameters
    expect(parametersOf('DisableStageTransition')).toEqual({
      pipelineName: 'shop',
      stageName: 'Production',
      transitionType: 'Inbound',
      reason: 'Sale on',
    })
    expect(parametersOf('RetryStageExecution')).toMatchObject({ stageName: 'Build', pipelineExecutionId: failed })
    expect(parametersOf('RollbackStage')).toMatchObject({ targetPipelineExecutionId: first })
    expect(parametersOf('PutApprovalResult')).toMatchObject({ result: { status: 'Approved', summary: 'go' } })
    expect(parametersOf('CreateRole')).toMatchObject({ roleName: 'ShopPipeline' })
    expect(changes.find(({ EventName }) => EventName === 'CreateBucket')).toMatchObject({
      eventSource: 's3.amazonaws.com',
      requestParameters: { bucketName: 'shop-artifacts' },
    })
    expect(
      people.filter(({ errorCode }) => errorCode !== undefined).map(event => [event.EventName, event.errorCode]),
    ).toEqual([
      ['DeleteBucket', 'BucketNotEmpty'],
      ['DeleteBucket', 'BucketNotEmpty'],
      ['DeleteRole', 'DeleteConflictException'],
      ['DeleteRole', 'DeleteConflictException'],
    ])
  })
})
