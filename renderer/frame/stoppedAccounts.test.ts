import { describe, expect, it } from 'vitest'
import type { Account, AccountSource, Session, SsoSession } from '../../preload/contract/accounts.ts'
import { namesOf, stoppedAccounts } from './stoppedAccounts.ts'

const account = (name: string, source: AccountSource, session: Session): Account => ({
  id: name.padStart(12, '0'),
  name,
  environment: 'unknown',
  regions: ['us-east-1'],
  source,
  readOnly: false,
  session,
  rights: { read: 'unknown', approve: 'unknown', operate: 'unknown', known: 'no' },
})
const corp: SsoSession = {
  id: 'corp',
  name: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'eu-west-1',
  from: 'config',
  sharesWithCli: false,
  state: { state: 'signedOut' },
}
const ended = (since: string, signIn?: string): Session => ({
  state: 'expired',
  since,
  failure: { code: 'SignInNeeded', message: 'The sign-in has ended.', place: signIn === undefined ? {} : { signIn } },
})
const unreachable: Session = { state: 'unusable', failure: { code: 'Unreachable', message: 'No network.', place: {} } }
const profile = (name: string): AccountSource => ({ kind: 'profile', profile: name })
const valid: Session = { state: 'valid', as: 'arn' }

describe('what stopped', () => {
  it('is one sign-in for all accounts that are reached by it: by its roles, by profiles, from a hub', () => {
    const accounts = [
      account('role', { kind: 'sso', session: 'corp', role: 'Operator' }, ended('2026-11-23T10:00:02Z', 'corp')),
      account('profile', profile('corp-ops'), ended('2026-11-23T10:00:01Z', 'corp')),
      account('spoke', { kind: 'hub', hub: '1', roleArn: 'arn' }, ended('2026-11-23T10:00:03Z', 'corp')),
      account('well', profile('keys'), valid),
    ]
    expect(stoppedAccounts(accounts, [corp])).toEqual([
      { because: 'signIn', session: corp, since: '2026-11-23T10:00:01Z', accounts: accounts.slice(0, 3) },
    ])
  })

  it('is one line for twenty accounts without a network, and another for another reason', () => {
    const many = Array.from({ length: 20 }, (_, index) => account(`a${index}`, profile('p'), unreachable))
    const denied = account('b', profile('q'), {
      state: 'unusable',
      failure: { code: 'NoCredentials', message: 'None.', place: {} },
    })
    expect(stoppedAccounts([...many, denied], []).map(group => group.accounts.length)).toEqual([20, 1])
    expect(namesOf(many)).toBe('a0, a1, and 18 more')
  })

  it('names accounts of a sign-in that is not there any more', () => {
    const orphan = account('orphan', { kind: 'sso', session: 'gone', role: 'x' }, ended('2026-11-23T10:00:00Z', 'gone'))
    expect(stoppedAccounts([orphan], [corp])).toMatchObject([{ because: 'failure', expired: true, accounts: [orphan] }])
  })
})
