import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manualClock } from '../base/clock.ts'
import { mergedAccounts } from './access.ts'
import { type CloudState, keepCloud } from './cloudProcess.ts'
import { renewed } from './credentials.ts'
import { profileProvider } from './profileCredentials.ts'
import { readProfiles, type SharedFiles } from './profiles.ts'

let directory: string
let files: SharedFiles
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'profiles-'))
  files = { config: join(directory, 'config'), credentials: join(directory, 'credentials') }
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

describe('the profiles of the AWS CLI', () => {
  it('are told by kind, without a word of what they hold', async () => {
    writeFileSync(
      files.config,
      `[default]
region = eu-west-1
[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Developer
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
[profile ops]
role_arn = arn:aws:iam::777788889999:role/Ops
source_profile = default
[profile tool]
credential_process = /bin/tool
[profile half]
role_arn = arn:aws:iam::777788889999:role/Ops
`,
    )
    writeFileSync(files.credentials, '[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = verysecret\n')
    const profiles = await readProfiles(files)
    expect(profiles.map(({ name, kind, accountId }) => [name, kind, accountId])).toEqual([
      ['default', 'keys', undefined],
      ['dev', 'sso', '111122223333'],
      ['half', 'unusable', '777788889999'],
      ['ops', 'role', '777788889999'],
      ['tool', 'process', undefined],
    ])
    expect(JSON.stringify(profiles)).not.toMatch(/verysecret|AKIAEXAMPLE/)
    expect(profiles.find(({ name }) => name === 'half')?.problem).toContain('source_profile')
  })

  it('of a malformed file name its line, and the sound ones stay', async () => {
    writeFileSync(
      files.config,
      '[profile good]\ncredential_process = /bin/tool\n[profile broken\nthis is not a setting\n',
    )
    const profiles = await readProfiles(files)
    expect(profiles.find(({ name }) => name === 'good')?.kind).toBe('process')
    expect(profiles.find(({ name }) => name === files.config)).toMatchObject({
      kind: 'unusable',
      problem: 'Line 3 is neither a section, a setting nor a comment.',
    })
  })

  it('are none where there are no files', async () => {
    expect(await readProfiles(files)).toEqual([])
  })

  it('of a file that can’t be read say so', async () => {
    mkdirSync(files.config)
    expect((await readProfiles(files)).at(-1)).toMatchObject({ name: files.config, kind: 'unusable' })
    expect((await readProfiles(files)).at(-1)?.problem).toContain('can’t be read')
  })

  it('are not waited for where the file is a pipe, and those of the other file stay', async () => {
    writeFileSync(files.config, '[profile good]\ncredential_process = /bin/tool\n')
    execFileSync('mkfifo', [files.credentials])
    expect(await readProfiles(files)).toMatchObject([
      { name: 'good', kind: 'process' },
      { name: files.credentials, problem: 'The file can’t be read: it is not an ordinary file.' },
    ])
  })

  it('are not looked for in a huge file', async () => {
    writeFileSync(files.config, '[profile good]\ncredential_process = /bin/tool\n')
    writeFileSync(files.credentials, '[a]\n'.repeat(1_100_000))
    expect(await readProfiles(files)).toMatchObject([
      { name: 'good', kind: 'process' },
      { name: files.credentials, problem: 'The file can’t be read: it is larger than 4 MB.' },
    ])
  })

  it('are none, and nothing is wrong, where a person turned a file off', async () => {
    expect(await readProfiles({ config: devNull, credentials: devNull })).toEqual([])
  })

  it('of a file with an inherited name say why there are none', async () => {
    writeFileSync(files.config, '[profile good]\ncredential_process = /bin/tool\n[profile __proto__]\nregion = x\n')
    expect(await readProfiles(files)).toMatchObject([
      { name: files.config, kind: 'unusable', problem: expect.stringMatching(/^Line 3 names a profile __proto__/) },
    ])
  })
})

describe('credentials', () => {
  it('are got once for all that wait, and renewed five minutes before they end', async () => {
    const clock = manualClock(0)
    let asked = 0
    const credentials = renewed(async () => {
      asked++
      return { accessKeyId: `${asked}`, secretAccessKey: 's', expiration: new Date(clock.now() + 3600_000) }
    }, clock)
    await Promise.all([credentials.get(), credentials.get(), credentials.get()])
    expect(asked).toBe(1)
    clock.advance(54 * 60_000)
    await credentials.get()
    expect(asked).toBe(1)
    clock.advance(2 * 60_000)
    expect((await credentials.get()).accessKeyId).toBe('2')
  })

  it('that could not be got are asked for again the next time', async () => {
    let asked = 0
    const credentials = renewed(async () => {
      if (++asked === 1) throw new Error('no')
      return { accessKeyId: 'a', secretAccessKey: 's' }
    }, manualClock(0))
    await expect(credentials.get()).rejects.toThrow('no')
    expect((await credentials.get()).accessKeyId).toBe('a')
  })

  it('that still serve are used on while new ones can’t be got, until their end', async () => {
    const clock = manualClock(0)
    let asked = 0
    const credentials = renewed(async () => {
      if (++asked > 1) throw new Error('no network')
      return { accessKeyId: 'a', secretAccessKey: 's', expiration: new Date(3600_000) }
    }, clock)
    await credentials.get()
    clock.advance(56 * 60_000)
    expect((await credentials.get()).accessKeyId).toBe('a')
    expect((await credentials.get()).accessKeyId).toBe('a')
    expect(asked).toBe(2)
    clock.advance(60_000)
    expect((await credentials.get()).accessKeyId).toBe('a')
    expect(asked).toBe(3)
    clock.advance(3 * 60_000)
    await expect(credentials.get()).rejects.toThrow('no network')
  })

  it('that are given with less than five minutes left are not asked for at each call', async () => {
    const clock = manualClock(0)
    let asked = 0
    const credentials = renewed(async () => {
      asked++
      return { accessKeyId: `${asked}`, secretAccessKey: 's', expiration: new Date(clock.now() + 120_000) }
    }, clock)
    for (let second = 0; second < 60; second++) {
      await credentials.get()
      clock.advance(1_000)
    }
    expect(asked).toBe(2)
  })

  it('of a process that fails tell neither its command nor what it printed', async () => {
    writeFileSync(
      files.config,
      [
        '[profile broken]\ncredential_process = sh -c "echo s3cret-output >&2; exit 3 # s3cret-argument"',
        '[profile by-it]\nrole_arn = arn:aws:iam::111122223333:role/Operator\nsource_profile = broken\nregion = us-east-1',
      ].join('\n'),
    )
    const provider = (profile: string) =>
      profileProvider(profile, {
        files,
        ssoCredentials: () => Promise.reject(new Error('not wanted here')),
        mfaCode: () => Promise.reject(new Error('not wanted here')),
      })
    for (const profile of ['broken', 'by-it']) {
      const failure: unknown = await provider(profile)().catch((thrown: unknown) => thrown)
      expect(failure).toMatchObject({ code: 'NoCredentials', message: expect.stringContaining(profile) })
      expect(inspect(failure)).not.toContain('s3cret')
    }
  })
})

describe('the local cloud’s process', () => {
  const line = JSON.stringify({
    endpoint: 'http://127.0.0.1:4599',
    region: 'us-east-1',
    accounts: [
      {
        id: '111122223333',
        name: 'tooling',
        environment: 'development',
        profile: 'tooling',
        accessKeyId: 'a',
        secretAccessKey: 's',
        git: { user: 'administrator-at-111122223333' },
      },
    ],
    configFile: '/c',
    credentialsFile: '/k',
    gitCredentialsFile: '/g',
  })

  function cloudOn(clock = manualClock(0)) {
    const states: CloudState[] = []
    const processes: { say(text: string): void; end(code: number): void; args: readonly string[] }[] = []
    const cloud = keepCloud(
      args => {
        let say: (text: string) => void = () => {}
        let end: (code: number | null) => void = () => {}
        processes.push({ say: text => say(text), end: code => end(code), args })
        return {
          onLine: listener => {
            say = listener
          },
          onExit: listener => {
            end = listener
          },
          stop: async () => end(0),
        }
      },
      '/data',
      clock,
      state => states.push(state),
    )
    return { cloud, states, processes, clock, last: () => states.at(-1)?.state }
  }

  it('is ready when it says so, whatever else it prints', () => {
    const { cloud, processes, last } = cloudOn()
    cloud.start()
    processes[0]!.say('starting…')
    processes[0]!.say('{"half":')
    expect(last()).toBe('starting')
    processes[0]!.say(line)
    expect(last()).toBe('ready')
    expect(processes[0]!.args).toEqual(['--json', '--data', '/data', '--port', '0'])
  })

  it('is started again when it ends, each time later, and soon again after it was well', () => {
    const { cloud, processes, clock, states } = cloudOn()
    cloud.start()
    processes[0]!.end(1)
    expect(states.at(-1)).toMatchObject({ state: 'failed', restarting: true })
    clock.advance(499)
    expect(processes.length).toBe(1)
    clock.advance(1)
    processes[1]!.end(1)
    clock.advance(999)
    expect(processes.length).toBe(2)
    clock.advance(1)
    processes[2]!.say(line)
    clock.advance(61_000)
    processes[2]!.end(1)
    clock.advance(500)
    expect(processes.length).toBe(4)
  })

  it('is not started again once it was stopped', async () => {
    const { cloud, processes, clock, last } = cloudOn()
    cloud.start()
    await cloud.stop()
    clock.advance(100_000)
    expect([processes.length, last()]).toEqual([1, 'off'])
    expect(clock.nextDue()).toBeUndefined()
  })

  it('keeps what a person chose for its accounts, and leaves an id alone that a profile serves', () => {
    const given = ['111122223333', '444455556666'].map(id => ({
      id,
      name: 'tooling',
      environment: 'development' as const,
      profile: 'p',
      accessKeyId: 'a',
      secretAccessKey: 's',
      git: { user: 'administrator' },
    }))
    const chosen = {
      id: '111122223333',
      name: 'mine',
      environment: 'production' as const,
      regions: ['us-east-1'],
      readOnly: true,
      source: { kind: 'localCloud' as const },
    }
    const other = { ...chosen, id: '444455556666', source: { kind: 'profile' as const, profile: 'real' } }
    expect(mergedAccounts(given, 'us-east-1', [chosen, other])).toEqual([chosen])
    expect(mergedAccounts(given, 'us-east-1', []).map(({ regions }) => regions)).toEqual([
      ['us-east-1', 'eu-west-1'],
      ['us-east-1', 'eu-west-1'],
    ])
  })
})
