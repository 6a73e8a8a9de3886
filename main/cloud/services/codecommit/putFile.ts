import type { PutFileInput, PutFileOutput } from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { commitOnto } from './committing.ts'
import { required } from './errors.ts'
import { gitMode } from './fileModes.ts'
import { resources } from './finding.ts'
import { treePath } from './names.ts'

export const putFile: Operation<CodeCommit, PutFileInput, PutFileOutput> = {
  resources,
  async run(codeCommit, input, call) {
    const path = treePath(required(input.filePath, 'PathRequiredException'))
    const content = input.fileContent
    if (content === undefined) throw new AwsError('FileContentRequiredException', 'The file content is required')
    const mode = gitMode(input.fileMode)
    const request = {
      repositoryName: input.repositoryName,
      branchName: input.branchName,
      parentCommitId: input.parentCommitId,
      authorName: input.name,
      email: input.email,
      commitMessage: input.commitMessage ?? `Edited ${path}`,
    }
    const { commitId, treeId, blobs } = await commitOnto(codeCommit, request, call, () =>
      Promise.resolve([{ kind: 'put', path, mode, content }]),
    ).catch((error: unknown) => {
      if (!(error instanceof AwsError) || error.name !== 'NoChangeException') throw error
      throw new AwsError(
        'SameFileContentException',
        'The file was not added: its content is what the branch has already',
      )
    })
    return { commitId, blobId: blobs[0], treeId }
  },
}
