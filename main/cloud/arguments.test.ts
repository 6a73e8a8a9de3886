import { describe, expect, it } from 'vitest'
import { BadArguments, readArguments } from './arguments.ts'

const read = (...argv: string[]) => readArguments(argv, {}, '/home/ann')

describe('the command line', () => {
  it('without anything is three accounts with samples, in the user’s data directory, on any port', () => {
    expect(read()).toMatchObject({
      data: '/home/ann/.local/share/cloudpipelines/cloud',
      port: 0,
      samples: true,
      json: false,
    })
    expect(read().accounts.map(({ id, environment }) => `${id} ${environment}`)).toEqual([
      '111122223333 development',
      '444455556666 staging',
      '777788889999 production',
    ])
    expect(readArguments([], { XDG_DATA_HOME: '/data' }).data).toBe('/data/cloudpipelines/cloud')
  })

  it('takes accounts instead of the three, and guesses their environments from their names', () => {
    expect(
      read('--account', '123456789012:acme-prod', '--account', '210987654321:acme-staging', '--empty'),
    ).toMatchObject({
      samples: false,
      accounts: [
        { id: '123456789012', name: 'acme-prod', environment: 'production' },
        { id: '210987654321', name: 'acme-staging', environment: 'staging' },
      ],
    })
  })

  it('sets limits and faults, each as often as wanted', () => {
    const { faults } = read('--throttle', 'codepipeline=5', '--fault', '*=40ms', '--fault', 'sts=500@1x')
    expect(faults.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'limit codepipeline=5',
      'fault *=40ms',
      'fault sts=500@1x',
    ])
  })

  it('takes other lifetimes of sign-ins, for tests to see them end', () => {
    expect(read().signIn).toEqual({})
    const words = ['--sso-token-lifetime', '60s', '--sso-session-lifetime', '15m', '--sso-role-lifetime', '2h']
    expect(read(...words).signIn).toEqual({ accessToken: 60_000, session: 900_000, role: 7_200_000 })
  })

  it.each([
    [['--sso-token-lifetime', 'soon'], '--sso-token-lifetime must be a time such as 60s, 15m or 8h.'],
    [['--throttle', 'codepipeline'], '--throttle must be SERVICE[.OPERATION]=N'],
    [['--fault', 'codepipeline=404'], '--fault must be SERVICE[.OPERATION]=WHAT[@WHEN]'],
    [['--port', 'many'], '--port must be a number from 0 to 65535.'],
    [['--port', '70000'], '--port must be a number from 0 to 65535.'],
    [['--port', ''], '--port must be a number from 0 to 65535.'],
    [['--account', '12:short'], '--account must be ID:NAME'],
    [['--account', '123456789012:a b'], '--account must be ID:NAME'],
    [['--account', '123456789012:a', '--account', '123456789012:b'], '--account names an id twice'],
    [['--account', '123456789012:a', '--account', '123456789013:a'], '--account gives a name twice'],
    [
      ['--account', '123456789012:a', '--account', '123456789013:a-admin'],
      '--account gives a name that is the profile',
    ],
    [['--data', ''], '--data needs a directory.'],
    [['--nonsense'], 'Options: --data DIR'],
    [['--nonsense'], '--nonsense'],
    [['stray'], 'stray'],
  ])('%j is refused with the reason', (argv, reason) => {
    expect(() => read(...argv)).toThrow(BadArguments)
    expect(() => read(...argv)).toThrow(reason)
  })
})
