import { AwsError } from '../../server/awsError.ts'
import type { Bare } from './bare.ts'
import { noSuchCommit } from './errors.ts'
import type { Git } from './git.ts'
import { isRefName } from './names.ts'
import { parseCommit } from './parseCommit.ts'
import type { Commit } from './repositories.ts'
import type { Repository } from './store.ts'

/** One entry of a tree. */
export interface TreeEntry {
  /** Octal, as git has it: `100644`. */
  mode: string
  type: 'blob' | 'tree' | 'commit'
  id: string
  /** Bytes; blobs only. */
  size: number | undefined
  path: string
}

/** One file that two commits differ in. */
interface FileDifference {
  /** Added, deleted, modified. */
  kind: 'A' | 'D' | 'M'
  from: { id: string; mode: string }
  to: { id: string; mode: string }
  path: string
}

/** The id that git gives to a tree without entries; every repository knows it. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

/** Reads what repositories hold. */
export function createReading(bare: Bare, git: Git) {
  const run = (repository: Repository, args: readonly string[]) => git.run(bare.path(repository), args)

  const commit = async (repository: Repository, id: string): Promise<Commit & { tree: string }> => {
    const { code, stdout } = await run(repository, ['cat-file', 'commit', id])
    if (code !== 0) throw noSuchCommit(id)
    return parseCommit(id, stdout.toString())
  }

  const listTree = async (repository: Repository, args: readonly string[]): Promise<TreeEntry[]> => {
    const { code, stdout } = await run(repository, ['ls-tree', '-z', '-l', '--full-tree', ...args])
    if (code !== 0) return []
    return stdout
      .toString()
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const tab = line.indexOf('\t')
        const [mode = '', type, id = '', size = '-'] = line.slice(0, tab).split(/ +/)
        const kind = type === 'tree' || type === 'commit' ? type : 'blob'
        return { mode, type: kind, id, size: size === '-' ? undefined : Number(size), path: line.slice(tab + 1) }
      })
  }

  return {
    commit,
    /** The commit that a branch, tag, full reference or id names. Throws CommitDoesNotExistException. */
    async resolve(repository: Repository, specifier: string): Promise<string> {
      if (!isRefName(specifier)) {
        throw new AwsError('InvalidCommitException', `The commit specifier ${specifier} is not valid`)
      }
      const candidates = /^[0-9a-f]{40}$/.test(specifier)
        ? [specifier]
        : [
            `refs/heads/${specifier}`,
            `refs/tags/${specifier}`,
            ...(/^(refs\/|HEAD$)/.test(specifier) ? [specifier] : []),
          ]
      for (const name of candidates) {
        const { code, stdout } = await run(repository, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`])
        if (code === 0) return stdout.toString().trim()
      }
      throw noSuchCommit(specifier)
    },
    /** What lies directly in a folder of a commit; the root's path is empty. Undefined where there is no such folder. */
    async folder(
      repository: Repository,
      commitId: string,
      path: string,
    ): Promise<{ treeId: string; entries: TreeEntry[] } | undefined> {
      const { code, stdout } = await run(repository, ['rev-parse', '--verify', '--quiet', `${commitId}:${path}`])
      const treeId = stdout.toString().trim()
      if (code !== 0) return undefined
      const type = await run(repository, ['cat-file', '-t', treeId])
      if (type.stdout.toString().trim() !== 'tree') return undefined
      return { treeId, entries: await listTree(repository, [treeId]) }
    },
    /** One entry of a commit's tree. */
    async entry(repository: Repository, commitId: string, path: string): Promise<TreeEntry | undefined> {
      const found = await listTree(repository, [commitId, '--', path])
      return found.find(entry => entry.path === path)
    },
    /** Where two commits parted; undefined where they have nothing in common. */
    async mergeBase(repository: Repository, one: string, other: string): Promise<string | undefined> {
      const { code, stdout } = await run(repository, ['merge-base', one, other])
      return code === 0 ? stdout.toString().trim() : undefined
    },
    /** What differs between two commits, file by file; `from` undefined for everything that there is. */
    async differences(repository: Repository, from: string | undefined, to: string, paths: readonly string[]) {
      const trees = from === undefined ? [emptyTree, to] : [from, to]
      const args = ['diff-tree', '-r', '-z', '--raw', '--no-abbrev', '--no-renames', ...trees, '--', ...paths]
      const fields = (await git.output(bare.path(repository), args)).toString().split('\0')
      const found: FileDifference[] = []
      for (let at = 0; at + 1 < fields.length; at += 2) {
        const [fromMode = '', toMode = '', fromId = '', toId = '', kind = ''] = fields[at]?.slice(1).split(' ') ?? []
        found.push({
          kind: kind === 'A' || kind === 'D' ? kind : 'M',
          from: { id: fromId, mode: fromMode },
          to: { id: toId, mode: toMode },
          path: fields[at + 1] ?? '',
        })
      }
      return found
    },
    /** A blob's bytes; undefined where there is no such blob. */
    async blob(repository: Repository, id: string, longest: number): Promise<Buffer | 'tooLarge' | undefined> {
      const size = await run(repository, ['cat-file', '-s', id])
      const type = await run(repository, ['cat-file', '-t', id])
      if (size.code !== 0 || type.stdout.toString().trim() !== 'blob') return undefined
      if (Number(size.stdout.toString()) > longest) return 'tooLarge'
      return git.output(bare.path(repository), ['cat-file', 'blob', id])
    },
  }
}

export type Reading = ReturnType<typeof createReading>
