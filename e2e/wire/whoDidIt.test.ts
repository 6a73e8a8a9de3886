import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudTrailClient, type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type CloudUnderTest, localOnly, startCloudUnderTest } from './cloudUnderTest.ts'
import { createShop, shopPipeline, workingCopy } from './shop.ts'

/** What AWS's own services do for somebody stands in the event history, with the role that they did it under. */

describe.skipIf(localOnly('it needs the event history at once'))('who did it', { timeout: 90_000 }, () => {
  let cloud: CloudUnderTest
  let folder: string
  let commit: string
  let recorded: Event[]
  let recordedThere: Event[]
  const history = async (account: string) => {
    const trail = new CloudTrailClient(cloud.settings({ account }))
    const events: Event[] = []
    let NextToken: string | undefined
    do {
      const page = await vi.waitUntil(
        () =>
          trail.send(new LookupEventsCommand({ ...(NextToken !== undefined && { NextToken }) })).catch(() => undefined),
        { timeout: 10_000, interval: 300 },
      )
      events.push(...(page.Events ?? []))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    trail.destroy()
    return events
  }
  beforeAll(async () => {
    cloud = await startCloudUnderTest()
    folder = await mkdtemp(join(tmpdir(), 'who-'))
    const copy = workingCopy(join(folder, 'shop'))
    const roles = await createShop(cloud)
    await copy.follow(cloud)
    commit = await copy.push('Hello World')
    const shop = shopPipeline(cloud)
    await shop.create(roles)
    await shop.approve(await shop.tokenFor(commit))
    await shop.ended('Succeeded')
    shop.close()
    recorded = await history('tooling')
    recordedThere = await history('production')
  })
  afterAll(async () => {
    await cloud.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const events = (name: string, of = recorded): Record<string, unknown>[] =>
    of
      .filter(({ EventName }) => EventName === name)
      .map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? '{}') as Record<string, unknown>)
  const session = (role: string, account = '111122223333'): unknown =>
    expect.stringMatching(new RegExp(`^arn:aws:sts::${account}:assumed-role/${role}/`))

  it('CodePipeline started the build, under its service role', () => {
    expect(events('StartBuild')).toMatchObject([
      {
        userIdentity: { type: 'AssumedRole', arn: session('Pipeline'), invokedBy: 'codepipeline.amazonaws.com' },
        eventSource: 'codebuild.amazonaws.com',
        sourceIPAddress: 'codepipeline.amazonaws.com',
        userAgent: 'codepipeline.amazonaws.com',
        requestParameters: { projectName: 'shop', sourceVersion: commit },
        responseElements: { build: { projectName: 'shop' } },
        readOnly: false,
      },
    ])
    expect(events('BatchGetBuilds')).toMatchObject([{ userIdentity: { arn: session('Pipeline') }, readOnly: true }])
    expect(events('GetBranch')).toMatchObject([{ requestParameters: { repositoryName: 'shop', branchName: 'main' } }])
    expect(events('UploadArchive')).toMatchObject([{ requestParameters: { repositoryName: 'shop', commitId: commit } }])
  })

  it('each service took on its role, and the role of another account was taken on from there', () => {
    const taken = events('AssumeRole').map(({ userIdentity, requestParameters, readOnly }) => ({
      by: (userIdentity as { invokedBy: string }).invokedBy,
      kind: (userIdentity as { type: string }).type,
      role: (requestParameters as { roleArn: string }).roleArn.split('/')[1],
      readOnly,
    }))
    const codePipeline = { by: 'codepipeline.amazonaws.com', readOnly: true }
    expect(taken).toContainEqual({ ...codePipeline, kind: 'AWSService', role: 'Pipeline' })
    expect(taken).toContainEqual({ ...codePipeline, kind: 'AssumedRole', role: 'Deployer' })
    expect(taken).toContainEqual({ by: 'codebuild.amazonaws.com', kind: 'AWSService', role: 'Build', readOnly: true })
    expect(events('AssumeRole', recordedThere)).toMatchObject([
      {
        userIdentity: { arn: session('Pipeline') },
        responseElements: { assumedRoleUser: { arn: session('Deployer', '777788889999') } },
        recipientAccountId: '777788889999',
      },
    ])
  })

  it('somebody pushed: once to see what is there, once with what it moved', () => {
    const [moved, asked] = events('GitPush')
    expect(asked).toMatchObject({
      requestParameters: null,
      additionalEventData: { protocol: 'HTTP', dataTransferred: false, repositoryName: 'shop' },
      readOnly: true,
    })
    expect(moved).toMatchObject({
      userIdentity: { type: 'IAMUser', userName: 'administrator' },
      userAgent: expect.stringMatching(/^git\//) as unknown,
      eventSource: 'codecommit.amazonaws.com',
      requestParameters: { references: [{ commit, ref: 'refs/heads/main' }] },
      additionalEventData: { dataTransferred: true },
      readOnly: false,
    })
    expect(recorded.find(({ EventName }) => EventName === 'GitPush')?.Resources).toContainEqual({
      ResourceType: 'AWS::CodeCommit::Repository',
      ResourceName: 'shop',
    })
  })

  it('nothing that AWS counts as a data event is there', () => {
    expect(recorded.filter(({ EventName }) => /Object|PutLogEvents|Invoke/.test(EventName ?? ''))).toEqual([])
  })
})
