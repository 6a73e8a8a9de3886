import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { CodePipelineClient, CreatePipelineCommand, ListPipelinesCommand } from '@aws-sdk/client-codepipeline'
import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  paginateListAccounts,
} from '@aws-sdk/client-sso'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localOnly, refusalOf } from './cloudUnderTest.ts'
import { startSignInUnderTest } from './signInUnderTest.ts'

const [tooling, staging, production] = ['111122223333', '444455556666', '777788889999'] as const

// A person signs in on the page: at AWS, nobody would be there to.
describe.skipIf(localOnly('it signs in as people of the local cloud'))('the portal of the local cloud', () => {
  let on: Awaited<ReturnType<typeof startSignInUnderTest>>
  beforeAll(async () => {
    on = await startSignInUnderTest()
  })
  afterAll(() => on.stop())

  it('lists accounts and roles page by page', async () => {
    const { accessToken } = await on.tokensFor()
    const pages: string[][] = []
    for await (const { accountList = [] } of paginateListAccounts({ client: on.sso, pageSize: 2 }, { accessToken })) {
      pages.push(
        accountList.map(({ accountName, accountId, emailAddress }) => `${accountName} ${accountId} ${emailAddress}`),
      )
    }
    expect(pages).toEqual([
      [`tooling ${tooling} tooling@example.com`, `staging ${staging} staging@example.com`],
      [`production ${production} production@example.com`],
    ])
    const { roleList } = await on.sso.send(new ListAccountRolesCommand({ accessToken, accountId: staging }))
    expect(roleList).toEqual(
      ['Admin', 'Auditor', 'Operator', 'ReleaseManager'].map(roleName => ({ roleName, accountId: staging })),
    )
    const first = await on.sso.send(new ListAccountsCommand({ accessToken, maxResults: 1 }))
    const { nextToken = '' } = first
    const foreign = on.sso.send(new ListAccountRolesCommand({ accessToken, accountId: staging, nextToken }))
    expect(await refusalOf(foreign)).toMatchObject({ name: 'InvalidRequestException', status: 400 })
    const none = on.sso.send(new ListAccountsCommand({ accessToken, maxResults: 0 }))
    expect(await refusalOf(none)).toMatchObject({ name: 'InvalidRequestException' })
  })

  it('refuses a token that never was', async () => {
    const made = on.sso.send(new ListAccountsCommand({ accessToken: 'made up' }))
    expect(await refusalOf(made)).toMatchObject({
      name: 'UnauthorizedException',
      message: 'Session token not found or invalid',
      status: 401,
    })
  })

  it('gives credentials under the person’s own name, with what the permission set allows and no more', async () => {
    const { accessToken } = await on.tokensFor()
    const become = async (accountId: string, roleName: string) => {
      const { roleCredentials } = await on.sso.send(new GetRoleCredentialsCommand({ accessToken, accountId, roleName }))
      const { accessKeyId = '', secretAccessKey = '', sessionToken = '', expiration = 0 } = roleCredentials ?? {}
      return {
        expiration,
        settings: { ...on.cloud.settings({ credentials: { accessKeyId, secretAccessKey, sessionToken } }) },
      }
    }
    for (const account of [tooling, staging, production]) {
      const { settings, expiration } = await become(account, 'Auditor')
      expect(Math.round((expiration - Date.now()) / 3_600_000)).toBe(8)
      const sts = new STSClient(settings)
      const { Arn = '', Account } = await sts.send(new GetCallerIdentityCommand({}))
      expect(Account).toBe(account)
      expect(Arn).toMatch(
        new RegExp(`^arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Auditor_[0-9a-f]{16}/administrator$`),
      )
      const pipelines = new CodePipelineClient(settings)
      expect(await pipelines.send(new ListPipelinesCommand({}))).toHaveProperty('pipelines')
      const made = pipelines.send(new CreatePipelineCommand({ pipeline: { name: 'p', roleArn: 'r', stages: [] } }))
      const { name, message } = await refusalOf(made)
      expect([name, message]).toEqual([
        'AccessDeniedException',
        expect.stringContaining(`User: ${Arn} is not authorized to perform: codepipeline:CreatePipeline`),
      ])
      const trail = new CloudTrailClient({
        ...on.cloud.settings({ account: on.cloud.local().accounts.find(({ id }) => id === account)?.name ?? '' }),
      })
      const seen = await trail.send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'CreatePipeline' }],
        }),
      )
      expect(seen.Events?.[0]).toMatchObject({ Username: 'administrator' })
      expect(JSON.parse(seen.Events?.[0]?.CloudTrailEvent ?? '{}').userIdentity).toMatchObject({
        type: 'AssumedRole',
        arn: Arn,
      })
      for (const client of [sts, pipelines, trail]) client.destroy()
    }
    const absent = new GetRoleCredentialsCommand({ accessToken, accountId: tooling, roleName: 'Owner' })
    expect(await refusalOf(on.sso.send(absent))).toMatchObject({
      name: 'ForbiddenException',
      message: 'No access',
      status: 403,
    })
  })

  it('lets the first account’s Admin become the roles of every other account', async () => {
    const { accessToken } = await on.tokensFor()
    const { roleCredentials } = await on.sso.send(
      new GetRoleCredentialsCommand({ accessToken, accountId: tooling, roleName: 'Admin' }),
    )
    const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = roleCredentials ?? {}
    const sts = new STSClient(on.cloud.settings({ credentials: { accessKeyId, secretAccessKey, sessionToken } }))
    const assume = (account: string, role: string) =>
      sts.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${role}`, RoleSessionName: 'hub' }))
    expect(await assume(production, 'ReleaseManager')).toHaveProperty('Credentials')
    expect(await refusalOf(assume(production, 'OrganizationAccountAccessRole'))).toMatchObject({ status: 403 })
    sts.destroy()
  })
})
