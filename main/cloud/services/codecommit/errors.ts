import { AwsError } from '../../server/awsError.ts'

export const noSuchRepository = (name: string) =>
  new AwsError('RepositoryDoesNotExistException', `${name} does not exist`)

export const noSuchBranch = (branch: string) =>
  new AwsError('BranchDoesNotExistException', `The branch ${branch} does not exist in the repository`)

export const noSuchCommit = (commitId: string) =>
  new AwsError('CommitDoesNotExistException', `The commit ${commitId} does not exist in the repository`)

export const noSuchFile = (path: string) =>
  new AwsError('FileDoesNotExistException', `Could not find path ${path} in the commit specified`)

/** A member that must be there, by the name of its own error. */
export function required(value: string | undefined, error: string): string {
  if (value !== undefined && value !== '') return value
  throw new AwsError(error, `${error.replace(/RequiredException$/, '')} is required`)
}
