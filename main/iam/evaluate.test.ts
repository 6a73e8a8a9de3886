import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contextOf } from './conditions.ts'
import { evaluate, type Policies, type Request, type Source } from './evaluate.ts'
import { denialSentence } from './explain.ts'
import { type PolicyKind, parsePolicy } from './policy.ts'

const account = '111122223333'
const role = `arn:aws:iam::${account}:role/Build`
const session = `arn:aws:sts::${account}:assumed-role/Build/ann`
const pipeline = `arn:aws:codepipeline:us-east-1:${account}:web-shop`

const policy = (kind: Source['kind'], ...statements: object[]): Source => ({
  kind,
  name: kind,
  policy: parsePolicy(
    JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    (kind === 'resource' ? 'resource' : 'identity') satisfies PolicyKind,
  ),
})
const allow = (more: object = {}) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more })
const deny = (more: object = {}) => ({ Effect: 'Deny', Action: '*', Resource: '*', ...more })
const request = (more: Partial<Request> = {}): Request => ({
  principal: { kind: 'aws', account, arn: role, sessionArn: session },
  action: 'codepipeline:GetPipeline',
  resource: pipeline,
  resourceAccount: account,
  context: contextOf({ 'aws:username': 'ann' }),
  ...more,
})
const decide = (policies: Partial<Policies>, more: Partial<Request> = {}) =>
  evaluate(request(more), { identity: [], ...policies }).kind

describe('without a resource policy', () => {
  it('nothing is allowed that no policy allows', () => {
    expect(decide({})).toBe('implicitDeny')
    expect(decide({ identity: [policy('identity', allow({ Action: 's3:*' }))] })).toBe('implicitDeny')
  })

  it('an allow is enough, and a deny anywhere wins over it', () => {
    expect(decide({ identity: [policy('identity', allow())] })).toBe('allow')
    expect(decide({ identity: [policy('identity', allow()), policy('identity', deny())] })).toBe('explicitDeny')
  })

  it.each([
    ['codepipeline:getpipeline', pipeline, 'allow'],
    ['codepipeline:Get*', `arn:aws:codepipeline:*:*:web-*`, 'allow'],
    ['codepipeline:GetPipelin?', `arn:aws:codepipeline:us-*-1:${account}:web-shop`, 'allow'],
    ['codepipeline:GetPipeline', `${pipeline}/*`, 'implicitDeny'],
    ['codepipeline:GetPipeline', 'arn:aws:codepipeline:*:::web-shop', 'implicitDeny'],
    ['codepipeline:List*', '*', 'implicitDeny'],
  ])('%s on %s: %s', (Action, Resource, expected) => {
    expect(decide({ identity: [policy('identity', allow({ Action, Resource }))] })).toBe(expected)
  })

  it('NotAction and NotResource stand for everything else', () => {
    const but = (more: object) => decide({ identity: [policy('identity', { Effect: 'Allow', ...more })] })
    expect(but({ NotAction: 'iam:*', Resource: '*' })).toBe('allow')
    expect(but({ NotAction: 'codepipeline:*', Resource: '*' })).toBe('implicitDeny')
    expect(but({ Action: '*', NotResource: 'arn:aws:s3:::*' })).toBe('allow')
    expect(but({ Action: '*', NotResource: pipeline })).toBe('implicitDeny')
  })

  it('a variable in a resource is filled from the request, and without a value matches nothing', () => {
    const Resource = ['arn:aws:codepipeline:us-east-1:', ':', '{aws:username}-*']
      .join('$')
      .replace(':$:$', `:${account}:$`)
    const own = { identity: [policy('identity', allow({ Resource }))] }
    expect(decide(own, { resource: `arn:aws:codepipeline:us-east-1:${account}:ann-site` })).toBe('allow')
    expect(decide(own, { resource: `arn:aws:codepipeline:us-east-1:${account}:bob-site` })).toBe('implicitDeny')
    expect(decide(own, { resource: `arn:aws:codepipeline:us-east-1:${account}:-x`, context: contextOf({}) })).toBe(
      'implicitDeny',
    )
  })
})

describe('with a resource policy', () => {
  const grant = (AWS: string | string[]) => policy('resource', allow({ Principal: { AWS } }))

  it('at home a grant to the caller is enough, a grant to the account is not', () => {
    expect(decide({ resource: grant(role) })).toBe('allow')
    expect(decide({ resource: grant(session) })).toBe('allow')
    expect(decide({ resource: grant('*') })).toBe('allow')
    expect(decide({ resource: grant(`arn:aws:iam::${account}:root`) })).toBe('implicitDeny')
    expect(decide({ resource: grant(account), identity: [policy('identity', allow())] })).toBe('allow')
  })

  it('from another account both sides must allow', () => {
    const foreign = { resourceAccount: '444455556666' }
    expect(decide({ identity: [policy('identity', allow())] }, foreign)).toBe('implicitDeny')
    expect(decide({ resource: grant(role) }, foreign)).toBe('implicitDeny')
    expect(decide({ identity: [policy('identity', allow())], resource: grant(account) }, foreign)).toBe('allow')
  })

  it('a role’s trust must allow even at home', () => {
    const policies = { identity: [policy('identity', allow())], resourceMustAllow: true }
    expect(decide(policies)).toBe('implicitDeny')
    expect(decide({ ...policies, resource: grant(account) })).toBe('allow')
  })

  it('anonymous callers and services have nothing else', () => {
    const anonymous = { principal: { kind: 'anonymous' } } as const
    expect(decide({ resource: policy('resource', allow({ Principal: '*' })) }, anonymous)).toBe('allow')
    expect(decide({ resource: grant(role) }, anonymous)).toBe('implicitDeny')
    const service = { principal: { kind: 'service', name: 'codepipeline.amazonaws.com' } } as const
    const trust = policy('resource', allow({ Principal: { Service: 'codepipeline.amazonaws.com' } }))
    expect(decide({ resource: trust }, service)).toBe('allow')
    expect(decide({ resource: grant('*') }, service)).toBe('implicitDeny')
  })

  it('NotPrincipal denies everybody else', () => {
    const others = policy('resource', { Effect: 'Deny', NotPrincipal: { AWS: role }, Action: '*', Resource: '*' })
    expect(decide({ identity: [policy('identity', allow())], resource: others })).toBe('allow')
    const bob = { kind: 'aws', account, arn: `arn:aws:iam::${account}:user/bob` } as const
    expect(decide({ identity: [policy('identity', allow())], resource: others }, { principal: bob })).toBe(
      'explicitDeny',
    )
  })
})

describe('a session policy and a boundary', () => {
  it('only narrow', () => {
    const identity = [policy('identity', allow())]
    expect(decide({ identity, session: [policy('session', allow({ Action: 's3:*' }))] })).toBe('implicitDeny')
    expect(decide({ identity, session: [policy('session', allow())] })).toBe('allow')
    expect(decide({ session: [policy('session', allow())] })).toBe('implicitDeny')
    expect(decide({ identity, boundary: policy('boundary', allow({ Action: 's3:*' })) })).toBe('implicitDeny')
  })
})

describe('over any policies', () => {
  const effect = fc.constantFrom('Allow', 'Deny')
  const statement = fc.record({
    Effect: effect,
    Action: fc.constantFrom('*', 'codepipeline:*', 'codepipeline:GetPipeline', 's3:GetObject'),
    Resource: fc.constantFrom('*', pipeline, 'arn:aws:s3:::*'),
  })
  const statements = fc.array(statement, { minLength: 1, maxLength: 6 })

  it('a deny that applies is never overruled', () => {
    fc.assert(
      fc.property(statements, statements, (before, after) => {
        const identity = [policy('identity', ...before, deny({ Action: 'codepipeline:*' }), ...after)]
        expect(decide({ identity })).toBe('explicitDeny')
      }),
    )
  })

  it('the order of statements does not matter', () => {
    fc.assert(
      fc.property(statements, all => {
        const [one, other] = [all, [...all].reverse()].map(some => decide({ identity: [policy('identity', ...some)] }))
        expect(one).toBe(other)
      }),
    )
  })

  it('one more allow never takes away, one more deny never gives', () => {
    const rank = { allow: 2, implicitDeny: 1, explicitDeny: 0 }
    fc.assert(
      fc.property(statements, statement, (all, one) => {
        const before = rank[decide({ identity: [policy('identity', ...all)] })]
        const after = rank[decide({ identity: [policy('identity', ...all, one)] })]
        expect(one.Effect === 'Allow' ? after >= before : after <= before).toBe(true)
      }),
    )
  })

  it('whatever names an unknown operator never allows, and denies', () => {
    const Condition = { StringSortOf: { 'aws:username': 'ann' } }
    expect(decide({ identity: [policy('identity', allow({ Condition }))] })).toBe('implicitDeny')
    expect(decide({ identity: [policy('identity', allow(), deny({ Condition }))] })).toBe('explicitDeny')
  })
})

describe('the reason for a denial', () => {
  const sentence = (policies: Partial<Policies>, more: Partial<Request> = {}) => {
    const decision = evaluate(request(more), { identity: [], ...policies })
    if (decision.kind === 'allow') throw new Error('allowed')
    return denialSentence(decision, { who: session, action: 'codepipeline:GetPipeline', resource: pipeline })
  }
  const start = `User: ${session} is not authorized to perform: codepipeline:GetPipeline on resource: ${pipeline}`

  it('names the kind of policy that should have allowed', () => {
    expect(sentence({})).toBe(`${start} because no identity-based policy allows the codepipeline:GetPipeline action`)
    expect(sentence({ identity: [policy('identity', allow())] }, { resourceAccount: '444455556666' })).toBe(
      `${start} because no resource-based policy allows the codepipeline:GetPipeline action`,
    )
  })

  it('names the kind of policy that denied', () => {
    expect(sentence({ identity: [policy('identity', deny())] })).toBe(
      `${start} with an explicit deny in an identity-based policy`,
    )
    expect(sentence({ resource: policy('resource', deny({ Principal: '*' })) })).toBe(
      `${start} with an explicit deny in a resource-based policy`,
    )
  })

  it('carries the statements that decided', () => {
    const decision = evaluate(request(), {
      identity: [policy('identity', allow({ Action: 's3:*' }), deny({ Sid: 'Freeze' }))],
    })
    expect(decision.matched).toMatchObject([{ index: 1, statement: { sid: 'Freeze' } }])
  })
})
