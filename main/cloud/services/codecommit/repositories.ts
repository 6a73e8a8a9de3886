import type { Millis } from '../../../base/clock.ts'
import type { Caller } from '../../server/operation.ts'

export interface Commit {
  id: string
  message: string
  author: { name: string; email: string; at: Millis }
  committer: { name: string; email: string; at: Millis }
  parents: readonly string[]
}

export interface ChangedBetween {
  from: string | undefined
  to: string
  sinceFork?: true
}

/** CodeCommit's repositories for the other services of the cloud: the same permission checks as over the wire. */
export interface Repositories {
  /** The commit that a branch points at. Throws RepositoryDoesNotExistException, BranchDoesNotExistException, AccessDenied. */
  branchHead(as: Caller, region: string, repository: string, branch: string): Promise<Commit>
  commit(as: Caller, region: string, repository: string, commitId: string): Promise<Commit>
  /**
   * The paths that differ between two commits, or, `sinceFork`, that the second has changed since the two parted. Of no
   * first commit: all of the second's.
   */
  changedFiles(as: Caller, region: string, repository: string, change: ChangedBetween): Promise<readonly string[]>
  /**
   * Clones a repository with its whole history into an empty directory, with the commit checked out (a full clone in
   * CodeBuild). `origin` becomes the URL that the clone goes by.
   */
  clone(as: Caller, region: string, repository: string, commitId: string, directory: string): Promise<void>
  /** Writes the tree of a commit as a ZIP to `file` (CodePipeline's CODE_ZIP: no `.git`, file modes kept). */
  archive(as: Caller, region: string, repository: string, commitId: string, file: string): Promise<void>
}
