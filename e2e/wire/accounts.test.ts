import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateRoleCommand, IAMClient, ListRolesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Clock, systemClock } from '../../main/base/clock.ts'
import { type CloudUnderTest, localOnly, refusalOf, startCloudUnderTest } from './cloudUnderTest.ts'

let ahead = 0
const clock: Clock = { ...systemClock, now: () => Date.now() + ahead }

let cloud: CloudUnderTest
beforeAll(async () => {
  cloud = await startCloudUnderTest({ clock })
})
afterAll(async () => {
  await cloud.stop()
})

const sts = (of?: Parameters<CloudUnderTest['settings']>[0]) => new STSClient(cloud.settings(of))
const roleIn = (name: string, role: string) => `arn:aws:iam::${cloud.accountNamed(name).id}:role/${role}`

async function assume(client: STSClient, RoleArn: string, more: object = {}) {
  const answer = await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ann', ...more }))
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = answer.Credentials ?? {}
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  return { answer, credentials, Expiration }
}

it('tells a caller who it is', async () => {
  const identity = await sts().send(new GetCallerIdentityCommand({}))
  expect(identity.Account).toBe(cloud.account)
  expect(identity.Arn).toMatch(/^arn:aws:(iam|sts)::\d{12}:/)
})

describe.skipIf(localOnly('it is about the several accounts of the local cloud'))('accounts and regions', () => {
  it('do not see one another’s resources', async () => {
    const logs = (account: string, region: string) => new CloudWatchLogsClient(cloud.settings({ account, region }))
    await logs('tooling', 'us-east-1').send(new CreateLogGroupCommand({ logGroupName: 'ours' }))
    const names = async (account: string, region: string) =>
      (await logs(account, region).send(new DescribeLogGroupsCommand({}))).logGroups?.map(group => group.logGroupName)
    expect(await names('tooling', 'us-east-1')).toEqual(['ours'])
    expect(await names('tooling', 'eu-west-1')).toEqual([])
    expect(await names('staging', 'us-east-1')).toEqual([])
  })

  it('share IAM between regions', async () => {
    const roles = await new IAMClient(cloud.settings({ region: 'eu-west-1' })).send(new ListRolesCommand({}))
    const ownPath = roles.Roles?.filter(({ Path }) => Path === '/').map(({ RoleName }) => RoleName)
    expect(ownPath).toEqual(['Admin', 'Auditor', 'Operator', 'ReleaseManager'])
  })
})

describe.skipIf(localOnly('it is about the several accounts of the local cloud'))('assuming a role', () => {
  it('of another account from the hub gives credentials that work there', async () => {
    const { answer, credentials, Expiration } = await assume(sts(), roleIn('production', 'ReleaseManager'))
    expect(answer.AssumedRoleUser?.Arn).toBe('arn:aws:sts::777788889999:assumed-role/ReleaseManager/ann')
    expect(Expiration?.getTime()).toBeGreaterThan(Date.now() + 3_500_000)
    const identity = await sts({ credentials }).send(new GetCallerIdentityCommand({}))
    expect(identity).toMatchObject({
      Account: '777788889999',
      Arn: 'arn:aws:sts::777788889999:assumed-role/ReleaseManager/ann',
      UserId: expect.stringMatching(/^AROA\w{17}:ann$/),
    })
  })

  it('works through a chain from the hub’s Admin', async () => {
    const hub = await assume(sts(), roleIn('tooling', 'Admin'))
    const { credentials } = await assume(sts({ credentials: hub.credentials }), roleIn('staging', 'Auditor'))
    const identity = await sts({ credentials }).send(new GetCallerIdentityCommand({}))
    expect(identity.Account).toBe('444455556666')
  })

  it('is refused to an account that the role does not trust', async () => {
    const refusal = await refusalOf(assume(sts({ account: 'staging' }), roleIn('tooling', 'Admin')))
    expect(refusal).toMatchObject({
      name: 'AccessDenied',
      status: 403,
      message:
        'User: arn:aws:iam::444455556666:user/administrator is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/Admin',
    })
  })

  it('does not tell whether the role exists', async () => {
    const refusal = await refusalOf(assume(sts(), roleIn('staging', 'NobodyHasThis')))
    expect(refusal).toMatchObject({ name: 'AccessDenied', status: 403 })
  })

  it('does only what the role may, and says what is missing', async () => {
    const { credentials } = await assume(sts(), roleIn('staging', 'Operator'))
    const refusal = await refusalOf(
      new CloudWatchLogsClient(cloud.settings({ credentials })).send(new CreateLogGroupCommand({ logGroupName: 'x' })),
    )
    expect(refusal).toMatchObject({
      name: 'AccessDeniedException',
      status: 400,
      message: expect.stringMatching(
        /^User: arn:aws:sts::444455556666:assumed-role\/Operator\/ann is not authorized to perform: logs:CreateLogGroup on resource: arn:aws:logs:us-east-1:444455556666:log-group:x.* because no identity-based policy allows the logs:CreateLogGroup action$/,
      ),
    })
  })

  it('may be narrowed by a session policy, never widened', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['logs:CreateLogGroup', 'iam:ListRoles'], Resource: '*' }],
    })
    const auditor = await assume(sts(), roleIn('tooling', 'Auditor'), { Policy })
    const iam = new IAMClient(cloud.settings({ credentials: auditor.credentials }))
    await iam.send(new ListRolesCommand({}))
    const logs = new CloudWatchLogsClient(cloud.settings({ credentials: auditor.credentials }))
    const wider = await refusalOf(logs.send(new CreateLogGroupCommand({ logGroupName: 'x' })))
    expect(wider.message).toContain('no identity-based policy')
    const narrower = await refusalOf(logs.send(new DescribeLogGroupsCommand({})))
    expect(narrower.message).toContain('because no session policy allows the logs:DescribeLogGroups action')
  })

  it('asks for an external id where the trust policy does', async () => {
    const iam = new IAMClient(cloud.settings())
    const trust = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: cloud.account },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': 'secret-word' } },
        },
      ],
    }
    await iam.send(new CreateRoleCommand({ RoleName: 'Partner', AssumeRolePolicyDocument: JSON.stringify(trust) }))
    expect((await refusalOf(assume(sts(), roleIn('tooling', 'Partner')))).name).toBe('AccessDenied')
    await assume(sts(), roleIn('tooling', 'Partner'), { ExternalId: 'secret-word' })
  })

  it.each([
    [{ RoleSessionName: 'with space' }, 'roleSessionName'],
    [{ DurationSeconds: 60 }, 'durationSeconds'],
    [{ DurationSeconds: 99_999 }, 'durationSeconds'],
    [{ Policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}' }, 'Effect'],
  ])('with %j is refused', async (more, about) => {
    const refusal = await refusalOf(assume(sts(), roleIn('tooling', 'Auditor'), more))
    expect(refusal.name).toMatch(/^(ValidationError|MalformedPolicyDocument)/)
    expect(refusal.message).toContain(about)
  })

  it('needs a longer maximum than an hour for a longer session', async () => {
    const RoleName = 'Brief'
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
    }
    await new IAMClient(cloud.settings()).send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }),
    )
    const refusal = await refusalOf(assume(sts(), roleIn('tooling', RoleName), { DurationSeconds: 7200 }))
    expect(refusal.message).toContain('exceeds the MaxSessionDuration')
  })
})

describe.skipIf(localOnly('it is about the several accounts of the local cloud'))('temporary credentials', () => {
  it('are refused once they have expired, by every family’s name for it', async () => {
    const { credentials } = await assume(sts(), roleIn('tooling', 'Admin'), { DurationSeconds: 900 })
    ahead = 901_000
    try {
      const settings = { ...cloud.settings({ credentials }), systemClockOffset: ahead }
      const query = await refusalOf(new STSClient(settings).send(new GetCallerIdentityCommand({})))
      expect(query).toMatchObject({ name: expect.stringMatching(/^ExpiredToken/), status: 403 })
      const json = await refusalOf(new CloudWatchLogsClient(settings).send(new DescribeLogGroupsCommand({})))
      expect(json).toMatchObject({ name: 'ExpiredTokenException', status: 400 })
    } finally {
      ahead = 0
    }
  })

  it('do not work without their token', async () => {
    const { credentials } = await assume(sts(), roleIn('tooling', 'Admin'))
    const { sessionToken: _left, ...rest } = credentials
    expect((await refusalOf(sts({ credentials: rest }).send(new GetCallerIdentityCommand({})))).name).toBe(
      'InvalidClientTokenId',
    )
  })

  it('of GetSessionToken stand for the user', async () => {
    const { Credentials } = await sts().send(new GetSessionTokenCommand({}))
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }
    const identity = await sts({ credentials }).send(new GetCallerIdentityCommand({}))
    expect(identity.Arn).toBe('arn:aws:iam::111122223333:user/administrator')
  })
})

describe.skipIf(localOnly('it is about the several accounts of the local cloud'))('a role’s policy', () => {
  it('takes effect with the next call', async () => {
    const iam = new IAMClient(cloud.settings())
    const { credentials } = await assume(sts(), roleIn('tooling', 'Operator'))
    const logs = new CloudWatchLogsClient(cloud.settings({ credentials }))
    const create = (name: string) => logs.send(new CreateLogGroupCommand({ logGroupName: name }))
    expect((await refusalOf(create('later'))).name).toBe('AccessDeniedException')
    const put = (Effect: string) =>
      iam.send(
        new PutRolePolicyCommand({
          RoleName: 'Operator',
          PolicyName: 'Logs',
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect, Action: 'logs:Create*', Resource: 'arn:aws:logs:*:*:*' }],
          }),
        }),
      )
    await put('Allow')
    await create('later')
    await put('Deny')
    expect((await refusalOf(create('again'))).message).toContain('with an explicit deny in an identity-based policy')
  })
})
