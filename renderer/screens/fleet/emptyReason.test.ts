import { describe, expect, it } from 'vitest'
import type { Account, LocalCloud } from '../../../preload/contract/accounts.ts'
import { emptyReason } from './emptyReason.ts'
import { parseFilter } from './filter/parse.ts'
import { invented } from './invented.testing.ts'

const account: Account = {
  id: '777788889999',
  name: 'production',
  environment: 'production',
  regions: ['us-east-1', 'eu-west-1'],
  source: { kind: 'localCloud' },
  readOnly: false,
  session: { state: 'connecting' },
  rights: { read: 'unknown', approve: 'unknown', operate: 'unknown', known: 'no' },
}
const reason = (
  text: string,
  rows = [invented(), invented({ name: 'other' })],
  accounts = [account],
  cloud: LocalCloud = { state: 'off' },
) => emptyReason(rows, accounts, cloud, text, parseFilter(text))

describe('an empty fleet', () => {
  it('names the filter that finds nothing', () => {
    expect(reason('zzz')).toEqual({
      cause: 'No pipelines match “zzz”.',
      elsewhere: 'There are 2 pipelines in all.',
    })
  })

  it('says where there are some when the region has none', () => {
    expect(reason('region:eu-west-1')).toEqual({
      cause: '0 pipelines in eu-west-1 for this role.',
      elsewhere: 'Found: 2 in us-east-1.',
    })
    expect(reason('acct:production region:eu-west-1').elsewhere).toBe('Found: 2 in us-east-1.')
  })

  it('names the regions that were asked when there is nothing at all', () => {
    expect(reason('', []).cause).toBe('0 pipelines in us-east-1 and eu-west-1 for 1 account.')
    expect(reason('', [], []).cause).toBe('No account yet.')
  })

  it('names the local cloud while that is why', () => {
    expect(reason('', [], [], { state: 'starting' }).cause).toBe('The local cloud is starting.')
    const failure = { code: 'Exited', message: 'It ended with code 1.', place: {}, next: 'It is started again.' }
    expect(reason('', [], [], { state: 'failed', failure, restarting: true }).elsewhere).toBe('It is started again.')
  })
})
