import { AwsError } from '../../server/awsError.ts'
import { required } from './errors.ts'

/** A repository's name. Throws InvalidRepositoryNameException; `.` and `..` are no names here, whatever the pattern says. */
export function repositoryName(name: string | undefined): string {
  const given = required(name, 'RepositoryNameRequiredException')
  if (/^[\w.-]{1,100}$/.test(given) && !given.endsWith('.git') && !/^\.+$/.test(given)) return given
  throw new AwsError(
    'InvalidRepositoryNameException',
    `The repository name ${given} is not valid. Repository names can contain only letters, numbers, periods, underscores, and dashes, have 1 to 100 characters, and cannot end in .git`,
  )
}

/** A branch's name, without `refs/heads/`, by git's own rules (`git help check-ref-format`). */
export function branchName(name: string | undefined): string {
  const given = required(name, 'BranchNameRequiredException')
  if (isRefName(given)) return given
  throw new AwsError('InvalidBranchNameException', `The branch name ${given} is not valid`)
}

export function isRefName(name: string): boolean {
  return (
    name.length <= 256 &&
    name !== '@' &&
    // oxlint-disable-next-line no-control-regex -- they are what git refuses
    !/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|^[/-]|[/.]$|\.lock(\/|$)|(^|\/)\./.test(name)
  )
}

/** A commit's full id. Throws InvalidCommitIdException. */
export function commitId(id: string | undefined): string {
  const given = required(id, 'CommitIdRequiredException')
  if (/^[0-9a-f]{40}$/.test(given)) return given
  throw new AwsError(
    'InvalidCommitIdException',
    `The commit ID ${given} is not valid. It must be a full SHA-1 commit ID`,
  )
}

/** A path within a tree, without `/` at its ends; the root is the empty one. Throws InvalidPathException. */
export function treePath(path: string): string {
  const trimmed = path.replace(/^\/+|\/+$/g, '')
  const bad = trimmed.split('/').some(part => part === '..' || part === '.' || (part === '' && trimmed !== ''))
  if (bad || trimmed.includes('\0')) throw new AwsError('InvalidPathException', `The path ${path} is not valid`)
  return trimmed
}
