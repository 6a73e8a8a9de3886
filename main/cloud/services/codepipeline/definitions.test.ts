import {
  CreatePipelineCommand,
  DeletePipelineCommand,
  DisableStageTransitionCommand,
  EnableStageTransitionCommand,
  GetPipelineCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListActionTypesCommand,
  ListPipelineExecutionsCommand,
  ListPipelinesCommand,
  ListRuleTypesCommand,
  ListTagsForResourceCommand,
  ListWebhooksCommand,
  type PipelineDeclaration,
  PutApprovalResultCommand,
  StartPipelineExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePipelineCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everything, startCodePipeline, type TestCodePipeline, tooling, webShop } from './codepipeline.testing.ts'

let cloud: TestCodePipeline
let role: string
const nobody = '00000000-0000-4000-8000-000000000000'

beforeAll(async () => {
  cloud = await startCodePipeline()
  role = cloud.addRole(tooling, 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, everything)
  for (const Bucket of ['artifacts', 'site']) await cloud.s3.send(new CreateBucketCommand({ Bucket }))
  cloud.push('Sell hats')
})
afterAll(() => cloud.stop())

const create = (name: string, change: Partial<PipelineDeclaration> = {}) =>
  cloud.client.send(new CreatePipelineCommand({ pipeline: webShop(role, { name, ...change }) }))
const executions = async (pipelineName: string) =>
  (await cloud.client.send(new ListPipelineExecutionsCommand({ pipelineName }))).pipelineExecutionSummaries ?? []
describe('constraints', () => {
  it('says every violation in the order of the members, in AWS’s words', async () => {
    const bad = new DisableStageTransitionCommand({
      pipelineName: 'a b',
      stageName: 'S',
      transitionType: 'Sideways' as 'Inbound',
      reason: undefined,
    })
    await expect(cloud.client.send(bad)).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "3 validation errors detected: Value 'a b' at 'pipelineName' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9.@\\-_]+; " +
        "Value 'Sideways' at 'transitionType' failed to satisfy constraint: Member must satisfy enum value set: [Inbound, Outbound]; " +
        "Value null at 'reason' failed to satisfy constraint: Member must not be null",
    })
  })

  it('names the place inside of a declaration as AWS does', async () => {
    const pipeline = webShop(role)
    const action = pipeline.stages?.[1]?.actions?.[0]
    if (action) action.runOrder = 1_000
    await expect(cloud.client.send(new CreatePipelineCommand({ pipeline }))).rejects.toMatchObject({
      message:
        "1 validation error detected: Value '1000' at 'pipeline.stages.2.member.actions.1.member.runOrder' failed to satisfy constraint: Member must have value less than or equal to 999",
    })
  })

  it('refuses the characters that a transition’s reason may not have', async () => {
    const request = {
      pipelineName: 'x',
      stageName: 'S',
      transitionType: 'Inbound',
      reason: 'freeze, until Monday',
    } as const
    await expect(cloud.client.send(new DisableStageTransitionCommand(request))).rejects.toThrow(/Member must satisfy/)
  })
})

describe('definitions', () => {
  it('keeps every version, and gives the old ones back', async () => {
    await create('versions')
    const { pipeline } = await cloud.client.send(new GetPipelineCommand({ name: 'versions' }))
    await cloud.client.send(
      new UpdatePipelineCommand({
        pipeline: { ...pipeline, executionMode: 'QUEUED', pipelineType: 'V2' } as PipelineDeclaration,
      }),
    )
    const old = await cloud.client.send(new GetPipelineCommand({ name: 'versions', version: 1 }))
    const now = await cloud.client.send(new GetPipelineCommand({ name: 'versions' }))
    expect([old.pipeline?.executionMode, now.pipeline?.executionMode, now.pipeline?.version]).toEqual([
      'SUPERSEDED',
      'QUEUED',
      2,
    ])
    await expect(cloud.client.send(new GetPipelineCommand({ name: 'versions', version: 3 }))).rejects.toMatchObject({
      name: 'PipelineVersionNotFoundException',
    })
  })

  it('masks a secret, and keeps it when the mask comes back', async () => {
    const hub = webShop(role, { name: 'secret' })
    const source = hub.stages?.[0]?.actions?.[0]
    if (source) {
      source.actionTypeId = { category: 'Source', owner: 'ThirdParty', provider: 'GitHub', version: '1' }
      source.configuration = { Owner: 'o', Repo: 'r', Branch: 'main', OAuthToken: 'gh-secret' }
    }
    await cloud.client.send(new CreatePipelineCommand({ pipeline: hub }))
    const { pipeline } = await cloud.client.send(new GetPipelineCommand({ name: 'secret' }))
    expect(pipeline?.stages?.[0]?.actions?.[0]?.configuration?.OAuthToken).toBe('****')
    await cloud.client.send(new UpdatePipelineCommand({ pipeline }))
    const kept = cloud.database.all<{ declaration: string }>(
      "SELECT declaration FROM pipeline_version WHERE declaration LIKE '%gh-secret%'",
    )
    expect(kept).toHaveLength(2)
    const { actionExecutionDetails = [] } = await cloud.client.send(
      new ListActionExecutionsCommand({ pipelineName: 'secret' }),
    )
    expect(JSON.stringify(actionExecutionDetails)).not.toContain('gh-secret')
    expect(actionExecutionDetails[0]?.output?.executionResult?.errorDetails).toEqual({
      code: 'ConfigurationError',
      message: 'The action type Source/ThirdParty/GitHub/1 is not supported by the local cloud.',
    })
  })

  it('loses a secret whose stage is renamed while its mask comes back', async () => {
    const hub = webShop(role, { name: 'renamed' })
    const [sources] = hub.stages ?? []
    const source = sources?.actions?.[0]
    if (!sources || !source) throw new Error('no source')
    source.actionTypeId = { category: 'Source', owner: 'ThirdParty', provider: 'GitHub', version: '1' }
    source.configuration = { Owner: 'o', Repo: 'r', Branch: 'main', OAuthToken: 'lost-secret' }
    await cloud.client.send(new CreatePipelineCommand({ pipeline: hub }))
    const { pipeline } = await cloud.client.send(new GetPipelineCommand({ name: 'renamed' }))
    if (pipeline?.stages?.[0]) pipeline.stages[0].name = 'Sources'
    await cloud.client.send(new UpdatePipelineCommand({ pipeline }))
    const kept = cloud.database.all<{ version: number }>(
      "SELECT version FROM pipeline_version WHERE declaration LIKE '%lost-secret%'",
    )
    expect(kept).toEqual([{ version: 1 }])
  })

  it('refuses a name that is taken, a role that CodePipeline may not assume, and parts that do not fit', async () => {
    await create('taken')
    await expect(create('taken')).rejects.toMatchObject({ name: 'PipelineNameInUseException' })
    const stranger = cloud.addRole(tooling, 'Stranger', { Service: 'lambda.amazonaws.com' }, everything)
    await expect(create('other', { roleArn: stranger })).rejects.toMatchObject({
      name: 'InvalidStructureException',
      message: expect.stringContaining(
        `CodePipeline is not authorized to perform AssumeRole on role ${stranger}`,
      ) as string,
    })
    await expect(create('short', { stages: webShop(role).stages?.slice(0, 1) })).rejects.toMatchObject({
      name: 'InvalidStructureException',
    })
  })

  it('forgets a deleted pipeline, and minds not deleting it twice', async () => {
    await create('gone')
    await cloud.client.send(new DeletePipelineCommand({ name: 'gone' }))
    await cloud.client.send(new DeletePipelineCommand({ name: 'gone' }))
    await expect(cloud.client.send(new GetPipelineStateCommand({ name: 'gone' }))).rejects.toMatchObject({
      name: 'PipelineNotFoundException',
      message: `Account '${tooling}' does not have a pipeline with name 'gone'`,
    })
    await create('gone')
    expect(await executions('gone')).toHaveLength(1)
  })

  it('keeps regions apart', async () => {
    await create('here')
    const ireland = cloud.clientFor(cloud.ann, 'eu-west-1')
    expect((await ireland.send(new ListPipelinesCommand({}))).pipelines).toEqual([])
  })
})

describe('lists', () => {
  it('pages by tokens that no other request can use', async () => {
    for (const name of ['page-1', 'page-2', 'page-3']) await create(name)
    const first = await cloud.client.send(new ListPipelinesCommand({ maxResults: 1 }))
    const second = await cloud.client.send(new ListPipelinesCommand({ maxResults: 1, nextToken: first.nextToken }))
    expect(second.pipelines?.[0]?.name).not.toBe(first.pipelines?.[0]?.name)
    const list = (nextToken: string | undefined, pipelineName = 'page-1') =>
      cloud.client.send(new ListPipelineExecutionsCommand({ pipelineName, nextToken }))
    await expect(list(first.nextToken)).rejects.toMatchObject({ name: 'InvalidNextTokenException' })
    await expect(list(`x${first.nextToken}`)).rejects.toMatchObject({ name: 'InvalidNextTokenException' })
    await cloud.client.send(new StartPipelineExecutionCommand({ name: 'page-1' }))
    const page = await cloud.client.send(new ListPipelineExecutionsCommand({ pipelineName: 'page-1', maxResults: 1 }))
    expect(page.nextToken).toBeDefined()
    expect((await list(page.nextToken)).pipelineExecutionSummaries).toHaveLength(1)
    await expect(list(page.nextToken, 'page-2')).rejects.toMatchObject({ name: 'InvalidNextTokenException' })
  })

  it('tells what actions and rules there are', async () => {
    const { actionTypes = [] } = await cloud.client.send(
      new ListActionTypesCommand({ actionOwnerFilter: 'ThirdParty' }),
    )
    expect(actionTypes.map(({ id }) => id?.provider)).toEqual(['GitHub', 'Snyk'])
    expect((await cloud.client.send(new ListRuleTypesCommand({}))).ruleTypes).toHaveLength(6)
    expect((await cloud.client.send(new ListWebhooksCommand({}))).webhooks).toEqual([])
  })

  it('keeps tags, and refuses what AWS refuses', async () => {
    await create('tagged')
    const resourceArn = `arn:aws:codepipeline:us-east-1:${tooling}:tagged`
    await cloud.client.send(
      new TagResourceCommand({
        resourceArn,
        tags: [
          { key: 'team', value: 'web' },
          { key: 'x', value: '' },
        ],
      }),
    )
    await cloud.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['x', 'never'] }))
    expect((await cloud.client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual([
      { key: 'team', value: 'web' },
    ])
    const reserved = new TagResourceCommand({ resourceArn, tags: [{ key: 'aws:x', value: '' }] })
    await expect(cloud.client.send(reserved)).rejects.toMatchObject({ name: 'InvalidTagsException' })
    const nowhere = new ListTagsForResourceCommand({ resourceArn: `${resourceArn}s` })
    await expect(cloud.client.send(nowhere)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

describe('permission', () => {
  it('wants approvals on the action, transitions on the stage, reads on the pipeline, and the role to be passed', async () => {
    const only = (Action: string, Resource: string) => ({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: `codepipeline:${Action}`, Resource }],
    })
    await create('guarded')
    const creator = cloud.addUser(tooling, 'creator', only('*', '*'))
    const made = new CreatePipelineCommand({ pipeline: webShop(role, { name: 'unpassed' }) })
    await expect(cloud.clientFor(creator).send(made)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`iam:PassRole on resource: ${role}`) as string,
    })
    const arn = `arn:aws:codepipeline:us-east-1:${tooling}:guarded`
    const reader = cloud.clientFor(cloud.addUser(tooling, 'reader', only('GetPipelineState', arn)))
    await reader.send(new GetPipelineStateCommand({ name: 'guarded' }))
    const gate = { pipelineName: 'guarded', stageName: 'Release', transitionType: 'Inbound' } as const
    const gatekeeper = cloud.clientFor(cloud.addUser(tooling, 'gatekeeper', only('EnableStageTransition', arn)))
    await expect(gatekeeper.send(new EnableStageTransitionCommand(gate))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`${arn}/Release`) as string,
    })
    const approver = cloud.clientFor(
      cloud.addUser(tooling, 'approver', only('PutApprovalResult', `${arn}/Release/Approve`)),
    )
    await expect(
      approver.send(
        new PutApprovalResultCommand({
          pipelineName: 'guarded',
          stageName: 'Release',
          actionName: 'Approve',
          token: nobody,
          result: { status: 'Approved', summary: '' },
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidApprovalTokenException' })
  })
})
