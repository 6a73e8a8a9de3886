import type { GetBlobInput, GetBlobOutput } from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { required } from './errors.ts'
import { findRepository, resources } from './finding.ts'

/** CodeCommit: a blob or file that is read through the API has at most 6 MB. */
export const longestContent = 6 * 1024 * 1024

export const getBlob: Operation<CodeCommit, GetBlobInput, GetBlobOutput & { content: Uint8Array }> = {
  resources,
  async run({ store, reading }, input, call) {
    const repository = findRepository(store, input.repositoryName, call)
    const blobId = required(input.blobId, 'BlobIdRequiredException')
    if (!/^[0-9a-f]{40}$/.test(blobId)) {
      throw new AwsError('InvalidBlobIdException', `The specified blob ID ${blobId} is not valid`)
    }
    const content = await reading.blob(repository, blobId, longestContent)
    if (content === undefined) {
      throw new AwsError('BlobIdDoesNotExistException', `The specified blob ${blobId} does not exist`)
    }
    if (content === 'tooLarge')
      throw new AwsError('FileTooLargeException', 'The specified file exceeds the limit of 6 MB')
    return { content }
  },
}
