import {
  AcknowledgeJobCommand,
  CreateCustomActionTypeCommand,
  type CreateCustomActionTypeInput,
  CreatePipelineCommand,
  DeleteCustomActionTypeCommand,
  ListActionTypesCommand,
  ListTagsForResourceCommand,
  PollForJobsCommand,
  PutJobSuccessResultCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { everything, startCodePipeline, type TestCodePipeline, tooling } from './codepipeline.testing.ts'
import { shipIt, shipping, workshop } from './workers.testing.ts'

let cloud: TestCodePipeline
let work: ReturnType<typeof workshop>
let role: string
beforeAll(async () => {
  cloud = await startCodePipeline()
  work = workshop(cloud)
  role = cloud.addRole(tooling, 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, everything)
  await cloud.s3.send(new CreateBucketCommand({ Bucket: 'artifacts' }))
  cloud.push('Sell hats')
})
afterAll(() => cloud.stop())

const define = (change: Partial<CreateCustomActionTypeInput>) =>
  cloud.client.send(new CreateCustomActionTypeCommand(shipIt(change)))
const remove = (provider: string, version = '1') =>
  cloud.client.send(new DeleteCustomActionTypeCommand({ category: 'Deploy', provider, version }))
const listed = async (client = cloud.client) =>
  ((await client.send(new ListActionTypesCommand({ actionOwnerFilter: 'Custom' }))).actionTypes ?? []).map(
    ({ id }) => `${id?.category}/${id?.provider}/${id?.version}`,
  )
const property = { name: 'A', required: true, key: true, secret: false }

/** A sentence, or what one must look like. */
const said = (message: string | RegExp): unknown =>
  typeof message === 'string' ? message : expect.stringMatching(message)

describe('custom action types', () => {
  it('are listed for their account and region, with what they were made of', async () => {
    const { actionType, tags } = await define({ tags: [{ key: 'team', value: 'web' }] })
    expect(tags).toEqual([{ key: 'team', value: 'web' }])
    const { category: _c, provider: _p, version: _v, configurationProperties, ...rest } = shipIt()
    expect(actionType).toEqual({
      ...rest,
      id: { category: 'Deploy', owner: 'Custom', provider: 'ShipIt', version: '1' },
      actionConfigurationProperties: configurationProperties,
    })
    expect(await listed()).toContain('Deploy/ShipIt/1')
    expect(await listed(cloud.clientFor(cloud.pat))).toEqual([])
    expect(await listed(cloud.clientFor(cloud.ann, 'eu-west-1'))).toEqual([])
    const { actionTypes = [] } = await cloud.client.send(new ListActionTypesCommand({}))
    expect(actionTypes).toContainEqual(actionType)
    expect(actionTypes.some(({ id }) => id?.owner === 'AWS')).toBe(true)
  })

  it('have tags of their own', async () => {
    await define({ provider: 'Tagged' })
    const resourceArn = `arn:aws:codepipeline:us-east-1:${tooling}:actiontype:Custom/Deploy/Tagged/1`
    await cloud.client.send(
      new TagResourceCommand({
        resourceArn,
        tags: [
          { key: 'b', value: '2' },
          { key: 'a', value: '1' },
        ],
      }),
    )
    await cloud.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['b'] }))
    const { tags } = await cloud.client.send(new ListTagsForResourceCommand({ resourceArn }))
    expect(tags).toEqual([{ key: 'a', value: '1' }])
  })

  it('are no longer there once deleted; the version can be restored, and never be another', async () => {
    await define({ provider: 'Old' })
    await remove('Old')
    await remove('Old')
    expect(await listed()).not.toContain('Deploy/Old/1')
    const actionTypeId = { ...work.actionTypeId, provider: 'Old' }
    await expect(cloud.client.send(new PollForJobsCommand({ actionTypeId }))).rejects.toMatchObject({
      name: 'ActionTypeNotFoundException',
    })
    await expect(define({ provider: 'Old', configurationProperties: [], settings: {} })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The custom action type Deploy/Old/1 was deleted: use another version, or the definition that it had',
    })
    await define({ provider: 'Old' })
    expect(await listed()).toContain('Deploy/Old/1')
    await expect(define({ provider: 'Old' })).rejects.toMatchObject({
      message: 'The custom action type Deploy/Old/1 already exists',
    })
  })

  it('fail an action that comes to run after its type was deleted', async () => {
    await define({ provider: 'Gone' })
    const pipeline = shipping(role, 'gone', 'gone')
    const action = pipeline.stages?.[1]?.actions?.[0]
    if (action?.actionTypeId) action.actionTypeId.provider = 'Gone'
    await cloud.client.send(new CreatePipelineCommand({ pipeline }))
    const actionTypeId = { ...work.actionTypeId, provider: 'Gone' }
    const job = await vi.waitUntil(async () => {
      const { jobs } = await cloud.client.send(new PollForJobsCommand({ actionTypeId, queryParam: { Target: 'gone' } }))
      return jobs?.[0]
    })
    await cloud.client.send(new AcknowledgeJobCommand({ jobId: job.id, nonce: job.nonce }))
    await remove('Gone')
    await cloud.client.send(new PutJobSuccessResultCommand({ jobId: job.id }))
    expect((await work.state('gone'))?.latestExecution?.status).toBe('Succeeded')
    cloud.push('Sell shoes')
    const failed = await vi.waitUntil(async () => {
      const found = (await work.state('gone'))?.latestExecution
      return found?.status === 'Failed' ? found : undefined
    })
    expect(failed.errorDetails).toEqual({
      code: 'ConfigurationError',
      message: 'The custom action type Deploy/Gone/1 does not exist or was deleted.',
    })
    await expect(
      cloud.client.send(new CreatePipelineCommand({ pipeline: { ...pipeline, name: 'gone-too' } })),
    ).rejects.toMatchObject({
      name: 'InvalidActionDeclarationException',
      message:
        "ActionType (Category: 'Deploy', Provider: 'Gone', Owner: 'Custom', Version: '1') in action 'Ship' is not available in region US_EAST_1",
    })
  })

  it.each<[Partial<CreateCustomActionTypeInput>, string | RegExp]>([
    [
      { inputArtifactDetails: { minimumCount: 2, maximumCount: 1 } },
      'minimumCount must not be greater than maximumCount',
    ],
    [
      { inputArtifactDetails: { minimumCount: 0, maximumCount: 6 } },
      "1 validation error detected: Value '6' at 'inputArtifactDetails.maximumCount' failed to satisfy constraint: Member must have value less than or equal to 5",
    ],
    [
      {
        configurationProperties: [
          { ...property, queryable: true },
          { ...property, name: 'B', queryable: true },
        ],
        settings: {},
      },
      'An action type can have no more than one queryable property',
    ],
    [
      { configurationProperties: [{ ...property, queryable: true, secret: true }], settings: {} },
      'The queryable property A must be required and must not be secret',
    ],
    [
      { configurationProperties: [property, property], settings: {} },
      'The names of configuration properties must be unique',
    ],
    [
      { configurationProperties: Array.from({ length: 11 }, (_, i) => ({ ...property, name: `P${i}` })), settings: {} },
      /at 'configurationProperties' failed to satisfy constraint: Member must have length less than or equal to 10$/,
    ],
    [
      { settings: { entityUrlTemplate: 'https://x/{Config:Password}' } },
      'A URL template uses {Config:Password}, which is no required property without a secret',
    ],
    [
      { provider: 'Ship It' },
      /at 'provider' failed to satisfy constraint: Member must satisfy regular expression pattern: \[0-9A-Za-z_-\]\+$/,
    ],
    [
      { version: '1234567890' },
      /at 'version' failed to satisfy constraint: Member must have length less than or equal to 9$/,
    ],
    [
      { category: 'Party' as 'Deploy' },
      "1 validation error detected: Value 'Party' at 'category' failed to satisfy constraint: Member must satisfy enum value set: [Source, Build, Deploy, Test, Invoke, Approval, Compute]",
    ],
  ])('refuse %o', async (change, message) => {
    await expect(define({ provider: 'Bad', ...change })).rejects.toMatchObject({
      name: 'ValidationException',
      message: said(message),
    })
  })

  it('refuse tags that start with aws:', async () => {
    await expect(define({ provider: 'Bad', tags: [{ key: 'aws:x', value: '1' }] })).rejects.toMatchObject({
      name: 'InvalidTagsException',
    })
  })

  it('are no more than fifty', async () => {
    const elsewhere = cloud.clientFor(cloud.ann, 'eu-west-1')
    for (let i = 0; i < 50; i++) await elsewhere.send(new CreateCustomActionTypeCommand(shipIt({ provider: `P${i}` })))
    await expect(elsewhere.send(new CreateCustomActionTypeCommand(shipIt()))).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'The account has reached the limit of 50 custom action types',
    })
  })
})

describe('declarations with custom actions', () => {
  const withConfiguration = (configuration: Record<string, string>) => {
    const pipeline = shipping(role, 'declared', 'x')
    const action = pipeline.stages?.[1]?.actions?.[0]
    if (action) action.configuration = configuration
    return cloud.client.send(new CreatePipelineCommand({ pipeline }))
  }
  it.each<[Record<string, string>, string]>([
    [{ Target: 'x' }, "Action configuration for action 'Ship' is missing required configuration 'Password'"],
    [
      { Target: 'x', Password: 'y', Colour: 'red' },
      "Action configuration for action 'Ship' contains unknown configuration 'Colour'",
    ],
    [
      { Target: 'a target of its own', Password: 'y' },
      "Action configuration for action 'Ship' has value 'a target of its own' for the queryable 'Target', which should have up to 20 letters, digits, underscores and hyphens",
    ],
  ])('refuse %o', async (configuration, message) => {
    await expect(withConfiguration(configuration)).rejects.toMatchObject({
      name: 'InvalidActionDeclarationException',
      message,
    })
  })
})
