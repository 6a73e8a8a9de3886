import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Authorize, Caller } from '../../server/operation.ts'
import { repositoryArn } from './announcing.ts'
import type { Bare } from './bare.ts'
import { noSuchBranch, noSuchRepository } from './errors.ts'
import type { Git } from './git.ts'
import type { Reading } from './reading.ts'
import type { Repositories } from './repositories.ts'
import type { Repository, RepositoryStore } from './store.ts'

interface Parts {
  store: RepositoryStore
  bare: Bare
  reading: Reading
  git: Git
  authorize: Authorize
  cloneUrl: (repository: Repository) => string
}

/** CodeCommit's repositories for the other services of the cloud. */
export function createInProcess({ store, bare, reading, git, authorize, cloneUrl }: Parts): Repositories {
  const find = (as: Caller, region: string, name: string, action: string): Repository => {
    authorize(as, action, repositoryArn({ account: as.account, region, name }))
    const repository = store.find(as.account, region, name)
    if (!repository) throw noSuchRepository(name)
    return repository
  }
  const readCommit = async (repository: Repository, commitId: string) => {
    const { tree: _, ...commit } = await reading.commit(repository, commitId)
    return commit
  }
  return {
    async branchHead(as, region, name, branch) {
      const repository = find(as, region, name, 'codecommit:GetBranch')
      const head = await bare.branch(repository, branch)
      if (head === undefined) throw noSuchBranch(branch)
      return readCommit(repository, head)
    },
    async commit(as, region, name, commitId) {
      return readCommit(find(as, region, name, 'codecommit:GetCommit'), commitId)
    },
    async changedFiles(as, region, name, { from, to, sinceFork }) {
      const repository = find(as, region, name, 'codecommit:GetDifferences')
      const base = from !== undefined && sinceFork ? await reading.mergeBase(repository, from, to) : from
      return (await reading.differences(repository, base, to, [])).map(({ path }) => path)
    },
    async clone(as, region, name, commitId, directory) {
      const repository = find(as, region, name, 'codecommit:GitPull')
      const { id } = await reading.commit(repository, commitId)
      const inside = join(directory, '.git')
      const everything = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*']
      const steps = [
        ['init', '--quiet'],
        ['config', 'remote.origin.url', cloneUrl(repository)],
        ['config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*'],
        // Only here may git read from the disk: from a repository of our own, named by ourselves.
        ['-c', 'protocol.file.allow=always', 'fetch', '--quiet', bare.path(repository), ...everything],
        ['--work-tree', directory, 'checkout', '--quiet', '--force', '--detach', id],
      ]
      for (const step of steps) await git.output(inside, step)
    },
    async archive(as, region, name, commitId, file) {
      const repository = find(as, region, name, 'codecommit:UploadArchive')
      const { id } = await reading.commit(repository, commitId)
      try {
        await git.output(bare.path(repository), ['archive', '--format=zip', `--output=${file}`, id])
      } catch (error) {
        await rm(file, { force: true })
        throw error
      }
    },
  }
}
