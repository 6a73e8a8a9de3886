import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createAwsCli, hasAwsCli } from './awsCli.ts'
import { type CloudUnderTest, startCloudUnderTest } from './cloudUnderTest.ts'

let cloud: CloudUnderTest
beforeAll(async () => {
  cloud = await startCloudUnderTest()
})
afterAll(async () => {
  await cloud.stop()
})

const aws = createAwsCli(() => cloud)
const Assumed = z.object({
  Credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() }),
})

describe.skipIf(!hasAwsCli)('the AWS CLI', () => {
  it('knows itself by its profile, and becomes a role of another account by another', async () => {
    expect(await aws('staging', 'sts', 'get-caller-identity')).toMatchObject({ Account: '444455556666' })
    expect(await aws('production-auditor', 'sts', 'get-caller-identity')).toMatchObject({
      Account: '777788889999',
      Arn: expect.stringMatching(/:assumed-role\/Auditor\//),
    })
  })

  it('assumes a role across accounts, and calls as that role', async () => {
    const words = [
      'sts',
      'assume-role',
      '--role-arn',
      'arn:aws:iam::777788889999:role/Operator',
      '--role-session-name',
      'ann',
    ]
    const assumed = await aws('tooling', ...words)
    expect(assumed).toMatchObject({
      Credentials: { AccessKeyId: expect.stringMatching(/^ASIA/), Expiration: expect.stringMatching(/Z$|\+00:00$/) },
      AssumedRoleUser: { Arn: 'arn:aws:sts::777788889999:assumed-role/Operator/ann' },
    })
    const { Credentials } = Assumed.parse(assumed)
    const who = {
      AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials.SessionToken,
      AWS_ENDPOINT_URL: cloud.local().endpoint,
      AWS_DEFAULT_REGION: 'us-east-1',
    }
    expect(await aws.with(who, 'codepipeline', 'list-pipelines')).toEqual({ pipelines: [] })
    expect(await aws.refused('staging', ...words)).toContain('(AccessDenied) when calling the AssumeRole operation')
  })

  it('works with roles and their policies', async () => {
    const trust =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"codebuild.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
    await aws('tooling', 'iam', 'create-role', '--role-name', 'Build', '--assume-role-policy-document', trust)
    // botocore decodes the document: what comes back is the object.
    expect(await aws('tooling', 'iam', 'get-role', '--role-name', 'Build')).toMatchObject({
      Role: { RoleName: 'Build', AssumeRolePolicyDocument: JSON.parse(trust) },
    })
    const roles = await aws('tooling', 'iam', 'list-roles', '--page-size', '2', '--query', 'Roles[].RoleName')
    const own = z
      .array(z.string())
      .parse(roles)
      .filter(role => !role.startsWith('AWSReservedSSO_'))
    expect(own).toEqual(['Admin', 'Auditor', 'Build', 'Operator', 'ReleaseManager'])
    expect(await aws.refused('tooling', 'iam', 'get-role', '--role-name', 'Nobody')).toContain(
      'An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name Nobody cannot be found.',
    )
  })

  it('speaks JSON services too, and is told what a role lacks', async () => {
    await aws('tooling', 'logs', 'create-log-group', '--log-group-name', '/aws/codebuild/x')
    expect(await aws('tooling-auditor', 'logs', 'describe-log-groups', '--query', 'logGroups[].logGroupName')).toEqual([
      '/aws/codebuild/x',
    ])
    expect(
      await aws.refused('tooling-auditor', 'logs', 'delete-log-group', '--log-group-name', '/aws/codebuild/x'),
    ).toMatch(/\(AccessDeniedException\).*no identity-based policy allows the logs:DeleteLogGroup action/)
  })
})
