import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  CreateRepositoryCommand,
  GetBranchCommand,
  GetRepositoryCommand,
  ListBranchesCommand,
} from '@aws-sdk/client-codecommit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { production, tooling } from '../endpoint.testing.ts'
import { developerGit, startCodeCommit, type TestCodeCommit } from './codeCommit.testing.ts'

let cloud: TestCodeCommit
const exec = promisify(execFile)

const git = async (cwd: string, ...args: string[]) => {
  const { code, output } = await developerGit(cwd, args)
  if (code !== 0) throw new Error(output)
  return output.trim()
}
const create = (repositoryName: string) => cloud.client.send(new CreateRepositoryCommand({ repositoryName }))
const cloneOf = async (name: string) => {
  const directory = join(cloud.work, `${name}-${randomBytes(4).toString('hex')}`)
  await git(cloud.work, 'clone', '-q', cloud.cloneUrl(tooling, 'ann', name), directory)
  return directory
}
const commitFile = async (clone: string, path: string, content: string | Uint8Array, message = `Write ${path}`) => {
  await mkdir(join(clone, path, '..'), { recursive: true })
  await writeFile(join(clone, path), content)
  await git(clone, 'add', '-A')
  await git(clone, 'commit', '-q', '-m', message)
  return git(clone, 'rev-parse', 'HEAD')
}

beforeAll(async () => {
  cloud = await startCodeCommit()
})
afterAll(() => cloud.stop())

describe('git', () => {
  it('clones an empty repository, pushes to it and clones again', async () => {
    await create('shop')
    const clone = await cloneOf('shop')
    await expect(
      cloud.client.send(new GetBranchCommand({ repositoryName: 'shop', branchName: 'main' })),
    ).rejects.toMatchObject({ name: 'BranchDoesNotExistException' })
    const id = await commitFile(clone, 'src/index.html', '<h1>Shop</h1>')
    await git(clone, 'push', '-q', 'origin', 'HEAD:main')
    const { branch } = await cloud.client.send(new GetBranchCommand({ repositoryName: 'shop', branchName: 'main' }))
    expect(branch).toEqual({ branchName: 'main', commitId: id })
    const second = await cloneOf('shop')
    expect(await readFile(join(second, 'src/index.html'), 'utf8')).toBe('<h1>Shop</h1>')
    const { repositoryMetadata } = await cloud.client.send(new GetRepositoryCommand({ repositoryName: 'shop' }))
    expect(repositoryMetadata).toMatchObject({
      accountId: tooling,
      defaultBranch: 'main',
      cloneUrlHttp: `${cloud.endpoint}/git/us-east-1/v1/repos/shop`,
      Arn: `arn:aws:codecommit:us-east-1:${tooling}:shop`,
    })
  })

  it('pushes and fetches large and compressible files', async () => {
    await create('large')
    const clone = await cloneOf('large')
    const bytes = randomBytes(12 * 1024 * 1024)
    await commitFile(clone, 'random.bin', bytes)
    await commitFile(clone, 'zeros.txt', 'a line of text\n'.repeat(200_000))
    await git(clone, 'push', '-q', 'origin', 'HEAD:main')
    const second = await cloneOf('large')
    expect((await readFile(join(second, 'random.bin'))).equals(bytes)).toBe(true)
    // Many haves: git sends this request gzip-compressed.
    for (let n = 0; n < 25; n++) await git(second, 'commit', '-q', '--allow-empty', '-m', `local ${n}`)
    await commitFile(clone, 'more.txt', 'more')
    await git(clone, 'push', '-q', 'origin', 'HEAD:main')
    await git(second, 'fetch', '-q')
    expect(await git(second, 'show', 'origin/main:more.txt')).toBe('more')
  })

  it('refuses a push that is not a fast-forward, and takes it by force', async () => {
    await create('forced')
    const [one, two] = [await cloneOf('forced'), await cloneOf('forced')]
    await commitFile(one, 'a', '1')
    await git(one, 'push', '-q', 'origin', 'HEAD:main')
    await commitFile(two, 'a', '2')
    await expect(git(two, 'push', '-q', 'origin', 'HEAD:main')).rejects.toThrow(/rejected/)
    await git(two, 'push', '-q', '--force', 'origin', 'HEAD:main')
  })

  it('serves several pushes at once, each announced once', async () => {
    await create('busy')
    const clones = await Promise.all([1, 2, 3].map(() => cloneOf('busy')))
    cloud.events.length = 0
    await Promise.all(
      clones.map(async (clone, n) => {
        await commitFile(clone, `file${n}`, String(n))
        await git(clone, 'push', '-q', 'origin', `HEAD:topic-${n}`)
      }),
    )
    const names = cloud.events.map(event => String(event.detail.referenceName))
    expect(names.toSorted((a, b) => a.localeCompare(b))).toEqual(['topic-0', 'topic-1', 'topic-2'])
    const { branches } = await cloud.client.send(new ListBranchesCommand({ repositoryName: 'busy' }))
    expect(branches).toEqual(['topic-0', 'topic-1', 'topic-2'])
  })
})

describe('who may', () => {
  const remote = (user: string, password: string, name = 'guarded', region = 'us-east-1') => {
    const url = new URL(`${cloud.endpoint}/git/${region}/v1/repos/${name}`)
    url.username = user
    url.password = password
    return url.href
  }
  const tryRemote = (url: string) => developerGit(cloud.work, ['ls-remote', url])
  const status = async (url: string) => (await fetch(url)).status

  beforeAll(async () => {
    await create('guarded')
    const clone = await cloneOf('guarded')
    await commitFile(clone, 'a', '1')
    await git(clone, 'push', '-q', 'origin', 'HEAD:main')
  })

  it('is asked for credentials, and wrong ones are refused', async () => {
    const bare = `${cloud.endpoint}/git/us-east-1/v1/repos/guarded/info/refs?service=git-upload-pack`
    const answer = await fetch(bare)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /)
    const { userName } = cloud.gitCredentials.ensure(tooling, 'ann')
    expect(await tryRemote(remote(userName, 'wrong'))).toMatchObject({
      code: 128,
      output: expect.stringMatching(/Authentication failed/),
    })
    expect((await tryRemote(remote('nobody-at-111122223333', 'x'))).output).toMatch(/Authentication failed/)
  })

  it("does not reach another account's repository, whatever the credentials", async () => {
    const { userName, password } = cloud.gitCredentials.ensure(production, 'pat')
    expect((await tryRemote(remote(userName, password))).output).toMatch(/403/)
    expect((await tryRemote(remote(userName, password, 'nothing-there'))).output).toMatch(/not found/)
  })

  it('reads without pushing where the policy says so', async () => {
    cloud.addUser(tooling, 'reader', {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'codecommit:GitPull', Resource: `arn:aws:codecommit:*:${tooling}:guarded` },
      ],
    })
    const url = cloud.cloneUrl(tooling, 'reader', 'guarded')
    const directory = join(cloud.work, 'reader')
    await git(cloud.work, 'clone', '-q', url, directory)
    await commitFile(directory, 'b', '2')
    const pushed = await developerGit(directory, ['push', 'origin', 'HEAD:main'])
    expect(pushed.code).not.toBe(0)
    expect(pushed.output).toMatch(/403/)
  })

  it('finds nothing in another region, behind a path that climbs, or by the dumb protocol', async () => {
    const { userName, password } = cloud.gitCredentials.ensure(tooling, 'ann')
    expect((await tryRemote(remote(userName, password, 'guarded', 'eu-west-1'))).output).toMatch(/not found/)
    const headers = { authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}` }
    const get = async (path: string) =>
      (await fetch(`${cloud.endpoint}/git/us-east-1/v1/repos/${path}`, { headers })).status
    for (const name of ['..%2f..%2fguarded', '%2e%2e', 'guarded%2f..%2fguarded', '....']) {
      // 404, or 400 where the HTTP client itself took the path out of git's reach.
      expect([400, 404]).toContain(await get(`${name}/info/refs?service=git-upload-pack`))
    }
    for (const path of [
      'guarded/HEAD',
      'guarded/config',
      'guarded/objects/info/packs',
      'guarded/info/refs',
      'guarded',
    ]) {
      expect(await get(path)).toBe(404)
    }
    expect(await status(`${cloud.endpoint}/git/us-east-1/v1/repos/guarded/config`)).toBe(401)
  })

  it('is let in by the credential helper of the AWS CLI', async ({ skip }) => {
    const found = await exec('aws', ['--version']).catch(() => undefined)
    if (!found) skip('the AWS CLI is not on this machine')
    const helper = 'credential.helper=!aws --region us-east-1 codecommit credential-helper --ignore-host-check $@'
    const args = [
      '-c',
      helper,
      '-c',
      'credential.UseHttpPath=true',
      'ls-remote',
      `${cloud.endpoint}/git/us-east-1/v1/repos/guarded`,
    ]
    const keys = (secret: string) => ({
      AWS_ACCESS_KEY_ID: cloud.ann.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: secret,
      // The CLI may be a shim that looks for its Python below the home directory.
      HOME: process.env.HOME ?? '',
    })
    expect(await developerGit(cloud.work, args, keys(cloud.ann.credentials.secretAccessKey))).toMatchObject({
      code: 0,
      output: expect.stringContaining('refs/heads/main'),
    })
    expect((await developerGit(cloud.work, args, keys('wrong'))).output).toMatch(/Authentication failed/)
  })
})

describe('a push', () => {
  it('is told to the cloud before git hears that it succeeded', async () => {
    await create('told')
    const clone = await cloneOf('told')
    cloud.events.length = 0
    const first = await commitFile(clone, 'a', '1')
    await git(clone, 'push', '-q', 'origin', 'HEAD:main')
    const second = await commitFile(clone, 'a', '2')
    await git(clone, 'push', '-q', 'origin', 'HEAD:main', 'HEAD:refs/tags/v1')
    await git(clone, 'push', '-q', 'origin', ':refs/tags/v1')
    const detail = (event: string, more: object) => ({
      source: 'aws.codecommit',
      'detail-type': 'CodeCommit Repository State Change',
      account: tooling,
      region: 'us-east-1',
      resources: [`arn:aws:codecommit:us-east-1:${tooling}:told`],
      detail: { event, repositoryName: 'told', callerUserArn: `arn:aws:iam::${tooling}:user/ann`, ...more },
    })
    const main = { referenceType: 'branch', referenceName: 'main', referenceFullName: 'refs/heads/main' }
    const tag = { referenceType: 'tag', referenceName: 'v1', referenceFullName: 'refs/tags/v1' }
    expect(cloud.events).toMatchObject([
      detail('referenceCreated', { ...main, commitId: first }),
      detail('referenceUpdated', { ...main, commitId: second, oldCommitId: first }),
      detail('referenceCreated', { ...tag, commitId: second }),
      detail('referenceDeleted', { ...tag, oldCommitId: second }),
    ])
  })

  it('that git finished behind the back of a killed cloud is told before its pusher hears that all is there', async () => {
    await create('outlived')
    const clone = await cloneOf('outlived')
    const id = await commitFile(clone, 'a.txt', 'a')
    await git(
      clone,
      'push',
      '-q',
      join(cloud.data, 'git', tooling, 'us-east-1', 'outlived.git'),
      'HEAD:refs/heads/main',
    )
    cloud.events.length = 0
    expect((await developerGit(clone, ['push', 'origin', 'HEAD:main'])).output).toContain('Everything up-to-date')
    expect(cloud.events.map(({ detail }) => [detail.event, detail.commitId])).toEqual([['referenceCreated', id]])
  })

  it('that a crash cut off from its event is told after the start, once', async () => {
    await create('crashed')
    const clone = await cloneOf('crashed')
    const id = await commitFile(clone, 'a', '1')
    // What a killed cloud leaves: the objects and the reference are there, nobody was told.
    await git(clone, 'push', '-q', join(cloud.data, 'git', tooling, 'us-east-1', 'crashed.git'), 'HEAD:refs/heads/main')
    cloud.events.length = 0
    const restarted = await cloud.restarted()
    await restarted.catchUp()
    await restarted.catchUp()
    expect(cloud.events.map(({ detail }) => [detail.repositoryName, detail.event, detail.commitId])).toEqual([
      ['crashed', 'referenceCreated', id],
    ])
  })
})

describe('a client that goes away', () => {
  it('in the middle of a push takes git with it, and keeps nobody else from pushing', async () => {
    await create('left')
    const clone = await cloneOf('left')
    await commitFile(clone, 'a', '1')
    const { userName, password } = cloud.gitCredentials.ensure(tooling, 'ann')
    const leaving = new AbortController()
    const started = Promise.withResolvers<void>()
    const half = fetch(`${cloud.endpoint}/git/us-east-1/v1/repos/left/git-receive-pack`, {
      method: 'POST',
      duplex: 'half',
      signal: leaving.signal,
      headers: {
        authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`,
        'content-type': 'application/x-git-receive-pack-request',
      },
      body: new ReadableStream({
        async pull(controller) {
          controller.enqueue(Buffer.from('00'))
          started.resolve()
          await new Promise(resolve => leaving.signal.addEventListener('abort', resolve))
        },
      }),
    })
    await started.promise
    const pushed = git(clone, 'push', '-q', 'origin', 'HEAD:main')
    leaving.abort()
    await expect(half).rejects.toMatchObject({ name: 'AbortError' })
    await pushed
  })
})
