import { describe, expect, it } from 'vitest'
import { TrailEvent } from './trailEvent.ts'
import { isOpen, throughAssumer, whoOf, whoOfArn } from './who.ts'

const account = '111122223333'
const event = (userIdentity: object | null, more: object = {}) =>
  TrailEvent.parse({
    eventID: 'e',
    eventTime: '2026-03-01T10:00:00Z',
    eventSource: 'codepipeline.amazonaws.com',
    eventName: 'UpdatePipeline',
    awsRegion: 'us-east-1',
    userIdentity,
    ...more,
  })
const session = (role: string, name: string, context: object = {}) => ({
  type: 'AssumedRole',
  arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
  sessionContext: {
    sessionIssuer: { type: 'Role', userName: role, arn: `arn:aws:iam::${account}:role/${role}` },
    ...context,
  },
})

describe('who made a call', () => {
  it.each([
    [
      'an SSO session',
      session('AWSReservedSSO_Ops_0123456789abcdef', 'Ann@Corp.example'),
      {},
      'person',
      'ann@corp.example',
      true,
    ],
    [
      'an IAM user',
      { type: 'IAMUser', userName: 'ben', arn: `arn:aws:iam::${account}:user/ben` },
      {},
      'person',
      'ben',
      true,
    ],
    ['the root user', { type: 'Root', accountId: account }, {}, 'person', `root of ${account}`, true],
    ['a session that a person named', session('Deployer', 'dana.brandt'), {}, 'person', 'dana.brandt', false],
    [
      'a source identity, whatever the session is called',
      session('Deployer', 'x', { sourceIdentity: 'dana' }),
      {},
      'person',
      'dana',
      true,
    ],
    [
      'a session that an SDK named',
      session('Deployer', 'botocore-session-1700000000'),
      {},
      'unknown',
      'Deployer',
      undefined,
    ],
    ['a CI job', session('Deployer', 'GitHubActions'), {}, 'automation', 'githubactions', undefined],
    [
      'an event rule',
      session('StartPipeline', 'a0b1'),
      { sourceIPAddress: 'events.amazonaws.com' },
      'automation',
      'events.amazonaws.com',
      undefined,
    ],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'codepipeline.amazonaws.com' },
      {},
      'automation',
      'codepipeline.amazonaws.com',
      undefined,
    ],
    [
      'a web identity',
      { type: 'WebIdentityUser', userName: 'repo:corp/shop', identityProvider: 'token.actions' },
      {},
      'automation',
      'repo:corp/shop',
      undefined,
    ],
    ['nobody that is named', null, {}, 'unknown', 'unknown', undefined],
  ])('is %s', (_, identity, more, kind, name, certain) => {
    expect(whoOf(event(identity, more))).toMatchObject({ kind, name, ...(certain !== undefined && { certain }) })
  })

  it('stays a person’s where a person signed in lets CloudFormation call', () => {
    const identity = session('AWSReservedSSO_Ops_0123456789abcdef', 'ann@corp.example')
    expect(whoOf(event(identity, { sourceIPAddress: 'cloudformation.amazonaws.com' }))).toMatchObject({
      kind: 'person',
    })
  })

  it('is read from the ARNs that CodePipeline gives', () => {
    expect(whoOfArn(`arn:aws:iam::${account}:user/path/ben`)).toMatchObject({ kind: 'person', name: 'ben' })
    expect(whoOfArn(`arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Ops_0123456789abcdef/ann`)).toMatchObject({
      kind: 'person',
      name: 'ann',
      certain: true,
    })
    expect(whoOfArn('events.amazonaws.com')).toMatchObject({ kind: 'automation' })
  })

  it('is whoever assumed the role where the session’s name says nothing', () => {
    const assumer = whoOf(event({ type: 'IAMUser', userName: 'ben' }))
    const nameless = whoOf(event(session('Deployer', 'botocore-session-1')))
    expect(isOpen(nameless)).toBe(true)
    expect(throughAssumer(nameless, 'Deployer', assumer)).toMatchObject({
      kind: 'person',
      name: 'ben',
      how: 'role Deployer, assumed by IAM user ben',
    })
    const named = whoOf(event(session('Deployer', 'dana')))
    expect(throughAssumer(named, 'Deployer', assumer)).toMatchObject({ name: 'dana', certain: false })
  })
})
