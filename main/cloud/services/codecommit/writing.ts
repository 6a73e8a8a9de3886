import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Millis } from '../../../base/clock.ts'
import type { Bare } from './bare.ts'
import type { Git } from './git.ts'
import type { Repository } from './store.ts'

/** What a commit made through the API does to its parent's tree. */
export type FileChange =
  | { kind: 'put'; path: string; mode: string; content: Uint8Array }
  | { kind: 'delete'; path: string }
  | { kind: 'mode'; path: string; mode: string; id: string }

export interface NewCommit {
  parent: string | undefined
  changes: readonly FileChange[]
  message: string
  author: { name: string; email: string }
  at: Millis
}

/** Makes a commit on top of another, without a working tree and without moving any branch. */
export function createWriting(bare: Bare, git: Git, scratch: string) {
  return async (
    repository: Repository,
    commit: NewCommit,
  ): Promise<{ commitId: string; treeId: string; blobs: string[] }> => {
    const directory = bare.path(repository)
    const index = join(scratch, `index-${randomBytes(8).toString('hex')}`)
    const env = { GIT_INDEX_FILE: index }
    const text = async (
      args: readonly string[],
      options: { input?: Uint8Array | string; env?: Record<string, string> } = {},
    ) => (await git.output(directory, args, options)).toString().trim()
    try {
      if (commit.parent === undefined) await text(['read-tree', '--empty'], { env })
      else await text(['read-tree', commit.parent], { env })
      const blobs: string[] = []
      for (const change of commit.changes) {
        const id =
          change.kind === 'put' ? await text(['hash-object', '-w', '--stdin'], { input: change.content }) : undefined
        if (id !== undefined) blobs.push(id)
        await text(['update-index', '-z', '--index-info'], { env, input: indexLine(change, id) })
      }
      const treeId = await text(['write-tree'], { env })
      const { name, email } = commit.author
      const date = `${Math.floor(commit.at / 1000)} +0000`
      const parents = commit.parent === undefined ? [] : ['-p', commit.parent]
      const commitId = await text(['commit-tree', treeId, ...parents], {
        input: commit.message,
        env: {
          GIT_AUTHOR_NAME: name,
          GIT_AUTHOR_EMAIL: email,
          GIT_AUTHOR_DATE: date,
          GIT_COMMITTER_NAME: name,
          GIT_COMMITTER_EMAIL: email,
          GIT_COMMITTER_DATE: date,
        },
      })
      return { commitId, treeId, blobs }
    } finally {
      await rm(index, { force: true })
    }
  }
}

export type WriteCommit = ReturnType<typeof createWriting>

/** `git help update-index`, "USING --INDEX-INFO": mode 0 takes the path away. */
function indexLine(change: FileChange, id: string | undefined): string {
  switch (change.kind) {
    case 'put':
      return `${change.mode} ${id}\t${change.path}\0`
    case 'mode':
      return `${change.mode} ${change.id}\t${change.path}\0`
    case 'delete':
      return `0 ${'0'.repeat(40)}\t${change.path}\0`
  }
}
