import type { GetFileInput, GetFileOutput } from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { noSuchFile, required } from './errors.ts'
import { fileMode } from './fileModes.ts'
import { findRepository, resources } from './finding.ts'
import { longestContent } from './getBlob.ts'
import { treePath } from './names.ts'

export const getFile: Operation<CodeCommit, GetFileInput, GetFileOutput> = {
  resources,
  async run({ store, reading }, input, call) {
    const repository = findRepository(store, input.repositoryName, call)
    const filePath = treePath(required(input.filePath, 'PathRequiredException'))
    const commitId = await reading.resolve(repository, input.commitSpecifier ?? 'HEAD')
    const entry = await reading.entry(repository, commitId, filePath)
    if (entry?.type !== 'blob') throw noSuchFile(filePath)
    const fileContent = await reading.blob(repository, entry.id, longestContent)
    if (fileContent === undefined) throw noSuchFile(filePath)
    if (fileContent === 'tooLarge') {
      throw new AwsError('FileTooLargeException', 'The specified file exceeds the limit of 6 MB')
    }
    return {
      commitId,
      blobId: entry.id,
      filePath,
      fileMode: fileMode(entry.mode),
      fileSize: fileContent.length,
      fileContent,
    }
  },
}
