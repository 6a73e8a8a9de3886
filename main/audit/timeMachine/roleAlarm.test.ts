import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manualClock } from '../../base/clock.ts'
import { openStore, type Store } from '../../store/store.ts'
import { createLedger, type Ledger } from '../ledger/ledger.ts'
import { projectAlarms } from './projectAlarm.ts'
import { roleAlarms } from './roleAlarm.ts'
import { createRolePolicies } from './rolePolicies.ts'
import { createUses, roleUse, type Uses } from './uses.ts'

const account = '111122223333'
const here = { account, region: 'us-east-1' }
const policyArn = `arn:aws:iam::${account}:policy/shared/Deploy`
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const allow = (Action: string) => ({ Effect: 'Allow', Action, Resource: '*' })

describe('roles that pipelines use', () => {
  let store: Store
  let ledger: Ledger
  let uses: Uses
  let second = 0
  const call = (eventName: string, requestParameters: object, eventSource = 'iam.amazonaws.com') =>
    ledger.record(account, [
      {
        source: 'cloudTrail',
        event: {
          eventID: `${eventName}-${++second}`,
          eventTime: new Date(Date.UTC(2026, 2, 1) + second * 1000).toISOString(),
          eventSource,
          eventName,
          awsRegion: 'us-east-1',
          recipientAccountId: account,
          userIdentity: { type: 'IAMUser', userName: 'ann' },
          requestParameters,
        },
      },
    ])
  const alarms = () =>
    roleAlarms(account, store.ledger, ledger, () => undefined)
      .toReversed()
      .map(({ kind, words, pipelines }) => [kind, words, ...pipelines])

  beforeEach(() => {
    store = openStore(':memory:', 0)
    uses = createUses()
    ledger = createLedger(store.ledger, manualClock(Date.UTC(2026, 2, 2)), {
      concerns: (of, subject) => uses.of(of, subject),
      who: () => undefined,
      more: () => undefined,
    })
    uses.add('payments', roleUse(`arn:aws:iam::${account}:role/Pipeline`))
  })
  afterEach(() => store.close())

  const rolePolicies = (attached: string[] | Error) =>
    createRolePolicies({
      iam: { attachedPolicies: async () => (attached instanceof Error ? Promise.reject(attached) : attached) },
      store: store.ledger,
      ledger,
      uses,
      onUse: ({ account: of, subject }) => ledger.reshowAbout(of, subject),
    })

  it('are widened by another version of a policy that is attached to them, also where it was made before that was known', async () => {
    call('CreatePolicyVersion', { policyArn, policyDocument: policy(allow('s3:Get*')), setAsDefault: true })
    call('CreatePolicyVersion', { policyArn, policyDocument: policy(allow('s3:*')), setAsDefault: true })
    call('CreatePolicyVersion', { policyArn, policyDocument: policy(allow('*')), setAsDefault: false })
    expect(alarms()).toEqual([])
    await rolePolicies([policyArn]).lookUp(account, new AbortController().signal)
    expect(alarms()).toEqual([
      ['roleChanged', 'Made a version of policy Deploy and put it into force', 'payments'],
      ['roleWidened', 'Made a version of policy Deploy and put it into force', 'payments'],
    ])
  })

  it('tell by their events which policies they have, where IAM does not tell', async () => {
    const policies = rolePolicies(new Error('not allowed'))
    ledger.onRecorded(policies.learn)
    await policies.lookUp(account, new AbortController().signal)
    call('AttachRolePolicy', { roleName: 'Pipeline', policyArn })
    call('SetDefaultPolicyVersion', { policyArn, versionId: 'v3' })
    expect(alarms().map(([kind, words]) => [kind, words])).toEqual([
      ['roleWidened', 'Attached Deploy to role Pipeline'],
      ['roleChanged', 'Put version v3 of policy Deploy into force'],
    ])
  })

  it('are widened by a denial that is taken away, and by no grant that is', () => {
    const deny = { Effect: 'Deny', Action: 'iam:*', Resource: '*' }
    const named = (policyName: string) => ({ roleName: 'Pipeline', policyName })
    call('PutRolePolicy', { ...named('Guard'), policyDocument: policy(deny) })
    call('PutRolePolicy', { ...named('Work'), policyDocument: policy(allow('s3:*')) })
    call('DeleteRolePolicy', named('Work'))
    call('DeleteRolePolicy', named('Guard'))
    expect(alarms().slice(2)).toEqual([['roleWidened', 'Deleted policy Guard of role Pipeline', 'payments']])
  })

  it('are others where a build project is given one', () => {
    uses.add('payments', [{ account, subject: 'project/us-east-1/unit' }])
    const role = (name: string) => ({ name: 'unit', serviceRole: `arn:aws:iam::${account}:role/${name}` })
    call('CreateProject', role('Builder'), 'codebuild.amazonaws.com')
    call('UpdateProject', role('Builder'), 'codebuild.amazonaws.com')
    call('UpdateProject', { name: 'unit', timeoutInMinutes: 5 }, 'codebuild.amazonaws.com')
    call('UpdateProject', role('Admin'), 'codebuild.amazonaws.com')
    expect(projectAlarms(here, store.ledger, ledger)).toMatchObject([
      { kind: 'roleChanged', pipelines: ['payments'], words: 'Builds of unit act as role Admin instead of Builder' },
    ])
  })
})
