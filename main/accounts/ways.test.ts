import { describe, expect, it } from 'vitest'
import type { Account, AccountSource } from '../../preload/contract/accounts.ts'
import { createAws } from '../aws/aws.ts'
import { manualClock } from '../base/clock.ts'
import { createMfa } from './mfa.ts'
import { createWays } from './ways.ts'

const [a, b, c] = ['111111111111', '222222222222', '333333333333'] as const
const from = (hub: string): AccountSource => ({ kind: 'hub', hub, roleArn: `arn:aws:iam::${a}:role/Operator` })

describe('the way to an account that is entered from a hub', () => {
  const waysAmong = (sources: Readonly<Record<string, AccountSource>>) => {
    const clock = manualClock()
    const held = (id: string): Account | undefined => {
      const source = sources[id]
      return (
        source && {
          id,
          name: `account ${id[0]}`,
          environment: 'unknown',
          regions: ['us-east-1'],
          readOnly: false,
          source,
          session: { state: 'connecting' },
          rights: { read: 'unknown', approve: 'unknown', operate: 'unknown', known: 'no' },
        }
      )
    }
    const sso = { roleCredentials: () => Promise.reject(new Error('not wanted here')), endpointOf: () => undefined }
    return createWays({
      aws: createAws({ clock, random: Math.random }),
      clock,
      files: { config: '/dev/null', credentials: '/dev/null' },
      sso,
      mfa: createMfa(clock, () => {}),
      accountOf: held,
    })
  }

  it('may lead over several hubs', () => {
    const ways = waysAmong({ [b]: from(c), [c]: { kind: 'profile', profile: 'keys' } })
    expect(() => ways.check({ id: a, source: from(b) })).not.toThrow()
  })

  it('is refused where it leads back, be it at once or by others, and says by which', () => {
    expect(() => waysAmong({}).check({ id: a, source: from(a) })).toThrow(/by way of the account itself/)
    const ways = waysAmong({ [b]: from(c), [c]: from(a) })
    expect(() => ways.check({ id: a, source: from(b) })).toThrow('account 2 from account 3')
  })

  it('of an earlier desk that leads back gives no credentials, and ends nothing else', async () => {
    const ways = waysAmong({ [a]: from(b), [b]: from(a), [c]: from(b) })
    for (const id of [a, c]) {
      const { credentials } = await ways.to({ id, source: from(b) })
      await expect(credentials.get()).rejects.toMatchObject({ code: 'NoWay', place: { account: id } })
    }
  })
})
