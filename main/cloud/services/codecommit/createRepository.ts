import { randomUUID } from 'node:crypto'
import type { CreateRepositoryInput, CreateRepositoryOutput } from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { resources } from './finding.ts'
import { metadata } from './metadata.ts'
import { repositoryName } from './names.ts'
import { checkTags } from './tags.ts'
import { checkDescription } from './updateRepositoryDescription.ts'

export const createRepository: Operation<CodeCommit, CreateRepositoryInput, CreateRepositoryOutput> = {
  resources,
  run(codeCommit, { repositoryName: given, repositoryDescription, tags = {} }, call) {
    const { store, bare, clock, inTurn } = codeCommit
    const name = repositoryName(given)
    const description = checkDescription(repositoryDescription)
    checkTags(tags)
    const { account, region } = call
    return inTurn(`${account}/${region}/${name}`, async () => {
      if (store.find(account, region, name)) {
        throw new AwsError('RepositoryNameExistsException', `Repository named ${name} already exists`)
      }
      const now = clock.now()
      const repository = {
        id: randomUUID(),
        account,
        region,
        name,
        ...(description !== undefined && { description }),
        createdAt: now,
        modifiedAt: now,
        tags,
      }
      // The directory first: a row without one would be a repository that cannot be read.
      await bare.create(repository)
      store.add(repository)
      return { repositoryMetadata: metadata(codeCommit, repository) }
    })
  },
}
