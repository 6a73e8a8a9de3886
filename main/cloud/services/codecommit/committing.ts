import { AwsError } from '../../server/awsError.ts'
import type { Call } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { findRepository } from './finding.ts'
import { branchName } from './names.ts'
import type { Repository } from './store.ts'
import type { FileChange } from './writing.ts'

/** CodeCommit: what one call writes has at most so many bytes a file. */
const longestFile = 6 * 1024 * 1024

export interface CommitRequest {
  repositoryName?: string | undefined
  branchName?: string | undefined
  parentCommitId?: string | undefined
  authorName?: string | undefined
  email?: string | undefined
  commitMessage?: string | undefined
}

/** Puts a commit on a branch for PutFile and CreateCommit: only where the branch still is at the parent named. */
export async function commitOnto(
  { store, bare, writeCommit, announce, inTurn, reading, clock }: CodeCommit,
  request: CommitRequest,
  call: Call,
  changesOn: (repository: Repository, parent: string | undefined) => Promise<readonly FileChange[]>,
): Promise<{ commitId: string; treeId: string; changes: readonly FileChange[]; blobs: readonly string[] }> {
  const repository = findRepository(store, request.repositoryName, call)
  const branch = branchName(request.branchName)
  return inTurn(repository.id, async () => {
    const parent = await bare.branch(repository, branch)
    checkParent(request.parentCommitId, parent)
    if (parent === undefined && repository.defaultBranch !== undefined) {
      throw new AwsError('BranchDoesNotExistException', `The branch ${branch} does not exist in the repository`)
    }
    const changes = await changesOn(repository, parent)
    for (const change of changes) {
      if (change.kind === 'put' && change.content.byteLength > longestFile) {
        throw new AwsError('FileContentSizeLimitExceededException', 'The file cannot be larger than 6 MB')
      }
    }
    const who = call.caller.arn.split('/').at(-1) ?? call.caller.arn
    const made = await writeCommit(repository, {
      parent,
      changes,
      message: request.commitMessage ?? '',
      author: { name: request.authorName ?? who, email: request.email ?? '' },
      at: clock.now(),
    })
    if (parent !== undefined && (await reading.commit(repository, parent)).tree === made.treeId) throw unchanged()
    if (!(await bare.moveRef(repository, `refs/heads/${branch}`, parent, made.commitId))) throw outdated()
    await announce(repository, call.caller.arn)
    return { commitId: made.commitId, treeId: made.treeId, changes, blobs: made.blobs }
  })
}

function checkParent(given: string | undefined, actual: string | undefined) {
  if (actual !== undefined && given === undefined) {
    throw new AwsError(
      'ParentCommitIdRequiredException',
      'A parent commit ID is required. To view the full commit ID of a branch, use the GetBranch command',
    )
  }
  if (given !== undefined && given !== actual) throw outdated()
}

const outdated = () =>
  new AwsError(
    'ParentCommitIdOutdatedException',
    'The parent commit ID is not valid: it is not the tip of the branch. Use the tip of the branch and try again',
  )

const unchanged = () =>
  new AwsError('NoChangeException', 'The commit cannot be created because no changes will be made to the repository')
