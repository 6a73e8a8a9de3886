import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { localOnly } from './cloudUnderTest.ts'

const entry = fileURLToPath(new URL('../../main/cloud/main.ts', import.meta.url))

/** What `--json` prints: the contract with the desk and with scripts. */
const ready = z.strictObject({
  endpoint: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+$/),
  region: z.literal('us-east-1'),
  accounts: z.array(
    z.strictObject({
      id: z.string().regex(/^\d{12}$/),
      name: z.string(),
      environment: z.enum(['development', 'staging', 'production']),
      profile: z.string(),
      accessKeyId: z.string().regex(/^AKIA[A-Z2-7]{16}$/),
      secretAccessKey: z.string().length(40),
      git: z.strictObject({ user: z.string(), password: z.string() }),
    }),
  ),
  identityCenter: z.strictObject({
    startUrl: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+\/start$/),
    issuerUrl: z.string().regex(/^https:\/\/identitycenter\.amazonaws\.com\/ssoins-[0-9a-f]{16}$/),
    region: z.literal('us-east-1'),
    sessionName: z.literal('local'),
    users: z.array(
      z.strictObject({
        userName: z.string(),
        displayName: z.string(),
        email: z.string(),
        password: z.string().regex(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/),
      }),
    ),
  }),
  configFile: z.string(),
  credentialsFile: z.string(),
  gitCredentialsFile: z.string(),
  controlFile: z.string(),
})

let data: string
const started: ChildProcess[] = []
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'cloud-process-'))
})
afterEach(async () => {
  await Promise.all(
    started.splice(0).map(async child => {
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await once(child, 'exit')
    }),
  )
  rmSync(data, { recursive: true, force: true })
})

function start(...options: string[]) {
  const child = spawn(process.execPath, [entry, '--empty', '--data', data, ...options], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  started.push(child)
  let stderr = ''
  child.stderr.on('data', part => {
    stderr += String(part)
  })
  return {
    child,
    ready: async () => {
      for await (const line of createInterface(child.stdout)) return ready.parse(JSON.parse(line))
      throw new Error(`the cloud ended without a word: ${stderr}`)
    },
    ended: once(child, 'exit').then(([code, signal]: unknown[]) => ({ code, signal, stderr })),
  }
}

const clients = ({ endpoint, accounts: [account] }: z.infer<typeof ready>) => {
  // A copy: the SDK writes into the credentials that it is given.
  const settings = { endpoint, region: 'us-east-1', credentials: { accessKeyId: '', secretAccessKey: '', ...account } }
  return { sts: new STSClient(settings), iam: new IAMClient(settings) }
}

describe.skipIf(localOnly('it starts the cloud’s process'))('the local cloud’s process', () => {
  it('says one line when it is ready, and ends when it is asked to', async () => {
    const cloud = start('--json')
    const line = await cloud.ready()
    expect(line.accounts.map(account => account.profile)).toEqual(['tooling', 'staging', 'production'])
    const identity = await clients(line).sts.send(new GetCallerIdentityCommand({}))
    expect(identity.Arn).toBe('arn:aws:iam::111122223333:user/administrator')
    cloud.child.kill('SIGTERM')
    expect(await cloud.ended).toMatchObject({ code: 0 })
  })

  it('writes the AWS CLI’s files for nobody else to read, with a profile for each account and role', async () => {
    const { configFile, credentialsFile, controlFile, endpoint } = await start('--json').ready()
    for (const file of [configFile, credentialsFile, controlFile]) expect(statSync(file).mode & 0o777).toBe(0o600)
    const config = readFileSync(configFile, 'utf8')
    const [, session = ''] = /role_session_name = (local-[a-z2-7]{8})/.exec(config) ?? []
    expect(config).toMatch(
      /\[profile production-release-manager\]\nrole_arn = arn:aws:iam::777788889999:role\/ReleaseManager\nsource_profile = production\n/,
    )
    expect(config).toContain(`role_session_name = ${session}\nregion = us-east-1\nendpoint_url = ${endpoint}\n`)
    expect(config.match(/^\[profile /gm)).toHaveLength(27)
    expect(readFileSync(credentialsFile, 'utf8')).toMatch(/^\[tooling\]\naws_access_key_id = AKIA/)
  })

  it('keeps its accounts, keys and roles when it is killed and started again', async () => {
    const first = start('--json')
    const before = await first.ready()
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    })
    await clients(before).iam.send(new CreateRoleCommand({ RoleName: 'Build', AssumeRolePolicyDocument: trust }))
    first.child.kill('SIGKILL')
    await first.ended
    const after = await start('--json').ready()
    expect(after.accounts).toEqual(before.accounts)
    const { Role } = await clients(after).iam.send(new GetRoleCommand({ RoleName: 'Build' }))
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust)
  })

  it('does not share its directory with a second one', async () => {
    await start('--json').ready()
    const { code, stderr } = await start('--json').ended
    expect(code).toBe(1)
    expect(stderr).toBe(
      `Another local cloud is already running on ${data}; stop it, or name another directory with --data.\n`,
    )
  })

  it('ends with its parent where it was told to follow it', async () => {
    const cloud = start('--json', '--follow-parent')
    await cloud.ready()
    cloud.child.stdin.end()
    expect(await cloud.ended).toMatchObject({ code: 0 })
  })

  it('mirrors the account ids that it is given', async () => {
    const { accounts } = await start('--json', '--account', '123456789012:acme-prod').ready()
    expect(accounts).toMatchObject([{ id: '123456789012', profile: 'acme-prod', environment: 'production' }])
  })

  it('without --json prints the two lines for a shell', async () => {
    const { child } = start()
    const lines: string[] = []
    for await (const line of createInterface(child.stdout)) if (lines.push(line) === 2) break
    expect(lines).toEqual([
      `export AWS_CONFIG_FILE=${join(data, 'aws', 'config')}`,
      `export AWS_SHARED_CREDENTIALS_FILE=${join(data, 'aws', 'credentials')}`,
    ])
  })

  it.each([
    [['--port', 'x'], '--port must be a number from 0 to 65535.'],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('given %j says what is wrong with it', async (options, reason) => {
    const { code, stderr } = await start(...options).ended
    expect(code).toBe(1)
    expect(stderr).toContain(reason)
  })

  it('says which port is taken', async () => {
    const { endpoint } = await start('--json').ready()
    const other = mkdtempSync(join(tmpdir(), 'cloud-process-'))
    try {
      const { code, stderr } = await start('--data', other, '--port', new URL(endpoint).port).ended
      expect(code).toBe(1)
      expect(stderr).toMatch(/EADDRINUSE.*choose another with --port/)
    } finally {
      rmSync(other, { recursive: true, force: true })
    }
  })
})
