import { randomBytes } from 'node:crypto'
import { appendFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Git } from './git.ts'
import type { Refs, Repository } from './store.ts'

/** One push may bring so many bytes of objects. AWS allows files of 2 GB; here that is the whole push. */
const largestPush = 2 * 1024 ** 3

/** Appended to what `git init` writes: one file is quicker than seven processes. */
const settings = `[http]
	receivepack = true
	uploadpack = true
	# Only git's own protocol: objects are not to be fetched as files.
	getanyfile = false
[receive]
	maxInputSize = ${largestPush}
	fsckObjects = true
[uploadpack]
	allowFilter = true
`

const branchPrefix = 'refs/heads/'

/** The bare repositories on the disk, at `<data>/git/<account>/<region>/<name>.git`. */
export function createBare(root: string, git: Git) {
  const trash = join(root, '.trash')
  const path = ({ account, region, name }: Pick<Repository, 'account' | 'region' | 'name'>) =>
    join(root, account, region, `${name}.git`)
  return {
    root,
    path,
    async create(repository: Repository): Promise<void> {
      const directory = path(repository)
      await mkdir(directory, { recursive: true })
      await git.output(directory, ['init', '--quiet', '--bare', '--initial-branch=main', '--template='])
      await appendFile(join(directory, 'config'), settings)
      // An archive is the commit's tree, whatever the commit's own attributes leave out or replace.
      await mkdir(join(directory, 'info'), { recursive: true })
      await writeFile(join(directory, 'info', 'attributes'), '* -export-ignore -export-subst\n')
    },
    /** Out of the way at once, off the disk when it can be. */
    async remove(repository: Repository): Promise<void> {
      await mkdir(trash, { recursive: true })
      const gone = join(trash, randomBytes(8).toString('hex'))
      await rename(path(repository), gone)
      await rm(gone, { recursive: true, force: true })
    },
    /** Ends what a crash left of earlier removals. */
    async sweep(): Promise<void> {
      const left = await readdir(trash).catch(() => [])
      for (const name of left) await rm(join(trash, name), { recursive: true, force: true })
    },
    async refs(repository: Repository): Promise<Refs> {
      const lines = await git.output(path(repository), ['for-each-ref', '--format=%(objectname) %(refname)'])
      const pairs = lines.toString().split('\n').filter(Boolean)
      return new Map(pairs.map(line => [line.slice(41), line.slice(0, 40)]))
    },
    /** The commit that a branch points at. */
    async branch(repository: Repository, name: string): Promise<string | undefined> {
      const { code, stdout } = await git.run(path(repository), [
        'rev-parse',
        '--verify',
        '--quiet',
        branchPrefix + name,
      ])
      return code === 0 ? stdout.toString().trim() : undefined
    },
    /** What a clone checks out. */
    async setHead(repository: Repository, branch: string): Promise<void> {
      await git.output(path(repository), ['symbolic-ref', 'HEAD', branchPrefix + branch])
    },
    /** Moves a reference that still is at `from` (undefined: is not there); false where it is elsewhere by now. */
    async moveRef(
      repository: Repository,
      ref: string,
      from: string | undefined,
      to: string | undefined,
    ): Promise<boolean> {
      const nowhere = '0'.repeat(40)
      const change = to === undefined ? ['-d', ref, from ?? nowhere] : [ref, to, from ?? nowhere]
      const { code } = await git.run(path(repository), ['update-ref', ...change])
      return code === 0
    },
  }
}

export type Bare = ReturnType<typeof createBare>
