import { AwsError } from '../../server/awsError.ts'
import type { Call } from '../../server/operation.ts'
import { noSuchRepository } from './errors.ts'
import type { Repository, RepositoryStore } from './store.ts'

/** The repository that a resource ARN names. Throws InvalidResourceArnException, RepositoryDoesNotExistException. */
export function repositoryOf(store: RepositoryStore, arn: string | undefined, call: Call): Repository {
  if (arn === undefined || arn === '') {
    throw new AwsError('ResourceArnRequiredException', 'The ARN of the resource is required')
  }
  const [, region, account, name] = /^arn:aws:codecommit:([a-z0-9-]+):(\d{12}):([\w.-]{1,100})$/.exec(arn) ?? []
  if (region === undefined || account !== call.account || name === undefined || region !== call.region) {
    throw new AwsError('InvalidResourceArnException', `The resource ARN ${arn} is not valid`)
  }
  const found = store.find(account, region, name)
  if (!found) throw noSuchRepository(name)
  return found
}

/** At most 50 tags, keys of at most 128 and values of at most 256 characters, no key of AWS's own. */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  const keys = Object.keys(tags)
  if (keys.length > 50) throw new AwsError('TooManyTagsException', 'A repository can have at most 50 tags')
  for (const [key, value] of Object.entries(tags)) {
    if (key.length < 1 || key.length > 128 || value.length > 256) {
      throw new AwsError('InvalidTagsMapException', `The tag ${key} is not valid`)
    }
    if (key.toLowerCase().startsWith('aws:')) {
      throw new AwsError('InvalidSystemTagUsageException', 'Keys that begin with aws: are reserved')
    }
  }
}
