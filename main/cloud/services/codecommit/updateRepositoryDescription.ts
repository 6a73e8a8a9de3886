import type { UpdateRepositoryDescriptionInput } from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { findRepository, resources } from './finding.ts'

export const updateRepositoryDescription: Operation<CodeCommit, UpdateRepositoryDescriptionInput, object> = {
  resources,
  run({ store, clock }, input, call) {
    const { description: _, ...repository } = findRepository(store, input.repositoryName, call)
    const description = checkDescription(input.repositoryDescription)
    store.save({ ...repository, ...(description !== undefined && { description }), modifiedAt: clock.now() })
    return {}
  },
}

/** At most 1,000 characters; an empty one is none. */
export function checkDescription(description: string | undefined): string | undefined {
  if (description !== undefined && description.length > 1000) {
    throw new AwsError(
      'InvalidRepositoryDescriptionException',
      'The specified repository description is not valid: it has more than 1000 characters',
    )
  }
  return description === '' ? undefined : description
}
