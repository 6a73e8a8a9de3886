import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CodeCommitClient } from '@aws-sdk/client-codecommit'
import { production, startEndpoint, type TestUser, type TestWorld, tooling } from '../endpoint.testing.ts'
import { createIam } from '../iam/index.ts'
import { systemSecrets } from '../iam/names.ts'
import { type CodeCommitParts, createCodeCommit } from './codeCommit.ts'

export interface GitRun {
  code: number
  output: string
}

/** The developer's git, in a directory of their own: it must not meet this machine's configuration. */
export function developerGit(cwd: string, args: readonly string[], env: Record<string, string> = {}): Promise<GitRun> {
  const clean = {
    PATH: process.env.PATH ?? '',
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Ann',
    GIT_AUTHOR_EMAIL: 'ann@example.com',
    GIT_COMMITTER_NAME: 'Ann',
    GIT_COMMITTER_EMAIL: 'ann@example.com',
  }
  return new Promise(resolve => {
    execFile('git', args, { cwd, env: { ...clean, ...env }, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr })
    })
  })
}

/** CodeCommit behind the cloud's real listener, with a user in each of two accounts. */
export async function startCodeCommit() {
  let parts: CodeCommitParts | undefined
  let world: TestWorld | undefined
  let url = ''
  const make = (of: TestWorld) =>
    createCodeCommit({
      ...of,
      record: async () => {},
      endpoint: () => url,
      userNamed: of.identities.userNamed,
    })
  const endpoint = await startEndpoint(async of => {
    world = of
    parts = await make(of)
    const { gitCredentials } = parts
    const iam = createIam({ ...of, secrets: systemSecrets, gitCredentials })
    return { services: [parts.service, iam], mounts: [parts.git] }
  })
  if (!parts || !world) throw new Error('CodeCommit was not made')
  url = endpoint.endpoint
  const work = await mkdtemp(join(tmpdir(), 'developer-'))
  const clients: CodeCommitClient[] = []
  const clientFor = (user: TestUser, region = 'us-east-1') => {
    const client = new CodeCommitClient({
      endpoint: url,
      region,
      credentials: user.credentials,
      maxAttempts: 1,
    })
    clients.push(client)
    return client
  }
  const { gitCredentials, repositories, catchUp } = parts
  const again = world
  const [ann, pat] = [endpoint.addUser(tooling, 'ann'), endpoint.addUser(production, 'pat')]
  return {
    ...endpoint,
    work,
    clientFor,
    gitCredentials,
    repositories,
    catchUp,
    /** Made anew over the same disk, as after a crash. */
    restarted: () => make(again),
    ann,
    pat,
    client: clientFor(ann),
    stranger: clientFor(pat),
    /** A repository's address with a user's git credentials in it. */
    cloneUrl(account: string, user: string, name: string, region = 'us-east-1') {
      const { userName, password } = gitCredentials.ensure(account, user)
      const at = new URL(`${url}/git/${region}/v1/repos/${name}`)
      at.username = userName
      at.password = password
      return at.href
    },
    async stop() {
      for (const client of clients) client.destroy()
      await rm(work, { recursive: true, force: true })
      await endpoint.stop()
    },
  }
}

export type TestCodeCommit = Awaited<ReturnType<typeof startCodeCommit>>
