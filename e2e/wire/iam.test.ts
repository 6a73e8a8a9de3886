import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedRolePoliciesCommand,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  paginateListRoles,
  SimulatePrincipalPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CloudUnderTest, localOnly, refusalOf, startCloudUnderTest, target } from './cloudUnderTest.ts'

let cloud: CloudUnderTest
let iam: IAMClient
beforeAll(async () => {
  cloud = await startCloudUnderTest()
  iam = new IAMClient(cloud.settings())
})
afterAll(async () => {
  await cloud.stop()
})

const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
const trust = document({
  Effect: 'Allow',
  Principal: { Service: 'codepipeline.amazonaws.com' },
  Action: 'sts:AssumeRole',
})
const mayListRoles = document({ Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' })

describe('a role', () => {
  const RoleName = `wire-${Date.now()}`

  it('is created, read, listed, changed and deleted', async () => {
    const created = await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, Description: 'a & <b>', Path: '/wire/' }),
    )
    expect(created.Role).toMatchObject({
      RoleName,
      Path: '/wire/',
      Arn: `arn:aws:iam::${cloud.account}:role/wire/${RoleName}`,
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      CreateDate: expect.any(Date),
    })
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }))
    expect(Role?.Description).toBe('a & <b>')
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust)
    const listed = await iam.send(new ListRolesCommand({ PathPrefix: '/wire/' }))
    expect(listed.Roles?.map(role => role.RoleName)).toContain(RoleName)

    const other = trust.replace('codepipeline', 'codebuild')
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: other }))
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'Inline', PolicyDocument: mayListRoles }))
    const inline = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'Inline' }))
    expect(decodeURIComponent(inline.PolicyDocument ?? '')).toBe(mayListRoles)
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(['Inline'])

    const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
    const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))
    expect(attached.AttachedPolicies).toEqual([{ PolicyArn, PolicyName: 'ReadOnlyAccess' }])

    expect((await refusalOf(iam.send(new DeleteRoleCommand({ RoleName })))).name).toMatch(/^DeleteConflict/)
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }))
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'Inline' }))
    await iam.send(new DeleteRoleCommand({ RoleName }))
    expect(await refusalOf(iam.send(new GetRoleCommand({ RoleName })))).toMatchObject({
      name: 'NoSuchEntityException',
      status: 404,
      message: `The role with name ${RoleName} cannot be found.`,
    })
  })

  it.each([
    [{ RoleName: 'Admin', AssumeRolePolicyDocument: trust }, 'EntityAlreadyExistsException'],
    [{ RoleName: 'a b', AssumeRolePolicyDocument: trust }, 'ValidationError'],
    [{ RoleName: 'x'.repeat(65), AssumeRolePolicyDocument: trust }, 'ValidationError'],
    [{ RoleName: 'x', AssumeRolePolicyDocument: '{}' }, 'MalformedPolicyDocumentException'],
    [{ RoleName: 'x', AssumeRolePolicyDocument: mayListRoles }, 'MalformedPolicyDocumentException'],
    [{ RoleName: 'x', AssumeRolePolicyDocument: trust, Path: 'no-slash' }, 'ValidationError'],
    [{ RoleName: 'x', AssumeRolePolicyDocument: trust, MaxSessionDuration: 60 }, 'ValidationError'],
  ])('%j is refused as %s', async (input, name) => {
    if (target === 'aws' && name === 'EntityAlreadyExistsException') return
    expect((await refusalOf(iam.send(new CreateRoleCommand(input)))).name).toBe(name)
  })

  it.skipIf(localOnly('it makes users and policies with fixed names'))('is asked for by its path', async () => {
    const UserName = 'path-keeper'
    await iam.send(new CreateRoleCommand({ RoleName: 'Deep', AssumeRolePolicyDocument: trust, Path: '/team/' }))
    await iam.send(new CreateUserCommand({ UserName }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
    const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
    const PolicyDocument = document({ Effect: 'Allow', Action: 'iam:Get*', Resource: 'arn:aws:iam::*:role/team/*' })
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'Team', PolicyDocument }))
    const own = new IAMClient(cloud.settings({ credentials }))
    expect((await own.send(new GetRoleCommand({ RoleName: 'Deep' }))).Role?.Path).toBe('/team/')
    expect((await refusalOf(own.send(new GetRoleCommand({ RoleName: 'Admin' })))).name).toBe('AccessDenied')
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: credentials.accessKeyId }))
    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'Team' }))
    await iam.send(new DeleteUserCommand({ UserName }))
    await iam.send(new DeleteRoleCommand({ RoleName: 'Deep' }))
  })

  it.skipIf(localOnly('it makes users and policies with fixed names'))('is listed page by page', async () => {
    const names: (string | undefined)[] = []
    let pages = 0
    for await (const page of paginateListRoles({ client: iam, pageSize: 3 }, {})) {
      pages++
      names.push(...(page.Roles ?? []).map(role => role.RoleName))
    }
    const permissionSets = ['Admin', 'Auditor', 'Operator', 'ReleaseManager']
    expect(names.map(name => name?.replace(/_[0-9a-f]{16}$/, ''))).toEqual([
      ...permissionSets.map(name => `AWSReservedSSO_${name}`),
      ...permissionSets,
    ])
    expect(pages).toBe(3)
  })
})

describe.skipIf(localOnly('it makes users and policies with fixed names'))('a user', () => {
  it('gets keys that work until they are deleted, and may what its policy says', async () => {
    const UserName = 'ann'
    await iam.send(new CreateUserCommand({ UserName }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    }
    const sts = new STSClient(cloud.settings({ credentials }))
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe('arn:aws:iam::111122223333:user/ann')
    const own = new IAMClient(cloud.settings({ credentials }))
    expect(await refusalOf(own.send(new ListRolesCommand({})))).toMatchObject({
      name: 'AccessDenied',
      status: 403,
      message:
        'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: iam:ListRoles on resource: * because no identity-based policy allows the iam:ListRoles action',
    })
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'List', PolicyDocument: mayListRoles }))
    expect((await own.send(new ListRolesCommand({}))).Roles).toHaveLength(8)
    const keys = await iam.send(new ListAccessKeysCommand({ UserName }))
    expect(keys.AccessKeyMetadata?.[0]).toMatchObject({
      UserName,
      AccessKeyId: credentials.accessKeyId,
      Status: 'Active',
    })
    await iam.send(new CreateAccessKeyCommand({ UserName }))
    expect((await refusalOf(iam.send(new CreateAccessKeyCommand({ UserName })))).name).toMatch(/^LimitExceeded/)
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: credentials.accessKeyId }))
    expect((await refusalOf(sts.send(new GetCallerIdentityCommand({})))).name).toBe('InvalidClientTokenId')
    expect((await refusalOf(iam.send(new DeleteUserCommand({ UserName })))).name).toMatch(/^DeleteConflict/)
    expect((await iam.send(new ListUsersCommand({}))).Users?.map(user => user.UserName)).toEqual([
      'administrator',
      'ann',
    ])
  })

  it('without a name is the caller', async () => {
    expect((await iam.send(new GetUserCommand({}))).User?.UserName).toBe('administrator')
  })
})

describe.skipIf(localOnly('it makes users and policies with fixed names'))('a managed policy', () => {
  it('is created, read, listed and deleted', async () => {
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'Listing', PolicyDocument: mayListRoles }))
    const PolicyArn = Policy?.Arn ?? ''
    expect(PolicyArn).toBe('arn:aws:iam::111122223333:policy/Listing')
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(mayListRoles)
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'Auditor', PolicyArn }))
    expect((await refusalOf(iam.send(new DeletePolicyCommand({ PolicyArn })))).name).toMatch(/^DeleteConflict/)
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'Auditor', PolicyArn }))
    await iam.send(new DeletePolicyCommand({ PolicyArn }))
    const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))
    expect(Policies?.map(policy => policy.PolicyName)).not.toContain('Listing')
  })
})

describe.skipIf(localOnly('it makes users and policies with fixed names'))('the desk’s roles', () => {
  const pipeline = 'arn:aws:codepipeline:us-east-1:111122223333:web-shop'
  const simulate = async (role: string, action: string, ...resources: string[]) => {
    const answer = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::111122223333:role/${role}`,
        ActionNames: [action],
        ...(resources.length > 0 && { ResourceArns: resources }),
      }),
    )
    return answer.EvaluationResults?.map(result => result.EvalDecision)
  }

  it.each([
    // action, resource, ReleaseManager, Operator, Auditor, Admin
    ['codepipeline:ListPipelines', '*', 'yyyy'],
    ['codepipeline:GetPipelineState', pipeline, 'yyyy'],
    ['codepipeline:StartPipelineExecution', pipeline, 'yyny'],
    ['codepipeline:StopPipelineExecution', pipeline, 'yyny'],
    ['codepipeline:RetryStageExecution', `${pipeline}/Build`, 'yyny'],
    ['codepipeline:RollbackStage', `${pipeline}/Production`, 'yyny'],
    ['codepipeline:DisableStageTransition', `${pipeline}/Production`, 'yyny'],
    ['codepipeline:PutApprovalResult', `${pipeline}/Production/Approve`, 'ynny'],
    ['codepipeline:UpdatePipeline', pipeline, 'nnny'],
    ['codepipeline:DeletePipeline', pipeline, 'nnny'],
    ['codebuild:BatchGetBuilds', 'arn:aws:codebuild:us-east-1:111122223333:project/unit', 'yyyy'],
    ['logs:GetLogEvents', 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/codebuild/unit:log-stream:a', 'yyyy'],
    ['logs:GetLogEvents', 'arn:aws:logs:us-east-1:111122223333:log-group:/secret:log-stream:a', 'nnny'],
    ['cloudtrail:LookupEvents', '*', 'ynyy'],
    ['iam:SimulatePrincipalPolicy', 'arn:aws:iam::111122223333:role/Build', 'ynyy'],
    ['sts:AssumeRole', 'arn:aws:iam::444455556666:role/Admin', 'nnny'],
    ['iam:CreateUser', 'arn:aws:iam::111122223333:user/x', 'nnnn'],
  ])('may %s on %s: %s', async (action, resource, expected) => {
    const decisions = await Promise.all(
      ['ReleaseManager', 'Operator', 'Auditor', 'Admin'].map(role => simulate(role, action, resource)),
    )
    expect(
      decisions
        .flat()
        .map(decision => (decision === 'allowed' ? 'y' : 'n'))
        .join(''),
    ).toBe(expected)
  })

  it('let roles be passed only to the services that run pipelines', async () => {
    const passing = (to: string) =>
      iam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: 'arn:aws:iam::111122223333:role/Admin',
          ActionNames: ['iam:PassRole'],
          ResourceArns: ['arn:aws:iam::111122223333:role/Build'],
          ContextEntries: [{ ContextKeyName: 'iam:PassedToService', ContextKeyValues: [to], ContextKeyType: 'string' }],
        }),
      )
    expect((await passing('codebuild.amazonaws.com')).EvaluationResults?.[0]?.EvalDecision).toBe('allowed')
    expect((await passing('ec2.amazonaws.com')).EvaluationResults?.[0]?.EvalDecision).toBe('implicitDeny')
  })
})
