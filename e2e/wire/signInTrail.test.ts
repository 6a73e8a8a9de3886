import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  LogoutCommand,
} from '@aws-sdk/client-sso'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { localOnly, refusalOf } from './cloudUnderTest.ts'
import { signInBrowser } from './signInBrowser.ts'
import { deviceGrant, startSignInUnderTest } from './signInUnderTest.ts'

const [tooling, staging] = ['111122223333', '444455556666'] as const

describe.skipIf(localOnly('it signs in as people of the local cloud'))('the event history of sign-ins', () => {
  let on: Awaited<ReturnType<typeof startSignInUnderTest>>
  beforeAll(async () => {
    on = await startSignInUnderTest()
  })
  afterAll(() => on.stop())

  /** Oldest first. */
  const history = async (account: string) => {
    const trail = new CloudTrailClient(on.cloud.settings({ account }))
    // Two lookups a second, and no more.
    const { Events = [] } = await vi.waitUntil(() => trail.send(new LookupEventsCommand({})).catch(() => undefined), {
      timeout: 10_000,
      interval: 300,
    })
    trail.destroy()
    return Events.map(event => ({ ...event, record: JSON.parse(event.CloudTrailEvent ?? '{}') })).toReversed()
  }
  const ofSignIn = /^(signin|sso)\.amazonaws\.com$/
  const person = {
    type: 'IdentityCenterUser',
    accountId: tooling,
    onBehalfOf: {
      userId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      identityStoreArn: expect.stringMatching(
        new RegExp(`^arn:aws:identitystore::${tooling}:identitystore/d-[0-9a-f]{10}$`),
      ),
    },
    credentialId: expect.any(String),
  }

  it('tell who signed in and which role they took where, with no token in them', async () => {
    const { accessToken, refreshToken } = await on.tokensFor()
    await on.sso.send(new ListAccountsCommand({ accessToken }))
    await on.sso.send(new ListAccountRolesCommand({ accessToken, accountId: staging }))
    const become = (roleName: string) =>
      on.sso.send(new GetRoleCredentialsCommand({ accessToken, accountId: staging, roleName }))
    const { roleCredentials } = await become('Auditor')
    await refusalOf(become('Owner'))
    await on.sso.send(new LogoutCommand({ accessToken }))
    const all = await history('tooling')
    const records = all.map(({ record }) => record).filter(({ eventSource }) => ofSignIn.test(eventSource))
    expect(
      records.map(({ eventSource, eventName, readOnly, eventType, errorCode, serviceEventDetails }) =>
        [eventSource, eventName, readOnly, eventType, errorCode, serviceEventDetails].filter(one => one !== undefined),
      ),
    ).toEqual([
      ['signin.amazonaws.com', 'CredentialChallenge', false, 'AwsServiceEvent', { CredentialChallenge: 'Success' }],
      [
        'signin.amazonaws.com',
        'CredentialVerification',
        false,
        'AwsServiceEvent',
        { CredentialVerification: 'Success' },
      ],
      ['signin.amazonaws.com', 'UserAuthentication', false, 'AwsServiceEvent', { UserAuthentication: 'Success' }],
      ['sso.amazonaws.com', 'CreateToken', false, 'AwsApiCall'],
      ['sso.amazonaws.com', 'ListAccounts', true, 'AwsServiceEvent'],
      ['sso.amazonaws.com', 'ListAccountRoles', true, 'AwsServiceEvent', { account_id: staging }],
      [
        'sso.amazonaws.com',
        'GetRoleCredentials',
        true,
        'AwsServiceEvent',
        { role_name: 'Auditor', account_id: staging },
      ],
      [
        'sso.amazonaws.com',
        'GetRoleCredentials',
        true,
        'AwsServiceEvent',
        'ForbiddenException',
        { role_name: 'Owner', account_id: staging },
      ],
      ['sso.amazonaws.com', 'Logout', false, 'AwsServiceEvent'],
    ])
    for (const { userIdentity } of records) expect(userIdentity).toEqual(person)
    // One person, whatever they did.
    expect(new Set(records.map(({ userIdentity }) => JSON.stringify(userIdentity.onBehalfOf))).size).toBe(1)
    const [challenge, verification, authentication, token] = records
    const { AuthWorkflowID } = challenge.additionalEventData
    expect(challenge.additionalEventData).toEqual({
      AuthWorkflowID,
      CredentialType: 'PASSWORD',
      UserName: 'administrator',
    })
    expect(verification.additionalEventData).toEqual({ AuthWorkflowID, CredentialType: 'PASSWORD' })
    expect(authentication.additionalEventData).toEqual({
      AuthWorkflowID,
      CredentialType: 'PASSWORD',
      LoginTo: on.startUrl,
    })
    expect(token).toMatchObject({
      requestParameters: { clientSecret: 'HIDDEN_DUE_TO_SECURITY_REASONS', grantType: 'authorization_code' },
      responseElements: {
        accessToken: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        refreshToken: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        tokenType: 'Bearer',
      },
    })
    const there = await history('staging')
    const taken = there.find(({ EventName }) => EventName === 'AssumeRoleWithSAML')
    expect(taken).toMatchObject({ Username: 'administrator', EventSource: 'sts.amazonaws.com', ReadOnly: 'true' })
    expect(taken?.record).toMatchObject({
      userIdentity: { type: 'SAMLUser', userName: 'administrator' },
      requestParameters: {
        roleSessionName: 'administrator',
        roleArn: expect.stringMatching(/role\/aws-reserved\/sso.amazonaws.com\/AWSReservedSSO_Auditor_[0-9a-f]{16}$/),
        durationSeconds: 8 * 3600,
      },
      responseElements: { credentials: { accessKeyId: roleCredentials?.accessKeyId } },
      recipientAccountId: staging,
    })
    const told = JSON.stringify([all, there])
    for (const secret of [accessToken, refreshToken, roleCredentials?.secretAccessKey, roleCredentials?.sessionToken]) {
      expect(secret).toBeTruthy()
      expect(told).not.toContain(secret)
    }
  })

  it('tell of a wrong password, but not of what may have been one typed as a name', async () => {
    const attempt = async (user: string) => {
      const browser = signInBrowser()
      await browser.submit(await browser.visit(on.startUrl), '/start/sign-in', { user, password: 'guessed' })
    }
    await attempt('administrator')
    await attempt('hunter2-typed-too-early')
    const all = await history('tooling')
    const failed = all
      .map(({ record }) => record)
      .filter(({ serviceEventDetails }) => serviceEventDetails?.CredentialVerification === 'Failure')
    expect(failed.map(({ userIdentity }) => userIdentity)).toEqual([
      { ...person, credentialId: undefined },
      { type: 'Unknown', accountId: tooling },
    ])
    const challenges = all.map(({ record }) => record).filter(({ eventName }) => eventName === 'CredentialChallenge')
    expect(challenges.slice(-2).map(({ additionalEventData }) => additionalEventData.UserName)).toEqual([
      'administrator',
      'HIDDEN_DUE_TO_SECURITY_REASONS',
    ])
    expect(JSON.stringify(all)).not.toContain('hunter2')
  })

  it('tell nothing of those whom no account knows: a dead token, a device that waits', async () => {
    const before = (await history('tooling')).length
    await refusalOf(on.sso.send(new ListAccountsCommand({ accessToken: 'made up' })))
    const client = await on.register()
    expect(await on.refusedToken(client, { grantType: deviceGrant, deviceCode: 'made up' })).toContain('400')
    const since = (await history('tooling')).slice(before)
    expect(since.map(({ EventName }) => EventName).filter(name => name !== 'LookupEvents')).toEqual([])
  })
})
