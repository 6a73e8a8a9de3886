import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CreateRepositoryCommand, GetBranchCommand, GetRepositoryCommand } from '@aws-sdk/client-codecommit'
import { ensure } from './ensure.ts'
import type { Place, World } from './world.ts'

/** A person of the samples. */
export interface Author {
  name: string
  email: string
}

/** One commit: a file in which `from` becomes `to`. */
export interface Change {
  message: string
  author: Author
  file: string
  from: string
  to: string
}

/** A clone of a sample repository, worked on with real git over the cloud's own endpoint. */
export interface WorkTree {
  /** Commits a change and pushes it to main. */
  push(change: Change): Promise<void>
}

/** Creates a repository and pushes a sample into it, unless it has a main branch already. */
export async function openRepository(
  world: World,
  place: Place,
  region: string,
  repositoryName: string,
  sample: string,
  author: Author,
): Promise<WorkTree> {
  const { repositories } = world.clients(place, region)
  await ensure(
    repositories.send(new CreateRepositoryCommand({ repositoryName, repositoryDescription: `Sample: ${sample}` })),
  )
  const { repositoryMetadata } = await repositories.send(new GetRepositoryCommand({ repositoryName }))
  const { user, password } = world.cloud.gitCredentials(world.account(place).id)
  const url = new URL(repositoryMetadata?.cloneUrlHttp ?? '')
  url.username = user
  url.password = password
  const folder = join(world.cloud.scratch, `${place}-${region}-${repositoryName}`)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })

  const git = async (...args: string[]) => {
    const env = {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      LANG: 'C.UTF-8',
    }
    await promisify(execFile)('git', args, { cwd: folder, env, signal: world.cloud.signal })
  }
  const commit = async (message: string, by: Author) => {
    await git('add', '--all')
    await git('-c', `user.name=${by.name}`, '-c', `user.email=${by.email}`, 'commit', '--quiet', '--message', message)
    await git('push', '--quiet', 'origin', 'HEAD:main')
  }
  const exists = await repositories.send(new GetBranchCommand({ repositoryName, branchName: 'main' })).then(
    () => true,
    () => false,
  )
  await git('init', '--quiet', '--initial-branch', 'main')
  await git('remote', 'add', 'origin', url.href)
  if (exists) {
    await git('pull', '--quiet', 'origin', 'main')
  } else {
    await cp(join(world.cloud.samples, sample), folder, { recursive: true })
    await commit(`Start the ${sample.replace('-', ' ')}`, author)
  }
  return {
    async push({ message, author, file, from, to }) {
      const path = join(folder, file)
      const text = await readFile(path, 'utf8')
      // Done before an interruption: the change is in already.
      if (text.includes(to) && !text.includes(from)) return
      if (!text.includes(from)) throw new Error(`The sample change "${message}" does not fit ${file}.`)
      await writeFile(path, text.replace(from, to))
      await commit(message, author)
    },
  }
}
