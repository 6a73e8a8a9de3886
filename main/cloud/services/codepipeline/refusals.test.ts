import * as api from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everything, startCodePipeline, type TestCodePipeline, tooling, webShop } from './codepipeline.testing.ts'

/**
 * What each operation says of what is not there, is one too many, or comes at the wrong time: the errors that the model
 * names for it (fact sheet, sections 2, 3 and 11.1), each with status 400.
 */
let cloud: TestCodePipeline
let role: string
const none = '00000000-0000-4000-8000-000000000000'

beforeAll(async () => {
  cloud = await startCodePipeline()
  role = cloud.addRole(tooling, 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, everything)
  for (const Bucket of ['artifacts', 'site']) await cloud.s3.send(new CreateBucketCommand({ Bucket }))
  cloud.push('Sell hats')
  await create('shop')
})
afterAll(() => cloud.stop())

type Command = Parameters<api.CodePipelineClient['send']>[0]
async function refusalOf(command: unknown, client = cloud.client): Promise<string> {
  try {
    await client.send(command as Command)
    return 'not refused'
  } catch (error) {
    if (!(error instanceof api.CodePipelineServiceException)) throw error
    return `${error.$metadata.httpStatusCode} ${error.name}`
  }
}
const create = (name: string, change: Partial<api.PipelineDeclaration> = {}, tags?: api.Tag[]) =>
  cloud.client.send(new api.CreatePipelineCommand({ pipeline: webShop(role, { name, ...change }), tags }))

const approved = { summary: '', status: 'Approved' } as const
const revision = { revisionId: 'r', revisionChangeId: 'c', created: new Date(0) }
/** Each operation on a pipeline, with where to find it. */
const on = (pipelineName: string, stageName = 'Release', actionName = 'Approve') => {
  const [name, pipelineExecutionId] = [pipelineName, none]
  const place = { pipelineName, stageName, actionName }
  return {
    GetPipeline: new api.GetPipelineCommand({ name }),
    GetPipelineState: new api.GetPipelineStateCommand({ name }),
    GetPipelineExecution: new api.GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId }),
    ListActionExecutions: new api.ListActionExecutionsCommand({ pipelineName, filter: { pipelineExecutionId } }),
    ListRuleExecutions: new api.ListRuleExecutionsCommand({ pipelineName, filter: { pipelineExecutionId } }),
    ListPipelineExecutions: new api.ListPipelineExecutionsCommand({ pipelineName }),
    StartPipelineExecution: new api.StartPipelineExecutionCommand({ name }),
    StopPipelineExecution: new api.StopPipelineExecutionCommand({ pipelineName, pipelineExecutionId }),
    RetryStageExecution: new api.RetryStageExecutionCommand({
      ...place,
      pipelineExecutionId,
      retryMode: 'ALL_ACTIONS',
    }),
    RollbackStage: new api.RollbackStageCommand({ ...place, targetPipelineExecutionId: none }),
    OverrideStageCondition: new api.OverrideStageConditionCommand({
      ...place,
      pipelineExecutionId,
      conditionType: 'ON_SUCCESS',
    }),
    EnableStageTransition: new api.EnableStageTransitionCommand({ ...place, transitionType: 'Inbound' }),
    DisableStageTransition: new api.DisableStageTransitionCommand({
      ...place,
      transitionType: 'Inbound',
      reason: 'freeze',
    }),
    PutApprovalResult: new api.PutApprovalResultCommand({ ...place, token: none, result: approved }),
    PutActionRevision: new api.PutActionRevisionCommand({ ...place, actionRevision: revision }),
    UpdatePipeline: new api.UpdatePipelineCommand({ pipeline: webShop(role, { name }) }),
    PutWebhook: new api.PutWebhookCommand({
      webhook: {
        name: 'hook',
        targetPipeline: name,
        targetAction: 'Checkout',
        filters: [],
        authentication: 'UNAUTHENTICATED',
        authenticationConfiguration: {},
      },
    }),
  }
}
type Name = keyof ReturnType<typeof on>
const everyName = Object.keys(on('shop')) as Name[]

describe('a pipeline that is not there', () => {
  it.each(everyName)('%s', async name => {
    expect(await refusalOf(on('nowhere')[name])).toBe('400 PipelineNotFoundException')
  })

  it('is no error to delete, nor is a webhook or a custom action type', async () => {
    const custom = { category: 'Deploy', provider: 'None', version: '1' } as const
    for (const command of [
      new api.DeletePipelineCommand({ name: 'nowhere' }),
      new api.DeleteWebhookCommand({ name: 'nowhere' }),
      new api.DeleteCustomActionTypeCommand(custom),
    ])
      expect(await refusalOf(command)).toBe('not refused')
  })
})

describe('a stage, action or execution that is not there', () => {
  it.each<Name>([
    'RetryStageExecution',
    'OverrideStageCondition',
    'EnableStageTransition',
    'DisableStageTransition',
    'PutApprovalResult',
    'PutActionRevision',
    'RollbackStage',
  ])('%s in no such stage', async name => {
    expect(await refusalOf(on('shop', 'Nowhere')[name])).toBe('400 StageNotFoundException')
  })

  it.each<Name>(['PutApprovalResult', 'PutActionRevision'])('%s for no such action', async name => {
    expect(await refusalOf(on('shop', 'Release', 'Nobody')[name])).toBe('400 ActionNotFoundException')
  })

  it.each<[Name, string]>([
    ['GetPipelineExecution', 'PipelineExecutionNotFoundException'],
    ['ListActionExecutions', 'PipelineExecutionNotFoundException'],
    ['ListRuleExecutions', 'PipelineExecutionNotFoundException'],
    ['RollbackStage', 'PipelineExecutionNotFoundException'],
    ['StopPipelineExecution', 'PipelineExecutionNotStoppableException'],
    // Their models name no PipelineExecutionNotFoundException.
    ['RetryStageExecution', 'NotLatestPipelineExecutionException'],
    ['OverrideStageCondition', 'NotLatestPipelineExecutionException'],
    ['PutApprovalResult', 'InvalidApprovalTokenException'],
  ])('%s of no such execution', async (name, error) => {
    expect(await refusalOf(on('shop')[name])).toBe(`400 ${error}`)
  })

  it('a version, an id in a deployment, a job, a webhook, an action type, a resource', async () => {
    const type = { category: 'Deploy', owner: 'Custom', provider: 'None', version: '1' } as const
    const arn = (end: string) => `arn:aws:codepipeline:us-east-1:${tooling}:${end}`
    const failureDetails = { type: 'JobFailed', message: 'x' } as const
    const said: [object, string][] = [
      [new api.GetPipelineCommand({ name: 'shop', version: 9 }), 'PipelineVersionNotFoundException'],
      [
        new api.ListDeployActionExecutionTargetsCommand({ actionExecutionId: none }),
        'ActionExecutionNotFoundException',
      ],
      [new api.GetJobDetailsCommand({ jobId: none }), 'JobNotFoundException'],
      [new api.AcknowledgeJobCommand({ jobId: none, nonce: 'x' }), 'JobNotFoundException'],
      [new api.PutJobSuccessResultCommand({ jobId: none }), 'JobNotFoundException'],
      [new api.PutJobFailureResultCommand({ jobId: none, failureDetails }), 'JobNotFoundException'],
      [new api.PollForJobsCommand({ actionTypeId: type }), 'ActionTypeNotFoundException'],
      [new api.RegisterWebhookWithThirdPartyCommand({ webhookName: 'none' }), 'WebhookNotFoundException'],
      [new api.DeregisterWebhookWithThirdPartyCommand({ webhookName: 'none' }), 'WebhookNotFoundException'],
      [new api.ListTagsForResourceCommand({ resourceArn: arn('none') }), 'ResourceNotFoundException'],
      [new api.TagResourceCommand({ resourceArn: arn('webhook:none'), tags: [] }), 'ResourceNotFoundException'],
      [
        new api.UntagResourceCommand({ resourceArn: arn('actiontype:Custom/Deploy/None/1'), tagKeys: [] }),
        'ResourceNotFoundException',
      ],
      [new api.ListTagsForResourceCommand({ resourceArn: arn('a:') }), 'InvalidArnException'],
    ]
    for (const [command, error] of said) expect(await refusalOf(command)).toBe(`400 ${error}`)
  })
})

describe('a page that nobody was given a token for', () => {
  const nextToken = 'bm8gdG9rZW4'
  it.each<[string, () => object]>([
    ['ListPipelines', () => new api.ListPipelinesCommand({ nextToken })],
    ['ListPipelineExecutions', () => new api.ListPipelineExecutionsCommand({ pipelineName: 'shop', nextToken })],
    ['ListActionExecutions', () => new api.ListActionExecutionsCommand({ pipelineName: 'shop', nextToken })],
    ['ListRuleExecutions', () => new api.ListRuleExecutionsCommand({ pipelineName: 'shop', nextToken })],
    ['ListActionTypes', () => new api.ListActionTypesCommand({ nextToken })],
    ['ListWebhooks', () => new api.ListWebhooksCommand({ NextToken: nextToken })],
    [
      'ListTagsForResource',
      () =>
        new api.ListTagsForResourceCommand({
          resourceArn: `arn:aws:codepipeline:us-east-1:${tooling}:shop`,
          nextToken,
        }),
    ],
  ])('of %s', async (_name, command) => {
    expect(await refusalOf(command())).toBe('400 InvalidNextTokenException')
  })
})

describe('one too many', () => {
  it('is the second value of a variable, and the second revision of a source', async () => {
    await create('varied', { pipelineType: 'V2', variables: [{ name: 'Colour', defaultValue: 'red' }] })
    const start = (rest: Partial<api.StartPipelineExecutionInput>) =>
      refusalOf(new api.StartPipelineExecutionCommand({ name: 'varied', ...rest }))
    const colour = (value: string) => ({ name: 'Colour', value })
    expect(await start({ variables: [colour('blue')] })).toBe('not refused')
    expect(await start({ variables: [colour('blue'), colour('green')] })).toBe('400 ValidationException')
    const pin = { actionName: 'Checkout', revisionType: 'COMMIT_ID', revisionValue: 'c'.repeat(40) } as const
    expect(await start({ sourceRevisions: [pin, pin] })).toBe('400 ValidationException')
  })

  const tags = (n: number) => Array.from({ length: n }, (_, i) => ({ key: `k${i}`, value: '' }))

  it('is the fifty-first tag, at creation and later', async () => {
    const resourceArn = `arn:aws:codepipeline:us-east-1:${tooling}:shop`
    const pipeline = webShop(role, { name: 'tagged' })
    expect(await refusalOf(new api.CreatePipelineCommand({ pipeline, tags: tags(51) }))).toBe(
      '400 TooManyTagsException',
    )
    await cloud.client.send(new api.TagResourceCommand({ resourceArn, tags: tags(50) }))
    await cloud.client.send(new api.TagResourceCommand({ resourceArn, tags: [{ key: 'k0', value: 'again' }] }))
    const more = [{ key: 'more', value: '' }]
    expect(await refusalOf(new api.TagResourceCommand({ resourceArn, tags: more }))).toBe('400 TooManyTagsException')
    const twice = [...more, ...more]
    expect(await refusalOf(new api.TagResourceCommand({ resourceArn, tags: twice }))).toBe('400 InvalidTagsException')
  })

  it('is the thousand and first pipeline of an account in a region', async () => {
    const pipeline = webShop(role, { name: 'one-more' })
    const insert = (n: number) =>
      cloud.database.run(
        `INSERT INTO pipeline (account, region, name, version, created, updated) VALUES ('${tooling}', 'eu-west-1', ?, 1, 0, 0)`,
        `p${n}`,
      )
    for (let n = 0; n < 1_000; n++) insert(n)
    const ireland = cloud.clientFor(cloud.ann, 'eu-west-1')
    expect(await refusalOf(new api.CreatePipelineCommand({ pipeline }), ireland)).toBe('400 LimitExceededException')
    cloud.database.run("DELETE FROM pipeline WHERE region = 'eu-west-1'")
  })

  it('is the three hundred and first pipeline that polls its source', async () => {
    const shop = webShop(role, { name: 'one-more' })
    const polling = JSON.stringify(shop)
    const insert = (n: number) => {
      const { lastInsertRowid } = cloud.database.run(
        `INSERT INTO pipeline (account, region, name, version, created, updated) VALUES ('${tooling}', 'eu-west-1', ?, 1, 0, 0)`,
        `p${n}`,
      )
      cloud.database.run(
        "INSERT INTO pipeline_version (pipeline, version, declaration, at, by) VALUES (?, 1, ?, 0, '')",
        lastInsertRowid,
        polling,
      )
    }
    for (let n = 0; n < 300; n++) insert(n)
    const ireland = cloud.clientFor(cloud.ann, 'eu-west-1')
    const create = (pipeline: api.PipelineDeclaration) =>
      refusalOf(new api.CreatePipelineCommand({ pipeline }), ireland)
    expect(await create(shop)).toBe('400 LimitExceededException')
    const told: api.PipelineDeclaration = {
      ...shop,
      stages: shop.stages?.map(stage => ({
        ...stage,
        actions: stage.actions?.map(action =>
          action.actionTypeId?.category === 'Source'
            ? { ...action, configuration: { ...action.configuration, PollForSourceChanges: 'false' } }
            : action,
        ),
      })),
    }
    expect(await create(told)).toBe('not refused')
    expect(await refusalOf(new api.UpdatePipelineCommand({ pipeline: shop }), ireland)).toBe(
      '400 LimitExceededException',
    )
    await ireland.send(new api.DeletePipelineCommand({ name: 'one-more' }))
    cloud.database.run("DELETE FROM pipeline WHERE region = 'eu-west-1'")
  })

  it('is the three hundred and first webhook of an account in a region', async () => {
    const put = (name: string) =>
      new api.PutWebhookCommand({
        webhook: {
          name,
          targetPipeline: 'shop',
          targetAction: 'Checkout',
          filters: [],
          authentication: 'UNAUTHENTICATED',
          authenticationConfiguration: {},
        },
      })
    for (let n = 0; n < 300; n++) await cloud.client.send(put(`hook-${n}`))
    expect(await refusalOf(put('one-more'))).toBe('400 LimitExceededException')
    expect(await refusalOf(put('hook-0'))).toBe('not refused')
  })

  it.each(['QUEUED', 'PARALLEL'] as const)('is the fifty-first execution at once in %s mode', async executionMode => {
    const name = `full-${executionMode.toLowerCase()}`
    await create(name, { pipelineType: 'V2', executionMode })
    const start = new api.StartPipelineExecutionCommand({ name })
    for (let n = 1; n < 50; n++) expect(await refusalOf(start)).toBe('not refused')
    expect(await refusalOf(start)).toBe('400 ConcurrentPipelineExecutionsLimitExceededException')
    expect(await refusalOf(on(name, 'Source', 'Checkout').PutActionRevision)).toBe(
      '400 ConcurrentPipelineExecutionsLimitExceededException',
    )
  })
})

describe('a declaration that does not fit together', () => {
  const change = (edit: (stages: api.StageDeclaration[]) => void) => {
    const pipeline = webShop(role, { name: 'unfit' })
    edit(pipeline.stages ?? [])
    return pipeline
  }
  const fits: [string, () => api.PipelineDeclaration][] = [
    ['InvalidStructureException', () => change(stages => stages.pop())],
    ['InvalidStageDeclarationException', () => change(stages => stages.push({ name: 'Empty', actions: [] }))],
    [
      'InvalidActionDeclarationException',
      () =>
        change(stages => {
          const action = stages[1]?.actions?.[0]
          if (action) action.configuration = {}
        }),
    ],
    [
      'InvalidBlockerDeclarationException',
      () => change(stages => Object.assign(stages[1] ?? {}, { blockers: [{ name: 'b', type: 'Schedule' }] })),
    ],
  ]
  it.each(fits)('is refused with %s, made or changed', async (error, pipeline) => {
    expect(await refusalOf(new api.CreatePipelineCommand({ pipeline: pipeline() }))).toBe(`400 ${error}`)
    const changed = { ...pipeline(), name: 'shop' }
    expect(await refusalOf(new api.UpdatePipelineCommand({ pipeline: changed }))).toBe(`400 ${error}`)
  })
})
