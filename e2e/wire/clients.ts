import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { CloudUnderTest } from './cloudUnderTest.ts'

const run = promisify(execFile)

/** How a client that is no library of ours calls CodePipeline. */
export interface OtherClient {
  /** `boto3 1.43.11`, `aws-cli/2.9.19` */
  name: string
  /** Makes one call, with the input and the output as the API has them. */
  call(operation: string, input: object): Promise<unknown>
  /** Makes a paginated call to its end, a page of so many at a time, by the client's own means. */
  all(operation: string, input: object, pageSize: number): Promise<unknown>
  /** What it printed for a call that was refused. */
  refused(operation: string, input: object): Promise<string>
  /** Removes what it kept on this disk. */
  close(): void
}

type Invoke = (words: string[]) => Promise<unknown>
type Make = (cloud: CloudUnderTest) => OtherClient

const snake = (name: string) => name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()
const kebab = (name: string) => snake(name).replaceAll('_', '-')

/** The administrator of the first account, and nothing of this machine's own. */
function environmentOf(cloud: CloudUnderTest, home: string): NodeJS.ProcessEnv {
  const { configFile, credentialsFile, accounts } = cloud.local()
  return {
    PATH: process.env.PATH,
    HOME: home,
    AWS_PROFILE: accounts[0]?.profile,
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
    AWS_PAGER: '',
    AWS_MAX_ATTEMPTS: '1',
  }
}

function client(
  name: string,
  cloud: CloudUnderTest,
  command: string,
  of: (invoke: Invoke) => Pick<OtherClient, 'call' | 'all'>,
): OtherClient {
  const home = mkdtempSync(join(tmpdir(), 'client-'))
  const env = environmentOf(cloud, home)
  const calls = of(async words => {
    const { stdout } = await run(command, words, { env, timeout: 60_000 })
    return stdout.trim() === '' ? undefined : (JSON.parse(stdout) as unknown)
  })
  return {
    name,
    ...calls,
    async refused(operation, input) {
      const error: unknown = await calls.call(operation, input).catch((thrown: unknown) => thrown)
      return error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : 'not refused'
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  }
}

const script = `
import json, sys
import boto3
operation, arguments, size = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3])
client = boto3.client('codepipeline')
if size:
    answer = client.get_paginator(operation).paginate(**arguments, PaginationConfig={'PageSize': size}).build_full_result()
else:
    answer = getattr(client, operation)(**arguments)
answer.pop('ResponseMetadata', None)
print(json.dumps(answer, default=str))
`

function boto3(): Make | undefined {
  const asked = spawnSync('python3', ['-c', 'import boto3; print(boto3.__version__)'], { encoding: 'utf8' })
  if (asked.status !== 0) return undefined
  return cloud =>
    client(`boto3 ${asked.stdout.trim()}`, cloud, 'python3', invoke => {
      const call = (operation: string, input: object, size = 0) =>
        invoke(['-c', script, snake(operation), JSON.stringify(input), String(size)])
      return { call, all: call }
    })
}

/** Every AWS CLI on the path, and the one that AWS_CLI_V2 names where it stands elsewhere. */
function awsCli(major: 1 | 2): Make | undefined {
  const named = major === 2 ? process.env.AWS_CLI_V2 : undefined
  const candidates = [
    ...(named ? [named] : []),
    ...(process.env.PATH ?? '').split(delimiter).map(folder => join(folder, 'aws')),
  ]
  for (const command of candidates) {
    const asked = spawnSync(command, ['--version'], { encoding: 'utf8' })
    const [version = ''] = `${asked.stdout ?? ''}${asked.stderr ?? ''}`.split(' ')
    if (asked.status !== 0 || !version.startsWith(`aws-cli/${major}.`)) continue
    return cloud =>
      client(version, cloud, command, invoke => {
        // Files name the endpoint for the CLI since 2.13 (July 2023); Debian's is older.
        const reached = ['--endpoint-url', cloud.local().endpoint, '--output', 'json']
        const words = (operation: string, input: object) => [
          'codepipeline',
          kebab(operation),
          '--cli-input-json',
          JSON.stringify(input),
          ...reached,
        ]
        return {
          call: (operation, input) =>
            invoke([...words(operation, input), ...(operation.startsWith('List') ? ['--no-paginate'] : [])]),
          all: (operation, input, size) => invoke([...words(operation, input), '--page-size', String(size)]),
        }
      })
  }
  return undefined
}

const found = { boto3: boto3(), 'the AWS CLI v1': awsCli(1), 'the AWS CLI v2': awsCli(2) }

/** The clients that this machine has; of the others it is said that they are not there. */
export const otherClients: [name: string, make: Make][] = Object.entries(found).flatMap(([name, make]) => {
  if (make) return [[name, make] as [string, Make]]
  console.log(`${name[0]?.toUpperCase()}${name.slice(1)} is not installed: what it would show is left out.`)
  return []
})
