import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createAwsCli, hasAwsCli } from './awsCli.ts'
import { type CloudUnderTest, startCloudUnderTest } from './cloudUnderTest.ts'
import { createShop, workingCopy } from './shop.ts'

const name = 'by-hand'
const pipeline = (roleArn: string) => ({
  name,
  roleArn,
  artifactStore: { type: 'S3', location: 'shop-artifacts' },
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'Checkout',
          actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
          configuration: { RepositoryName: 'shop', BranchName: 'main' },
          outputArtifacts: [{ name: 'Source' }],
        },
      ],
    },
    {
      name: 'Release',
      actions: [
        { name: 'Approve', actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } },
        {
          name: 'Announce',
          actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
          runOrder: 2,
        },
      ],
    },
  ],
})

const State = z.object({
  stageStates: z.array(
    z.object({
      latestExecution: z.object({ pipelineExecutionId: z.string(), status: z.string() }).optional(),
      actionStates: z.array(
        z.object({
          actionName: z.string(),
          latestExecution: z.object({ status: z.string(), token: z.string().optional() }).optional(),
        }),
      ),
    }),
  ),
})
const Page = z.object({
  NextToken: z.string().optional(),
  actionExecutionDetails: z.array(z.object({ actionName: z.string(), status: z.string() })),
})

let cloud: CloudUnderTest
let place: string

const aws = createAwsCli(
  () => cloud,
  () => place,
)
const codepipeline = (profile: string, ...words: string[]) => aws(profile, 'codepipeline', ...words)
const refused = (profile: string, ...words: string[]) => aws.refused(profile, 'codepipeline', ...words)

/** Waits until a release waits at an approval; gives its token and its execution. */
const waiting = (action: string) =>
  vi.waitUntil(
    async () => {
      const { stageStates } = State.parse(await codepipeline('tooling-auditor', 'get-pipeline-state', '--name', name))
      const release = stageStates[1]
      const token = release?.actionStates.find(({ actionName }) => actionName === action)?.latestExecution?.token
      return token && release?.latestExecution && { token, execution: release.latestExecution.pipelineExecutionId }
    },
    { timeout: 60_000, interval: 50 },
  )

const approve = (token: string) =>
  `put-approval-result --pipeline-name ${name} --stage-name Release --action-name Approve --token ${token} --result summary=go,status=Approved`.split(
    ' ',
  )
const stop = (execution: string) =>
  `stop-pipeline-execution --pipeline-name ${name} --pipeline-execution-id ${execution} --abandon --reason later`.split(
    ' ',
  )
const retry = (execution: string) =>
  `retry-stage-execution --pipeline-name ${name} --stage-name Release --pipeline-execution-id ${execution} --retry-mode FAILED_ACTIONS`.split(
    ' ',
  )
const listActions = ['list-action-executions', '--pipeline-name', name]

describe.skipIf(!hasAwsCli)('a release by the AWS CLI', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'cli-release-'))
    cloud = await startCloudUnderTest()
    const { role } = await createShop(cloud)
    const copy = workingCopy(join(place, 'clone'))
    await copy.follow(cloud)
    await copy.push('Hello World')
    const definition = join(place, 'pipeline.json')
    writeFileSync(definition, JSON.stringify({ pipeline: pipeline(role) }))
    await codepipeline('tooling', 'create-pipeline', '--cli-input-json', `file://${definition}`)
  })
  afterAll(async () => {
    await cloud.stop()
    rmSync(place, { recursive: true, force: true })
    if (cloud.faults.length > 0) throw new AggregateError(cloud.faults, 'the cloud had faults')
  })

  it('is approved by the release manager, and by nobody else', async () => {
    const { token } = await waiting('Approve')
    for (const profile of ['tooling-auditor', 'tooling-operator'])
      expect(await refused(profile, ...approve(token))).toMatch(
        /\(AccessDeniedException\) when calling the PutApprovalResult operation: User: arn:aws:sts::111122223333:assumed-role\/\w+\/local-\w+ is not authorized to perform: codepipeline:PutApprovalResult on resource: arn:aws:codepipeline:us-east-1:111122223333:by-hand\/Release\/Approve because no identity-based policy allows the codepipeline:PutApprovalResult action$/,
      )
    expect(await codepipeline('tooling-release-manager', ...approve(token))).toEqual({
      approvedAt: expect.anything() as unknown,
    })
    expect(await refused('tooling-release-manager', ...approve(token))).toMatch(
      /\((ApprovalAlreadyCompleted|InvalidApprovalToken)Exception\) when calling the PutApprovalResult operation/,
    )
  })

  it('is stopped and retried by the operator, and not by the auditor', async () => {
    const { execution } = await waiting('Announce')
    expect(await refused('tooling-auditor', ...stop(execution))).toContain('(AccessDeniedException)')
    expect(await codepipeline('tooling-operator', ...stop(execution))).toEqual({ pipelineExecutionId: execution })
    expect(await codepipeline('tooling-operator', ...retry(execution))).toEqual({ pipelineExecutionId: execution })
    await waiting('Announce')
  })

  it('is read back in pages, the newest action first', async () => {
    const all = Page.parse(await codepipeline('tooling-auditor', ...listActions, '--page-size', '1'))
    expect(all.actionExecutionDetails.map(({ actionName, status }) => `${actionName} ${status}`)).toEqual([
      'Announce InProgress',
      'Announce Abandoned',
      'Approve Succeeded',
      'Checkout Succeeded',
    ])
    const first = Page.parse(await codepipeline('tooling-auditor', ...listActions, '--max-items', '3'))
    expect(first.actionExecutionDetails).toEqual(all.actionExecutionDetails.slice(0, 3))
    const rest = ['--starting-token', first.NextToken ?? 'none']
    const second = Page.parse(await codepipeline('tooling-auditor', ...listActions, ...rest))
    expect(second).toEqual({ actionExecutionDetails: all.actionExecutionDetails.slice(3) })
  })
})
