import type { GetRepositoryInput, GetRepositoryOutput } from '@aws-sdk/client-codecommit'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { findRepository, resources } from './finding.ts'
import { metadata } from './metadata.ts'

export const getRepository: Operation<CodeCommit, GetRepositoryInput, GetRepositoryOutput> = {
  resources,
  run: (codeCommit, { repositoryName }, call) => ({
    repositoryMetadata: metadata(codeCommit, findRepository(codeCommit.store, repositoryName, call)),
  }),
}
