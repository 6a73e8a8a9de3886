import type { Operation } from '../../server/operation.ts'
import { batchGetCommits } from './batchGetCommits.ts'
import { batchGetRepositories } from './batchGetRepositories.ts'
import type { CodeCommit } from './codeCommit.ts'
import { createBranch } from './createBranch.ts'
import { createCommit } from './createCommit.ts'
import { createRepository } from './createRepository.ts'
import { deleteBranch } from './deleteBranch.ts'
import { deleteRepository } from './deleteRepository.ts'
import { getBlob } from './getBlob.ts'
import { getBranch } from './getBranch.ts'
import { getCommit } from './getCommit.ts'
import { getDifferences } from './getDifferences.ts'
import { getFile } from './getFile.ts'
import { getFolder } from './getFolder.ts'
import { getRepository } from './getRepository.ts'
import { listBranches } from './listBranches.ts'
import { listRepositories } from './listRepositories.ts'
import { listTagsForResource } from './listTagsForResource.ts'
import { putFile } from './putFile.ts'
import { tagResource } from './tagResource.ts'
import { untagResource } from './untagResource.ts'
import { updateDefaultBranch } from './updateDefaultBranch.ts'
import { updateRepositoryDescription } from './updateRepositoryDescription.ts'

/** CodeCommit's API, as far as the cloud has it. */
export const operations: Readonly<Record<string, Operation<CodeCommit, object, object>>> = {
  BatchGetCommits: batchGetCommits,
  BatchGetRepositories: batchGetRepositories,
  CreateBranch: createBranch,
  CreateCommit: createCommit,
  CreateRepository: createRepository,
  DeleteBranch: deleteBranch,
  DeleteRepository: deleteRepository,
  GetBlob: getBlob,
  GetBranch: getBranch,
  GetCommit: getCommit,
  GetDifferences: getDifferences,
  GetFile: getFile,
  GetFolder: getFolder,
  GetRepository: getRepository,
  ListBranches: listBranches,
  ListRepositories: listRepositories,
  ListTagsForResource: listTagsForResource,
  PutFile: putFile,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateDefaultBranch: updateDefaultBranch,
  UpdateRepositoryDescription: updateRepositoryDescription,
}
