import { createHmac } from 'node:crypto'
import {
  CreatePipelineCommand,
  DeleteWebhookCommand,
  DeregisterWebhookWithThirdPartyCommand,
  ListPipelineExecutionsCommand,
  ListTagsForResourceCommand,
  ListWebhooksCommand,
  PutWebhookCommand,
  paginateListWebhooks,
  RegisterWebhookWithThirdPartyCommand,
  TagResourceCommand,
  type WebhookDefinition,
} from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { everything, startCodePipeline, type TestCodePipeline, tooling, webShop } from './codepipeline.testing.ts'

let cloud: TestCodePipeline
beforeAll(async () => {
  cloud = await startCodePipeline()
  const role = cloud.addRole(tooling, 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, everything)
  await cloud.s3.send(new CreateBucketCommand({ Bucket: 'artifacts' }))
  cloud.push('Sell hats')
  await cloud.client.send(new CreatePipelineCommand({ pipeline: webShop(role) }))
})
afterAll(() => cloud.stop())

const secret = 'a-token-of-its-own'
const github = (name: string, change: Partial<WebhookDefinition> = {}): WebhookDefinition => ({
  name,
  targetPipeline: 'shop',
  targetAction: 'Checkout',
  filters: [{ jsonPath: '$.ref', matchEquals: 'refs/heads/{BranchName}' }],
  authentication: 'GITHUB_HMAC',
  authenticationConfiguration: { SecretToken: secret },
  ...change,
})
const put = async (name: string, change?: Partial<WebhookDefinition>, tags?: { key: string; value: string }[]) => {
  const { webhook } = await cloud.client.send(new PutWebhookCommand({ webhook: github(name, change), tags }))
  if (!webhook?.url) throw new Error('the webhook has no URL')
  return { ...webhook, url: webhook.url }
}
const open = { authentication: 'UNAUTHENTICATED', authenticationConfiguration: {} } as const
const list = async () => (await cloud.client.send(new ListWebhooksCommand({}))).webhooks ?? []
const listed = async (name: string) => (await list()).find(({ definition }) => definition?.name === name)
const sign = (algorithm: 'sha1' | 'sha256', body: string, key = secret) =>
  `${algorithm}=${createHmac(algorithm, key).update(body).digest('hex')}`
const deliver = async (url: string, body: string, headers: Record<string, string> = {}) =>
  (await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })).status
const triggers = async () => {
  const { pipelineExecutionSummaries = [] } = await cloud.client.send(
    new ListPipelineExecutionsCommand({ pipelineName: 'shop' }),
  )
  return pipelineExecutionSummaries.map(({ trigger }) => trigger)
}
const push = JSON.stringify({ ref: 'refs/heads/main' })

describe('webhooks', () => {
  it('start their pipeline where the payload is signed and passes the filters', async () => {
    const { url, arn } = await put('signed')
    expect(arn).toBe(`arn:aws:codepipeline:us-east-1:${tooling}:webhook:signed`)
    const before = (await triggers()).length
    expect(await deliver(url, push, { 'x-hub-signature-256': sign('sha256', push) })).toBe(200)
    expect(await deliver(url, push, { 'x-hub-signature': sign('sha1', push) })).toBe(200)
    const after = await triggers()
    expect(after).toHaveLength(before + 2)
    expect(after[0]).toEqual({ triggerType: 'Webhook', triggerDetail: arn })
    expect((await listed('signed'))?.lastTriggered).toBeInstanceOf(Date)
  })

  it('start nothing for whoever cannot sign, nor for what the filters do not pass', async () => {
    const { url } = await put('guarded')
    const before = (await triggers()).length
    const other = JSON.stringify({ ref: 'refs/heads/topic' })
    expect(await deliver(url, push)).toBe(403)
    expect(await deliver(url, push, { 'x-hub-signature': sign('sha1', push, 'guess') })).toBe(403)
    // The stronger signature counts: a right weak one beside it is no help.
    const both = { 'x-hub-signature': sign('sha1', push), 'x-hub-signature-256': sign('sha256', push, 'guess') }
    expect(await deliver(url, push, both)).toBe(403)
    expect(await deliver(url, `${push} `, { 'x-hub-signature-256': sign('sha256', push) })).toBe(403)
    expect(await deliver(url, other, { 'x-hub-signature-256': sign('sha256', other) })).toBe(200)
    expect(await deliver(url, 'no json', { 'x-hub-signature-256': sign('sha256', 'no json') })).toBe(400)
    expect((await fetch(url)).status).toBe(405)
    expect(await deliver(`${url.split('?')[0]}?t=guess`, push)).toBe(404)
    expect(await triggers()).toHaveLength(before)
    expect((await listed('guarded'))?.lastTriggered).toBeUndefined()
  })

  it('take who comes from the allowed range of addresses only', async () => {
    const near = await put('near', {
      authentication: 'IP',
      authenticationConfiguration: { AllowedIPRange: '127.0.0.0/8' },
    })
    const far = await put('far', {
      authentication: 'IP',
      authenticationConfiguration: { AllowedIPRange: '10.0.0.0/8' },
    })
    expect(await deliver(near.url, push)).toBe(200)
    expect(await deliver(far.url, push)).toBe(403)
  })

  it('read a payload that comes as a form too', async () => {
    const { url } = await put('form', open)
    const before = (await triggers()).length
    const body = new URLSearchParams({ payload: push }).toString()
    expect(await deliver(url, body, { 'content-type': 'application/x-www-form-urlencoded' })).toBe(200)
    expect(await triggers()).toHaveLength(before + 1)
  })

  it('keep their URL when they are changed, and get another when they are made again', async () => {
    const { url } = await put('moving', open)
    expect((await put('moving', { ...open, filters: [] })).url).toBe(url)
    await cloud.client.send(new DeleteWebhookCommand({ name: 'moving' }))
    await cloud.client.send(new DeleteWebhookCommand({ name: 'moving' }))
    expect(await deliver(url, push)).toBe(404)
    expect(await listed('moving')).toBeUndefined()
    expect((await put('moving', open)).url).not.toBe(url)
  })

  it('show their secret to nobody, and keep it when asterisks come back', async () => {
    const made = await put('secret')
    expect(made.definition?.authenticationConfiguration).toEqual({ SecretToken: '****' })
    expect(JSON.stringify(await list())).not.toContain(secret)
    await cloud.client.send(new PutWebhookCommand({ webhook: made.definition }))
    expect(await deliver(made.url, push, { 'x-hub-signature-256': sign('sha256', push) })).toBe(200)
  })

  it('survive a restart', async () => {
    const { url } = await put('lasting', open)
    await cloud.restart()
    expect(await deliver(url, push)).toBe(200)
  })

  it('have tags', async () => {
    const { arn: resourceArn } = await put('tagged', open, [{ key: 'team', value: 'web' }])
    expect((await listed('tagged'))?.tags).toEqual([{ key: 'team', value: 'web' }])
    await cloud.client.send(new TagResourceCommand({ resourceArn, tags: [{ key: 'cost', value: '7' }] }))
    await put('tagged', open)
    const { tags } = await cloud.client.send(new ListTagsForResourceCommand({ resourceArn }))
    expect(tags).toEqual([
      { key: 'cost', value: '7' },
      { key: 'team', value: 'web' },
    ])
  })

  it('are listed by page', async () => {
    const names: (string | undefined)[] = []
    for await (const page of paginateListWebhooks({ client: cloud.client, pageSize: 2 }, {})) {
      expect(page.webhooks?.length).toBeLessThanOrEqual(2)
      names.push(...(page.webhooks ?? []).map(({ definition }) => definition?.name))
    }
    expect(names).toEqual((await list()).map(({ definition }) => definition?.name))
    await expect(cloud.client.send(new ListWebhooksCommand({ NextToken: 'x' }))).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    })
    await expect(cloud.client.send(new ListWebhooksCommand({ MaxResults: 0 }))).rejects.toMatchObject({
      message:
        "1 validation error detected: Value '0' at 'MaxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
    })
  })

  it('say that they are registered nowhere, until that is taken back', async () => {
    await put('registered', open)
    const webhookName = 'registered'
    await cloud.client.send(new RegisterWebhookWithThirdPartyCommand({ webhookName }))
    expect(await listed(webhookName)).toMatchObject({ errorCode: 'ThirdPartyNotReachable' })
    await cloud.client.send(new DeregisterWebhookWithThirdPartyCommand({ webhookName }))
    expect((await listed(webhookName))?.errorCode).toBeUndefined()
    const missing = { name: 'WebhookNotFoundException', message: 'The webhook none cannot be found' }
    for (const command of [
      new RegisterWebhookWithThirdPartyCommand({ webhookName: 'none' }),
      new DeregisterWebhookWithThirdPartyCommand({ webhookName: 'none' }),
    ]) {
      await expect(cloud.client.send(command)).rejects.toMatchObject(missing)
    }
  })
})

describe('PutWebhook refuses', () => {
  const filters = (jsonPath: string, matchEquals = 'x') => ({ filters: [{ jsonPath, matchEquals }] })
  const parameters = 'InvalidWebhookAuthenticationParametersException'
  it.each<[Partial<WebhookDefinition>, string, string]>([
    [{ authenticationConfiguration: {} }, parameters, 'For GITHUB_HMAC, only the SecretToken property must be set'],
    [
      { authenticationConfiguration: { SecretToken: 's', AllowedIPRange: '10.0.0.0/8' } },
      parameters,
      'For GITHUB_HMAC, only the SecretToken property must be set',
    ],
    [{ authentication: 'IP' }, parameters, 'For IP, only the AllowedIPRange property must be set'],
    [
      { authentication: 'IP', authenticationConfiguration: { AllowedIPRange: '10.0.0.0/33' } },
      parameters,
      'AllowedIPRange 10.0.0.0/33 is not a valid CIDR range',
    ],
    [{ authentication: 'UNAUTHENTICATED' }, parameters, 'For UNAUTHENTICATED, no properties can be set'],
    [filters('ref'), 'InvalidWebhookFilterPatternException', 'ref is not a valid JsonPath expression'],
    [
      filters('$.ref', '{Branch}'),
      'InvalidWebhookFilterPatternException',
      'The placeholder {Branch} is no configuration property of action Checkout',
    ],
    [
      { targetPipeline: 'none' },
      'PipelineNotFoundException',
      `Account '${tooling}' does not have a pipeline with name 'none'`,
    ],
    [
      { targetAction: 'Deploy' },
      'ValidationException',
      'Target action Deploy is not in the first stage of pipeline shop',
    ],
    [
      { filters: Array.from({ length: 6 }, () => ({ jsonPath: '$.ref' })) },
      'ValidationException',
      `1 validation error detected: Value '${JSON.stringify(Array.from({ length: 6 }, () => ({ jsonPath: '$.ref' })))}' at 'webhook.filters' failed to satisfy constraint: Member must have length less than or equal to 5`,
    ],
    [
      { authentication: 'MAGIC' as 'IP' },
      'ValidationException',
      "1 validation error detected: Value 'MAGIC' at 'webhook.authentication' failed to satisfy constraint: Member must satisfy enum value set: [GITHUB_HMAC, IP, UNAUTHENTICATED]",
    ],
  ])('%o', async (change, name, message) => {
    await expect(put('refused', change)).rejects.toMatchObject({ name, message })
    expect(await vi.waitFor(() => listed('refused'))).toBeUndefined()
  })
})
