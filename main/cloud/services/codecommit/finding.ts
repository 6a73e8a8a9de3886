import type { Call } from '../../server/operation.ts'
import { noSuchRepository } from './errors.ts'
import { repositoryName } from './names.ts'
import type { Repository, RepositoryStore } from './store.ts'

/** The ARN of the repository that an input names: what its caller needs the action on. */
export const resources = (input: { repositoryName?: string | undefined }, call: Call): readonly string[] => [
  `arn:aws:codecommit:${call.region}:${call.account}:${input.repositoryName ?? '*'}`,
]

/** The caller's repository. Throws InvalidRepositoryNameException, RepositoryDoesNotExistException. */
export function findRepository(store: RepositoryStore, name: string | undefined, call: Call): Repository {
  const valid = repositoryName(name)
  const found = store.find(call.account, call.region, valid)
  if (!found) throw noSuchRepository(valid)
  return found
}
